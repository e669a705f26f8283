import type { ChildProcess } from "node:child_process";
import { Duplex, type Readable } from "node:stream";
import type { EnvironmentRequest } from "./environment-request";
import { CHANNEL_FD, createFrameReader, encodeFrame, type RequestHeader, type RuntimeHeader } from "./frames";
import type { RuntimeEvents, RuntimeLink } from "./runtime-link";

/** The link with our own Node.js runtime: one socket that the process inherits. */
export class ChannelLink implements RuntimeLink {
  readonly hasChannel = true;
  readonly variables = {};
  private channel: Duplex | undefined;
  private unsent: Buffer[] = [];
  private closed: Promise<void> = Promise.resolve();

  attach(child: ChildProcess, events: RuntimeEvents): void {
    const channel = duplexAt(child, CHANNEL_FD);
    this.channel = channel;
    this.closed = new Promise((resolve) => channel.once("close", resolve));
    channel.on("error", () => events.broken());
    channel.on(
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
    this.channel?.write(frames.length === 1 && first ? first : Buffer.concat(frames));
  }

  drained(): Promise<void> {
    return this.closed;
  }

  close(): void {
    this.channel?.destroy();
  }
}

function duplexAt(child: ChildProcess, fd: number): Duplex {
  const stream: Readable | NodeJS.WritableStream | null | undefined = child.stdio[fd];
  if (stream instanceof Duplex) return stream;
  throw new Error(`no socket at file descriptor ${fd}`);
}
