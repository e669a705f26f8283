import type { Log, LogEntry, LogFormat } from "./entry";
import { jsonLine } from "./json-line";
import { prettyText } from "./pretty-text";

/** Where a log goes. */
export interface LogTarget {
  /** Takes a text without the end of its last line. */
  out(text: string): void;
  /** Takes what is wrong, where people read. */
  err(text: string): void;
  readonly isColoured: boolean;
  now(): number;
  /** Runs a thing soon. */
  defer(run: () => void): void;
}

/** A log, and how to write what it still holds. */
export interface BufferedLog {
  readonly log: Log;
  flush(): void;
}

/** A busy gateway writes a few times as seldom so, and nobody sees the difference. */
const GATHER_MILLIS = 10;

const FAULTS: ReadonlySet<LogEntry["kind"]> = new Set(["warning", "error"]);

/**
 * Writes entries in their order. Those that come together are written together: a write for each line would cost a busy gateway more
 * than its answers do.
 */
export function createLog(format: LogFormat, target: LogTarget): BufferedLog {
  let waiting: string[] = [];
  const flush = () => {
    const ready = waiting;
    waiting = [];
    if (ready.length > 0) target.out(ready.join("\n"));
  };
  const write = (text: string) => {
    if (waiting.push(text) === 1) target.defer(flush);
  };
  const log: Log =
    format === "json"
      ? (entry) => write(jsonLine(entry, target.now()))
      : (entry) => {
          const text = prettyText(entry, target.isColoured);
          if (!FAULTS.has(entry.kind)) return write(text);
          flush();
          target.err(text);
        };
  return { log, flush };
}

/** The terminal of this process. Texts are written to their end, also when the process ends at once. */
export function terminalLog(format: LogFormat): Log {
  const { log, flush } = createLog(format, {
    out: (text) => console.log(text),
    err: (text) => console.error(text),
    isColoured: process.stdout.isTTY === true && !process.env.NO_COLOR,
    now: Date.now,
    defer: (run) => setTimeout(run, GATHER_MILLIS),
  });
  process.on("exit", flush);
  return log;
}
