import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { pipeline } from "node:stream/promises";
import { setFlagsFromString } from "node:v8";
import type { OutgoingResponse } from "../exchange";
import type { Gateway } from "../pipeline";
import { MAX_PAYLOAD_BYTES } from "../steps/limit-payload";
import { cannotListen, type ListenPlace } from "./cannot-listen";
import { followConnections } from "./connections";
import { headerLines } from "./headers";

/** A gateway that listens. */
export interface RunningServer {
  /** As in `http://127.0.0.1:3000`. */
  readonly url: string;
  readonly port: number;
  /** Stops listening, waits for the answers of requests under way, then ends. */
  close(): Promise<void>;
}

/** Where to listen. */
export interface ListenOptions {
  /** 0 takes any free port. */
  readonly port: number;
  readonly host: string;
}

/** How long a client may go on sending after it has been refused; then the connection is cut. */
const DRAIN_MILLIS = 10_000;

/** How long requests under way have when the server closes: a little more than an integration may take. */
const GRACE_MILLIS = 30_000;

/**
 * Serves a gateway over HTTP/1.1. Names, order and bytes of headers and path reach the gateway as they were sent.
 *
 * @throws ConfigurationError `PORT_IN_USE`, `CANNOT_LISTEN`
 */
export function listen(gateway: Pick<Gateway, "handle">, options: ListenOptions): Promise<RunningServer> {
  // Models and selection patterns meet what clients send. An expression that backtracks without end would stop all requests.
  setFlagsFromString("--enable-experimental-regexp-engine-on-excessive-backtracks");
  // The gateway has its own, smaller limit for headers and answers for itself.
  const server = createServer({ maxHeaderSize: 65_536 });
  // Node.js drops headers beyond 2,000 without a word; the limit in bytes is enough.
  server.maxHeadersCount = 0;
  // Without it Node.js gives no answer to a client that has said all and closed its side.
  Object.assign(server, { httpAllowHalfOpen: true });
  const connections = followConnections(server);
  const respond = (request: IncomingMessage, response: ServerResponse) => {
    serve(gateway, request, response, () => !server.listening).catch(() => request.socket.destroy());
  };
  server.on("request", respond);
  server.on("checkExpectation", respond);
  server.on("checkContinue", (request: IncomingMessage, response: ServerResponse) => {
    whenItsTurnHasCome(response, () => {
      response.writeContinue();
      respond(request, response);
    });
  });
  const close = () =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(() => server.closeAllConnections(), GRACE_MILLIS);
      server.close(() => {
        clearTimeout(timer);
        resolve();
      });
      connections.endIdle();
    });
  return new Promise((resolve, reject) => {
    // It stays for the time after: an error while a connection is accepted must not end the process.
    server.on("error", (error: NodeJS.ErrnoException) => reject(cannotListen(error, placeOf(options))));
    server.listen(options.port, options.host, () => {
      const { port } = server.address() as AddressInfo;
      const hostName = options.host.includes(":") ? `[${options.host}]` : options.host;
      resolve({ url: `http://${hostName}:${port}`, port, close });
    });
  });
}

async function serve(
  gateway: Pick<Gateway, "handle">,
  request: IncomingMessage,
  response: ServerResponse,
  isClosing: () => boolean,
): Promise<void> {
  const body = await readBody(request);
  const isCutOff = body.length > MAX_PAYLOAD_BYTES;
  const answer = await gateway.handle({
    method: request.method ?? "GET",
    target: request.url ?? "/",
    headers: headerLines(request.rawHeaders),
    body,
    sourceIp: (request.socket.remoteAddress ?? "").replace(/^::ffff:/, ""),
    protocol: `HTTP/${request.httpVersion}`,
  });
  writeHead(response, answer, isCutOff || isClosing());
  const hasBody = sendsBody(request.method, answer);
  if (answer.rest && hasBody) {
    response.flushHeaders();
    if (answer.body.length > 0) response.write(answer.body);
    await pipeline(answer.rest, response);
    return;
  }
  answer.rest?.destroy();
  // Node.js writes head and body at once only if the body is a text; this one has the same bytes.
  const text = hasBody ? answer.body.toString("latin1") : "";
  if (!isCutOff) {
    response.end(text, "latin1");
    return;
  }
  response.write(text, "latin1");
  // A client that is still sending would get a reset instead of the answer; let it finish first.
  await drain(request);
  response.end();
}

/** Before, Node.js would write `100 Continue` between head and body of the answer, and end the connection behind it. */
function whenItsTurnHasCome(response: ServerResponse, act: () => void): void {
  if (response.socket) act();
  else response.once("socket", act);
}

const NO_BODY = Buffer.alloc(0);

/** The body, or no more than one byte above the limit. */
function readBody(request: IncomingMessage): Promise<Buffer> | Buffer {
  const { "content-length": length, "transfer-encoding": coding } = request.headers;
  // Most requests have none, and need not wait for its end.
  if (coding === undefined && (length === undefined || length === "0")) return NO_BODY;
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const finish = () => resolve(Buffer.concat(chunks).subarray(0, MAX_PAYLOAD_BYTES + 1));
    const collect = (chunk: Buffer) => {
      chunks.push(chunk);
      size += chunk.length;
      if (size <= MAX_PAYLOAD_BYTES) return;
      request.off("data", collect);
      request.pause();
      finish();
    };
    request.on("data", collect);
    request.once("end", finish);
    request.once("error", reject);
  });
}

function drain(request: IncomingMessage): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, DRAIN_MILLIS);
    request.once("close", () => resolve());
    request.once("end", () => resolve());
    request.once("error", () => resolve());
    request.once("end", () => clearTimeout(timer));
    request.once("close", () => clearTimeout(timer));
    request.resume();
  });
}

function sendsBody(method: string | undefined, { status }: OutgoingResponse): boolean {
  return method !== "HEAD" && status >= 200 && status !== 204 && status !== 304;
}

function writeHead(response: ServerResponse, answer: OutgoingResponse, isLast: boolean): void {
  const headers: string[] = [];
  for (const [name, value] of answer.headers) headers.push(name, value);
  if (sendsBody(undefined, answer) && !answer.rest) headers.push("Content-Length", String(answer.body.length));
  if (isLast) headers.push("Connection", "close");
  response.writeHead(answer.status, headers);
}

function placeOf({ host, port }: ListenOptions): ListenPlace {
  return {
    host,
    port,
    fixInUse: `stop that program, or choose another port with --port, for example --port ${port + 1}`,
    fix: "use an address of this machine with --host, and a port from 1024 to 65535 with --port",
  };
}
