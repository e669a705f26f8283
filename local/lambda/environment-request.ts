/** A request for one execution environment. */
export interface EnvironmentRequest {
  readonly requestId: string;
  readonly invokedFunctionArn: string;
  readonly traceId: string;
  readonly payload: Buffer;
  /** Takes a streamed result as it comes. @default - it is collected, and is the result */
  readonly onChunk?: (bytes: Buffer) => void;
}

/** What has become of it. */
export interface EnvironmentResult {
  readonly failed: boolean;
  readonly payload: Buffer;
  /** How long the request was in work. */
  readonly millis: number;
}

/** Takes the result; undefined when the process has not begun the request: another one can take it. */
export type ResolveRequest = (result: EnvironmentResult | undefined) => void;
