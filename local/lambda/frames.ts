/**
 * What gateway and function process say to each other: a JSON header and a body of bytes, each with its
 * length in front. The event and the result travel as they are, without being escaped into another JSON text.
 */
const PREFIX_BYTES = 8;

/** One message as bytes. */
export function encodeFrame(header: object, body: Uint8Array): Buffer {
  const head = Buffer.from(JSON.stringify(header));
  const frame = Buffer.allocUnsafe(PREFIX_BYTES + head.length + body.length);
  frame.writeUInt32LE(head.length, 0);
  frame.writeUInt32LE(body.length, 4);
  frame.set(head, PREFIX_BYTES);
  frame.set(body, PREFIX_BYTES + head.length);
  return frame;
}

/** Takes chunks as they arrive and hands on whole messages. `Header` is trusted: both ends are ours. */
export function createFrameReader<Header>(onFrame: (header: Header, body: Buffer) => void): (chunk: Buffer) => void {
  let chunks: Buffer[] = [];
  let received = 0;
  let needed = PREFIX_BYTES;

  return (chunk) => {
    chunks.push(chunk);
    received += chunk.length;
    while (received >= needed) {
      const bytes = chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks);
      const headEnd = PREFIX_BYTES + bytes.readUInt32LE(0);
      const frameEnd = headEnd + bytes.readUInt32LE(4);
      const complete = received >= frameEnd;
      const rest = complete ? bytes.subarray(frameEnd) : bytes;
      chunks = rest.length > 0 ? [rest] : [];
      received = rest.length;
      needed = complete ? PREFIX_BYTES : frameEnd;
      if (complete) {
        onFrame(JSON.parse(bytes.toString("utf8", PREFIX_BYTES, headEnd)), bytes.subarray(headEnd, frameEnd));
      }
    }
  };
}

/** Gateway → function process: one request. The body is the event. */
export interface RequestHeader {
  readonly requestId: string;
  readonly invokedFunctionArn: string;
  readonly timeoutMillis: number;
  readonly traceId: string;
  /** Set for a request that is sent while another one is in work: when that was, in milliseconds since 1970. */
  readonly sentAheadAt?: number;
}

/**
 * How long a function process may leave a request lying that was sent ahead. After that it gives the request back instead of
 * beginning it, so that the gateway can let another process have it and nothing is done twice.
 */
export const AHEAD_MILLIS = 50;

/**
 * Function process → gateway. The body of `init-error` and of a failed `result` is Lambda's error document; that of `chunk` is
 * part of a streamed result, whose `result` then has an empty one.
 */
export type RuntimeHeader =
  | { readonly kind: "ready" }
  | { readonly kind: "chunk" }
  | { readonly kind: "init-error" }
  /** A request that was sent ahead, and has not been begun. It may have been sent to this process again since. */
  | { readonly kind: "returned"; readonly requestId: string; readonly sentAheadAt: number }
  /** The process ends, and has no request: one that is on its way has not begun. */
  | { readonly kind: "leaving" }
  | {
      readonly kind: "result";
      readonly requestId: string;
      readonly failed: boolean;
      readonly maxMemoryMb: number;
      /** The process ends. */
      readonly isLast?: true;
    };

/**
 * File descriptors in the function process, a socket for each direction. Of one socket for both, what the process said last would
 * be lost when the gateway sends a request before it has read it: writing to a process that has gone closes the socket.
 */
export const REQUESTS_FD = 3;
export const RESULTS_FD = 4;
