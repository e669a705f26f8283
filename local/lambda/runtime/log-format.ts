import { format } from "node:util";

const LEVELS = { log: "INFO", info: "INFO", debug: "DEBUG", warn: "WARN", error: "ERROR", trace: "TRACE" } as const;

/**
 * One entry in Lambda's text format: time, request, level, message, tabs between them.
 * Source: https://docs.aws.amazon.com/lambda/latest/dg/nodejs-logging.html
 */
export function logEntry(level: string, requestId: string | undefined, message: string): string {
  return `${new Date().toISOString()}\t${requestId}\t${level}\t${message}\n`;
}

/** Makes `console` write Lambda's format. Whoever writes to the streams directly is left alone. */
export function formatConsole(requestId: () => string | undefined): void {
  for (const [method, level] of Object.entries(LEVELS)) {
    Reflect.set(console, method, (...values: unknown[]) => {
      process.stdout.write(logEntry(level, requestId(), format(...values)));
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
