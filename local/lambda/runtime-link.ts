import type { ChildProcess } from "node:child_process";
import type { EnvironmentRequest } from "./environment-request";

/** What a function's process tells the gateway. */
export interface RuntimeEvents {
  /** The code is loaded, or a request is done with: the next one may come. */
  ready(): void;
  /** The code could not be loaded; `document` is Lambda's error document. */
  failedToLoad(document: Buffer): void;
  /** Part of a streamed result. */
  chunk(bytes: Buffer): void;
  /** The result, what is left of a streamed one, or an error document. */
  result(requestId: string, failed: boolean, payload: Buffer, maxMemoryMb: number): void;
  /** A request that was sent ahead is not begun any more. */
  returned(requestId: string, sentAheadAt: number): void;
  /** The process ends, and has not begun what it was given last. */
  leaving(): void;
  /** The process is about to end. */
  expectEnd(): void;
  /** What came over the link makes no sense. */
  broken(): void;
}

/** How the gateway talks with the process of one execution environment. */
export interface RuntimeLink {
  /** Whether the process has two sockets of the link, as file descriptors 3 and 4: then a request may be sent while another one is in work. */
  readonly hasChannel: boolean;
  /** Variables that the process finds the gateway by. */
  readonly variables: Readonly<Record<string, string>>;
  attach(child: ChildProcess, events: RuntimeEvents): void;
  /** @param sentAheadAt set for a request that has to wait until another one is done, in milliseconds since 1970 */
  send(request: EnvironmentRequest, timeoutMillis: number, sentAheadAt?: number): void;
  /** Resolves when nothing can come any more from a process that has ended: its last words arrive after the news of its end. */
  drained(): Promise<void>;
  close(): void;
}
