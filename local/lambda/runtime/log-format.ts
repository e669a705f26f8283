import { format } from "node:util";

const LEVELS = ["TRACE", "DEBUG", "INFO", "WARN", "ERROR", "FATAL"];
const METHODS = {
  trace: "TRACE",
  debug: "DEBUG",
  log: "INFO",
  info: "INFO",
  warn: "WARN",
  error: "ERROR",
  fatal: "FATAL",
} as const;

/** One entry of a function's log, with the line break behind it. */
export type LogFormat = (level: string, requestId: string | undefined, values: readonly unknown[]) => string;

/**
 * Lambda's text format: time, request, level, message, tabs between them.
 * Source: https://docs.aws.amazon.com/lambda/latest/dg/nodejs-logging.html
 */
export const textEntry: LogFormat = (level, requestId, values) =>
  `${new Date().toISOString()}\t${requestId}\t${level}\t${format(...values)}\n`;

/**
 * Lambda's JSON format. A single value stays what it is, several become a text; the first error among them is taken apart.
 * Source: https://docs.aws.amazon.com/lambda/latest/dg/monitoring-cloudwatchlogs-logformat.html
 */
export const jsonEntry: LogFormat = (level, requestId, values) => {
  const entry = { timestamp: new Date().toISOString(), level, requestId };
  if (values.length !== 1) {
    const error = values.find((value) => value instanceof Error);
    return `${JSON.stringify({ ...entry, message: format(...values), ...(error && errorFields(error)) })}\n`;
  }
  try {
    const taken = (_: string, value: unknown) => (value instanceof Error ? { ...errorFields(value), ...value } : value);
    return `${JSON.stringify({ ...entry, message: values[0] }, taken)}\n`;
  } catch {
    return `${JSON.stringify({ ...entry, message: format(values[0]) })}\n`;
  }
};

function errorFields(error: Error) {
  return {
    errorType: error.constructor?.name ?? "UnknownError",
    errorMessage: error.message,
    stackTrace: error.stack?.split("\n") ?? [],
  };
}

/** Makes `console` write a log, from a level on. Whoever writes to the streams directly is left alone. */
export function formatConsole(
  entry: LogFormat,
  leastLevel: string | undefined,
  requestId: () => string | undefined,
): void {
  const least = LEVELS.indexOf(leastLevel?.toUpperCase() ?? "");
  for (const [method, level] of Object.entries(METHODS)) {
    Reflect.set(console, method, (...values: unknown[]) => {
      if (LEVELS.indexOf(level) >= least) process.stdout.write(entry(level, requestId(), values));
    });
  }
}

/**
 * Makes output leave at once, as on Lambda. Node.js queues what goes into a pipe: `process.exit` would lose it, and a flood
 * would fill the function's memory. There is no public switch for it (https://github.com/nodejs/node/issues/784).
 */
export function writeOutputAtOnce(): void {
  for (const stream of [process.stdout, process.stderr]) {
    const handle: unknown = Reflect.get(stream, "_handle");
    if (typeof handle === "object" && handle !== null && "setBlocking" in handle) {
      if (typeof handle.setBlocking === "function") handle.setBlocking(true);
    }
  }
}
