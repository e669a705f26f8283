import { Writable } from "node:stream";
import { RuntimeError } from "./error-document";

const STREAMING = Symbol.for("aws.lambda.runtime.handler.streaming");
/** Between the metadata of an HTTP answer and its body. */
const DELIMITER = new Uint8Array(8);

/**
 * The second argument of a streaming handler.
 * Source: https://docs.aws.amazon.com/lambda/latest/dg/config-rs-write-functions.html
 */
export class ResponseStream extends Writable {
  private metadata: string | undefined;
  private hasBegun = false;

  /** @param send takes parts of the result */
  constructor(private readonly send: (bytes: Uint8Array) => void) {
    super({ decodeStrings: true });
  }

  /** Content type of a function URL; API Gateway reads it from the metadata. */
  setContentType(_contentType: string): void {
    if (!this.hasBegun) return;
    throw new RuntimeError("Runtime.InvalidStreamingOperation", "Cannot set content-type, too late.");
  }

  /** Status and headers, which go ahead of the first part: without a part they never go, as on Lambda. */
  setMetadata(metadata: object): void {
    this.metadata = JSON.stringify(metadata);
  }

  /** Anything but text and bytes becomes JSON. */
  override write(chunk: unknown, ...rest: unknown[]): boolean {
    if (!this.hasBegun && this.metadata !== undefined) {
      this.send(Buffer.from(this.metadata));
      this.send(DELIMITER);
    }
    this.hasBegun = true;
    const isPlain = typeof chunk === "string" || chunk instanceof Uint8Array;
    return Reflect.apply(super.write, this, [isPlain ? chunk : JSON.stringify(chunk), ...rest]);
  }

  override _write(chunk: Uint8Array, _encoding: BufferEncoding, done: () => void): void {
    this.send(chunk);
    done();
  }
}

/** The global `awslambda` of Lambda's Node.js runtimes. */
export const AWS_LAMBDA = {
  streamifyResponse<Handler extends object>(handler: Handler): Handler {
    return Object.assign(handler, { [STREAMING]: "response" });
  },
  HttpResponseStream: {
    from(stream: ResponseStream, metadata: object): ResponseStream {
      stream.setContentType("application/vnd.awslambda.http-integration-response");
      stream.setMetadata(metadata);
      return stream;
    },
  },
};

/** @throws RuntimeError `Runtime.MalformedStreamingHandler` */
export function isStreaming(handler: object): boolean {
  const mark: unknown = Reflect.get(handler, STREAMING);
  if (mark === undefined || mark === null || mark === false) return false;
  if (mark === "response") return true;
  throw new RuntimeError("Runtime.MalformedStreamingHandler", "Only response streaming is supported.");
}
