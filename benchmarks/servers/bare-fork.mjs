import { fork } from "node:child_process";
import { createServer } from "node:http";
import { fileURLToPath } from "node:url";

/** The least that can pass requests to another process: no routing, no context, no limits, no logs. */
const [, , port, handlerFile] = process.argv;
const child = fork(fileURLToPath(new URL("bare-child.mjs", import.meta.url)), [handlerFile]);
const waiting = new Map();
let lastId = 0;

child.on("message", ({ id, result }) => {
  const response = waiting.get(id);
  waiting.delete(id);
  response.writeHead(result.statusCode, { ...result.headers, "Content-Length": Buffer.byteLength(result.body) });
  response.end(result.body);
});

createServer((request, response) => {
  const chunks = [];
  request.on("data", (chunk) => chunks.push(chunk));
  request.on("end", () => {
    const id = ++lastId;
    waiting.set(id, response);
    const { method, url, headers } = request;
    child.send({ id, event: { method, url, headers, body: Buffer.concat(chunks).toString() } });
  });
}).listen(Number(port), "127.0.0.1");
