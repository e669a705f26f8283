import { StringDecoder } from "node:string_decoder";

/** What one request may print before the rest is dropped: enough for any honest log, too little to drown the gateway. */
const MAX_OUTPUT_BYTES = 1024 * 1024;

/** Turns what a function prints into lines, up to a limit of bytes for each request. */
export class OutputLines {
  private printedBytes = 0;

  constructor(private readonly log: (line: string) => void) {}

  /** A new request may print as much again. */
  restart(): void {
    this.printedBytes = 0;
  }

  /** Reads a stream to its end. What is over the limit is still read: a full pipe would block the function. */
  follow(stream: NodeJS.ReadableStream): void {
    const decoder = new StringDecoder("utf8");
    let partial = "";
    stream.on("data", (chunk: Buffer) => {
      const wasWithin = this.printedBytes <= MAX_OUTPUT_BYTES;
      this.printedBytes += chunk.length;
      if (!wasWithin) return;
      const lines = (partial + decoder.write(chunk)).split("\n");
      partial = lines.pop() ?? "";
      for (const line of lines) this.log(line.trimEnd());
      if (this.printedBytes <= MAX_OUTPUT_BYTES) return;
      partial = "";
      this.log(`(more than ${MAX_OUTPUT_BYTES} bytes of output: the rest is not shown)`);
    });
    stream.on("end", () => partial !== "" && this.log(partial));
  }
}
