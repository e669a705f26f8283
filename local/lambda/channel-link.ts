import type { ChildProcess } from "node:child_process";
import { Duplex, type Readable } from "node:stream";
import type { EnvironmentRequest } from "./environment-request";
import {
  createFrameReader,
  encodeFrame,
  REQUESTS_FD,
  RESULTS_FD,
  type RequestHeader,
  type RuntimeHeader,
} from "./frames";
import type { RuntimeEvents, RuntimeLink } from "./runtime-link";

/** The link with our own Node.js runtime: two sockets that the process inherits. */
export class ChannelLink implements RuntimeLink {
  readonly hasChannel = true;
  readonly variables = {};
  private requests: Duplex | undefined;
  private results: Duplex | undefined;
  private unsent: Buffer[] = [];
  private closed: Promise<void> = Promise.resolve();

  attach(child: ChildProcess, events: RuntimeEvents): void {
    this.requests = duplexAt(child, REQUESTS_FD).on("error", () => events.broken());
    const results = duplexAt(child, RESULTS_FD).on("error", () => events.broken());
    this.results = results;
    this.closed = new Promise((resolve) => results.once("close", resolve));
    results.on(
      "data",
      createFrameReader<RuntimeHeader>((header, body) => {
        if (header.kind === "ready") events.ready();
        else if (header.kind === "leaving") events.leaving();
        else if (header.kind === "init-error") events.failedToLoad(body);
        else if (header.kind === "chunk") events.chunk(body);
        else if (header.kind === "returned") events.returned(header.requestId, header.sentAheadAt);
        else {
          if (header.isLast) events.expectEnd();
          events.result(header.requestId, header.failed, body, header.maxMemoryMb);
          if (!header.isLast) events.ready();
        }
      }),
    );
  }

  /** Requests of one turn are written together: a write costs as much as a short request. */
  send(request: EnvironmentRequest, timeoutMillis: number, sentAheadAt?: number): void {
    const { requestId, invokedFunctionArn, traceId, payload } = request;
    const ahead = sentAheadAt !== undefined && { sentAheadAt };
    const header: RequestHeader = { requestId, invokedFunctionArn, traceId, timeoutMillis, ...ahead };
    if (this.unsent.push(encodeFrame(header, payload)) === 1) setImmediate(() => this.flush());
  }

  private flush(): void {
    const frames = this.unsent;
    this.unsent = [];
    const [first] = frames;
    this.requests?.write(frames.length === 1 && first ? first : Buffer.concat(frames));
  }

  drained(): Promise<void> {
    return this.closed;
  }

  close(): void {
    this.requests?.destroy();
    this.results?.destroy();
  }
}

function duplexAt(child: ChildProcess, fd: number): Duplex {
  const stream: Readable | NodeJS.WritableStream | null | undefined = child.stdio[fd];
  if (stream instanceof Duplex) return stream;
  throw new Error(`no socket at file descriptor ${fd}`);
}
