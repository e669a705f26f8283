import { fork } from "node:child_process";
import { createServer } from "node:http";
import { fileURLToPath } from "node:url";

/**
 * The least that can pass requests to another process: no routing, no context, no limits, no logs. As it comes, the process has
 * many requests at a time; with `one-at-a-time` the next one waits for the last, as it does for a function on Lambda.
 */
const [, , port, handlerFile, order] = process.argv;
const child = fork(fileURLToPath(new URL("bare-child.mjs", import.meta.url)), [handlerFile]);
const atATime = order === "one-at-a-time" ? 1 : Number.POSITIVE_INFINITY;
const inWork = new Map();
const waiting = [];
let lastId = 0;

function pass() {
  while (waiting.length > 0 && inWork.size < atATime) {
    const { response, event } = waiting.shift();
    const id = ++lastId;
    inWork.set(id, response);
    child.send({ id, event });
  }
}

child.on("message", ({ id, result }) => {
  const response = inWork.get(id);
  inWork.delete(id);
  pass();
  response.writeHead(result.statusCode, { ...result.headers, "Content-Length": Buffer.byteLength(result.body) });
  response.end(result.body);
});

createServer((request, response) => {
  const chunks = [];
  request.on("data", (chunk) => chunks.push(chunk));
  request.on("end", () => {
    const { method, url, headers } = request;
    waiting.push({ response, event: { method, url, headers, body: Buffer.concat(chunks).toString() } });
    pass();
  });
}).listen(Number(port), "127.0.0.1");
