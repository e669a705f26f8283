/** The start of a response: status line and headers, as RFC 9112 allows them to servers. */
const HEAD = /^HTTP\/1\.1 (\d{3}) [\t\x20-\x7e\x80-\xff]*((?:\r\n[!#$%&'*+.^_`|~\w-]+:[\t\x20-\x7e\x80-\xff]*)*)$/;
const HEADER = /\r\n([^:]+):[\t ]*([^\r]*?)[\t ]*(?=\r\n|$)/g;

type Header = readonly [name: string, value: string];

interface ReadResponse {
  readonly status: number;
  readonly isLast: boolean;
}

/**
 * Reads the responses of one connection strictly: what a lenient client would forgive is an error.
 *
 * @throws Error when what came is no HTTP/1.1
 */
export class ResponseReader {
  /** Of the complete responses so far. */
  readonly statuses: number[] = [];
  private buffered: Buffer = Buffer.alloc(0);
  private hasEnded = false;

  /** @param isHead whether the request of this number was a HEAD, whose answer has a length but no body */
  constructor(private readonly isHead: (index: number) => boolean) {}

  /** Takes bytes as they come. */
  push(chunk: Buffer): void {
    this.buffered = this.buffered.length === 0 ? chunk : Buffer.concat([this.buffered, chunk]);
    for (let response = this.take(); response; response = this.take()) {
      if (response.status < 200) continue;
      this.statuses.push(response.status);
      this.hasEnded = response.isLast;
    }
  }

  /** @throws Error when the connection ends within a response */
  end(): void {
    if (this.buffered.length > 0) throw new Error(`the connection ended within a response: ${this.excerpt()}`);
  }

  private take(): ReadResponse | undefined {
    if (this.buffered.length === 0) return undefined;
    if (this.hasEnded) throw new Error(`bytes after the last response: ${this.excerpt()}`);
    const headEnd = this.buffered.indexOf("\r\n\r\n");
    if (headEnd < 0) return undefined;
    const [, status = "", lines = ""] = HEAD.exec(this.buffered.subarray(0, headEnd).toString("latin1")) ?? [];
    if (status === "") throw new Error(`no response: ${this.excerpt()}`);
    const headers = [...lines.matchAll(HEADER)].map(
      ([, name = "", value = ""]) => [name.toLowerCase(), value] as const,
    );
    const end = this.bodyEnd(headEnd + 4, Number(status), headers);
    if (end === undefined || this.buffered.length < end) return undefined;
    this.buffered = this.buffered.subarray(end);
    const isLast = headers.some(([name, value]) => name === "connection" && value.toLowerCase() === "close");
    return { status: Number(status), isLast };
  }

  /** Where the body ends that starts here; undefined as long as that cannot be told. */
  private bodyEnd(start: number, status: number, headers: readonly Header[]): number | undefined {
    const lengths = valuesOf(headers, "content-length");
    const codings = valuesOf(headers, "transfer-encoding");
    if (lengths.length + codings.length > 1) throw new Error("a response with two lengths");
    if (status < 200 || status === 204) {
      if (lengths.length + codings.length > 0) throw new Error(`a length with status ${status}`);
      return start;
    }
    if (this.isHead(this.statuses.length) || status === 304) return start;
    if (codings[0] === "chunked") return this.lastChunkEnd(start);
    const [length = ""] = lengths;
    if (!/^\d+$/.test(length)) throw new Error(`the length "${length}" in a response`);
    return start + Number(length);
  }

  private lastChunkEnd(start: number): number | undefined {
    for (let at = start; ; ) {
      const lineEnd = this.buffered.indexOf("\r\n", at);
      if (lineEnd < 0) return undefined;
      const digits = this.buffered.subarray(at, lineEnd).toString("latin1");
      if (!/^[\da-f]+$/i.test(digits)) throw new Error(`the chunk size "${digits}" in a response`);
      const size = Number.parseInt(digits, 16);
      const end = lineEnd + 2 + size + 2;
      if (this.buffered.length < end) return undefined;
      if (this.buffered.subarray(end - 2, end).toString() !== "\r\n") throw new Error("a chunk without its end");
      if (size === 0) return end;
      at = end;
    }
  }

  private excerpt(): string {
    return JSON.stringify(this.buffered.subarray(0, 600).toString("latin1"));
  }
}

function valuesOf(headers: readonly Header[], wanted: string): string[] {
  return headers.filter(([name]) => name === wanted).map(([, value]) => value);
}
