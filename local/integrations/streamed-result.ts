import { PassThrough, type Readable } from "node:stream";
import type { InvocationResult } from "../host/host";

const DELIMITER = Buffer.alloc(8);
const NOTHING = Buffer.alloc(0);
/** The metadata and the delimiter must be within so many bytes. */
const MAX_HEAD_BYTES = 16 * 1024;
/** What Lambda streams at most. Source: https://docs.aws.amazon.com/lambda/latest/dg/configuration-response-streaming.html */
const MAX_BYTES = 200 * 1024 * 1024;

/**
 * The result of a function that streams: metadata as JSON, eight zero bytes, and the body as it comes.
 * Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/response-transfer-mode-lambda.html
 */
export class StreamedResult {
  /** What follows the metadata. Breaks off with an error when the function fails on its way. */
  readonly body: Readable;
  private readonly sink = new PassThrough();
  private head = Buffer.alloc(0);
  private tellHead: ((metadata: Buffer) => void) | undefined;
  private hasHead = false;
  private size = 0;

  constructor() {
    this.body = this.sink;
    // Whoever sends the body learns of it; nobody else does.
    this.sink.on("error", () => {});
  }

  private take(bytes: Buffer): void {
    this.size += bytes.length;
    if (this.size > MAX_BYTES) this.sink.destroy(new Error("the function streams more than 200 MB"));
    if (this.hasHead) {
      if (!this.sink.destroyed) this.sink.write(bytes);
      return;
    }
    if (this.head.length > MAX_HEAD_BYTES + DELIMITER.length) return;
    this.head = Buffer.concat([this.head, bytes]);
    const end = this.head.indexOf(DELIMITER);
    if (end < 0 || end > MAX_HEAD_BYTES) return;
    this.hasHead = true;
    const rest = this.head.subarray(end + DELIMITER.length);
    if (rest.length > 0) this.sink.write(rest);
    this.tellHead?.(this.head.subarray(0, end));
  }

  /**
   * Follows an invocation to its end.
   *
   * @param invoke hands on the parts of the result
   * @returns the metadata as the result, as soon as it is whole; an empty one where there is none, or the function's failure
   */
  follow(invoke: (onChunk: (bytes: Buffer) => void) => Promise<InvocationResult>): Promise<InvocationResult> {
    return new Promise((resolve, reject) => {
      this.tellHead = (payload) => resolve({ status: 200, payload, requestId: "" });
      invoke((bytes) => this.take(bytes)).then(
        (result) => {
          // A function that does not stream, or runs elsewhere, gives everything at the end.
          if (result.functionError === undefined && result.payload.length > 0) this.take(result.payload);
          resolve(this.hasHead || result.functionError !== undefined ? result : { ...result, payload: NOTHING });
          if (result.functionError === undefined) this.sink.end();
          else this.sink.destroy(new Error("the function has failed after the beginning of its answer"));
        },
        (error) => {
          reject(error);
          this.sink.destroy(error);
        },
      );
    });
  }
}
