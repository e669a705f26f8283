import type { Observation } from "../observation";

/** The outside world as the gateway sees it. Steps use nothing else: no sockets, clock, randomness or `process`. */
export interface Host {
  /** Milliseconds since the epoch. */
  now(): number;
  /** A random number, at least 0 and below 1. */
  random(): number;
  /** A random version 4 UUID. */
  uuid(): string;
  /** Sends one request to a backend. Throws `BackendUnreachable`; the caller applies the timeout through `signal`. */
  fetch(request: BackendRequest, signal: AbortSignal): Promise<BackendResponse>;
  /** Runs a Lambda function. */
  invoke(invocation: Invocation): Promise<InvocationResult>;
  /** True while somebody debugs a function: nothing runs out of time then. @default - never */
  isDebugged?(): boolean;
  /** One line of the stage's access log. */
  accessLog(stage: string, line: string): void;
  /** One line of the stage's execution log, with the id of its request. */
  executionLog(stage: string, line: string): void;
  /** What became of a request: for the developer, never for the client. Called once for each, after its answer is made. */
  observe(observation: Observation): void;
  /** A bug of ours: goes to stderr with its stack. */
  reportBug(error: unknown): void;
}

/** Header lines in order, names in their original case. */
export type HeaderLines = readonly (readonly [name: string, value: string])[];

export interface BackendRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: HeaderLines;
  readonly body?: Buffer;
  readonly insecureSkipVerification?: boolean;
  /** The AWS service whose endpoint `url` is, as in `sqs`: the host signs, and sends it where a local endpoint stands for it. */
  readonly awsService?: string;
}

/** Body bytes as they came, content codings untouched. */
export interface BackendResponse {
  readonly status: number;
  readonly headers: HeaderLines;
  readonly body: Buffer;
}

/** The backend refused the connection, could not be resolved or broke off. */
export class BackendUnreachable extends Error {
  override readonly name = "BackendUnreachable";
}

export interface Invocation {
  /** Function name, without account, region or qualifier. */
  readonly functionName: string;
  /** Alias or version, as in `live`. */
  readonly qualifier?: string;
  /** The event: JSON bytes. */
  readonly payload: Buffer;
  /** `Event` returns at once with an empty payload. */
  readonly type: "RequestResponse" | "Event";
  /** X-Ray header for the function's environment. */
  readonly traceId: string;
  /** Takes the result of a streaming handler as it comes; `payload` of the result is then empty. @default - it is collected */
  readonly onChunk?: (bytes: Buffer) => void;
  /** The caller no longer waits (integration timeout); the function goes on, as on AWS. A signal is made when it is asked for. */
  readonly signal?: () => AbortSignal;
}

/** What Lambda's Invoke answers. */
export interface InvocationResult {
  /** 200, 202 (`Event`), 404 (no such function), 429 (concurrency). */
  readonly status: number;
  readonly payload: Buffer;
  /** Set when the handler failed; the payload then is `{ errorMessage, errorType, trace? }`. */
  readonly functionError?: "Handled" | "Unhandled";
  readonly requestId: string;
}
