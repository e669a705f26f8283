/**
 * What kind of thing a line tells: a failure, which every log has; what happens on the way; or what requests and answers
 * hold, which only logs with data trace have.
 */
export type LineKind = "failure" | "progress" | "data";

/** A line of an execution log. Its text is made only when the log has lines of its kind. */
export interface LogLine {
  readonly kind: LineKind;
  text(): string;
}

/** Which lines a route asks for. */
export type LineKinds = ReadonlySet<LineKind>;

/** Longest text of a line, in characters; AWS cuts there, and says so. */
const MAX_LENGTH = 1024;

/** The log of one request's way. An exchange without a log has none at all, so that it costs nothing. */
export class ExecutionLog {
  private hasFailed = false;

  /** @param take gets each text without the id of the request */
  constructor(
    private readonly kinds: LineKinds,
    private readonly take: (text: string) => void,
  ) {}

  /** Whether it pays to prepare what requests and answers hold. */
  get hasData(): boolean {
    return this.kinds.has("data");
  }

  write(...lines: readonly LogLine[]): void {
    for (const { kind, text } of lines) {
      this.hasFailed ||= kind === "failure";
      if (this.kinds.has(kind)) this.take(cut(text()));
    }
  }

  /** The last lines of a request. A log of failures says nothing of requests that have not failed. */
  close(status: number, ...lines: readonly LogLine[]): void {
    if (this.hasFailed || this.kinds.has("progress")) this.take(`Method completed with status: ${status}`);
    this.write(...lines);
  }
}

function cut(text: string): string {
  return text.length > MAX_LENGTH ? `${text.slice(0, MAX_LENGTH)} [TRUNCATED]` : text;
}
