import type { ChildProcess } from "node:child_process";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { buffer } from "node:stream/consumers";
import type { EnvironmentRequest } from "./environment-request";
import { errorPayload } from "./failures";
import type { RuntimeEvents, RuntimeLink } from "./runtime-link";

const ROUTE = /^\/2018-06-01\/runtime\/(init\/error|invocation\/next|invocation\/([^/]+)\/(response|error))$/;
const EMPTY = Buffer.alloc(0);

/**
 * The link with a program that is no Node.js of ours: Lambda's Runtime API, on a port of its own for each environment.
 * Source: https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html
 */
export class RuntimeApiLink implements RuntimeLink {
  readonly hasChannel = false;
  private readonly server: Server;
  private readonly sockets = new Set<Socket>();
  private events: RuntimeEvents | undefined;
  /** The program's question for the next request, while there is none. */
  private asking: ServerResponse | undefined;
  private inWork: string | undefined;
  private hasAsked = false;

  private constructor() {
    this.server = createServer((request, response) => {
      this.answer(request, response).catch(() => response.destroy());
    });
    // The program asks and waits for as long as nobody calls.
    this.server.requestTimeout = 0;
    this.server.on("connection", (socket) => {
      this.sockets.add(socket);
      socket.once("close", () => this.sockets.delete(socket));
    });
  }

  static open(): Promise<RuntimeApiLink> {
    const link = new RuntimeApiLink();
    return new Promise((resolve, reject) => {
      link.server.once("error", reject);
      link.server.listen(0, "127.0.0.1", () => resolve(link));
    });
  }

  get variables(): Record<string, string> {
    const { port } = this.server.address() as AddressInfo;
    return { AWS_LAMBDA_RUNTIME_API: `127.0.0.1:${port}` };
  }

  attach(_child: ChildProcess, events: RuntimeEvents): void {
    this.events = events;
  }

  send({ requestId, invokedFunctionArn, traceId, payload }: EnvironmentRequest, timeoutMillis: number): void {
    this.inWork = requestId;
    this.asking?.writeHead(200, {
      "Content-Type": "application/json",
      "Content-Length": payload.length,
      "Lambda-Runtime-Aws-Request-Id": requestId,
      "Lambda-Runtime-Deadline-Ms": String(Date.now() + timeoutMillis),
      "Lambda-Runtime-Invoked-Function-Arn": invokedFunctionArn,
      "Lambda-Runtime-Trace-Id": traceId,
    });
    this.asking?.end(payload);
    this.asking = undefined;
  }

  async drained(): Promise<void> {
    this.server.closeIdleConnections();
    await Promise.all([...this.sockets].map((socket) => new Promise((resolve) => socket.once("close", resolve))));
  }

  close(): void {
    this.server.closeAllConnections();
    this.server.close();
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const [, what, requestId, outcome] = ROUTE.exec(request.url ?? "") ?? [];
    if (request.method === "GET" && what === "invocation/next") this.keep(response);
    else if (request.method === "POST" && what === "init/error") await this.failToLoad(request, response);
    else if (request.method === "POST" && requestId !== undefined) {
      await this.finish(requestId, outcome === "error", request, response);
    } else refuse(response, 404, "NotFound", `there is no ${request.method} ${request.url}`);
  }

  private keep(response: ServerResponse): void {
    this.asking = response;
    this.inWork = undefined;
    this.hasAsked = true;
    this.events?.ready();
  }

  private async failToLoad(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const document = await buffer(request);
    if (this.hasAsked) {
      refuse(response, 403, "InvalidStateTransition", "the code is loaded already");
      return;
    }
    accept(response);
    this.events?.failedToLoad(document);
  }

  private async finish(requestId: string, isError: boolean, request: IncomingMessage, response: ServerResponse) {
    if (requestId !== this.inWork) {
      request.resume();
      refuse(response, 400, "InvalidRequestID", "Invalid request ID");
      return;
    }
    const isStreamed =
      request.headers["lambda-runtime-function-response-mode"]?.toString().toLowerCase() === "streaming";
    const payload = isStreamed ? await this.passOn(request) : await buffer(request);
    // A streamed result that failed on its way says so behind its last byte.
    const trailer = request.trailers["lambda-runtime-function-error-body"];
    const document = trailer === undefined ? undefined : Buffer.from(trailer, "base64");
    this.inWork = undefined;
    this.events?.result(requestId, isError || document !== undefined, document ?? payload, 0);
    accept(response);
  }

  private async passOn(request: IncomingMessage): Promise<Buffer> {
    for await (const chunk of request) this.events?.chunk(chunk);
    return EMPTY;
  }
}

function accept(response: ServerResponse): void {
  response.writeHead(202, { "Content-Type": "application/json" });
  response.end('{"status":"OK"}');
}

function refuse(response: ServerResponse, status: number, errorType: string, errorMessage: string): void {
  response.writeHead(status, { "Content-Type": "application/json" });
  response.end(errorPayload({ errorType, errorMessage }));
}
