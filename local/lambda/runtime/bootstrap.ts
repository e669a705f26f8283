import { Socket } from "node:net";
import { CHANNEL_FD, createFrameReader, encodeFrame, type RequestHeader, type RuntimeHeader } from "../frames";
import { type ErrorDocument, errorDocument, RuntimeError, rejectionDocument } from "./error-document";
import { type Completion, handlerContext, hasValue } from "./handler-context";
import { type Handler, loadHandler } from "./load-handler";
import { formatConsole, logEntry, writeOutputAtOnce } from "./log-format";

/** Lambda's exit status after an error that nobody caught. */
const UNCAUGHT_EXIT_STATUS = 129;
const BYTES_PER_MB = 1024 * 1024;
/** How often memory is measured: it takes as long as a short handler. */
const MEMORY_MILLIS = 100;

/** The request in work. `answer` waits here when a callback has to wait for the event loop to be empty. */
let current: { readonly requestId: string; answer?: () => void } | undefined;
let handler: Handler | undefined;
let maxMemoryBytes = 0;
let measuredAt = Number.NEGATIVE_INFINITY;

const channel = new Socket({ fd: CHANNEL_FD, readable: true, writable: true });
channel.on("error", () => process.exit());
channel.on("close", () => process.exit());
channel.on("data", createFrameReader<RequestHeader>(begin));

writeOutputAtOnce();
formatConsole(() => current?.requestId);
process.on("uncaughtException", (error) => crash("Uncaught Exception", errorDocument(error)));
process.on("unhandledRejection", (reason) => crash("Unhandled Promise Rejection", rejectionDocument(reason)));
// During a request the channel does not keep the loop alive: when nothing is left to do, no answer can come any more.
process.on("beforeExit", () => (current?.answer ? current.answer() : finish(false, null)));

loadHandler(process.env.LAMBDA_TASK_ROOT ?? process.cwd(), process.env._HANDLER ?? "").then(
  (loaded) => {
    handler = loaded;
    send({ kind: "ready" }, "");
  },
  (error) => crash("Uncaught Exception", errorDocument(error)),
);

function begin(request: RequestHeader, body: Buffer): void {
  const state: NonNullable<typeof current> = { requestId: request.requestId };
  current = state;
  process.env._X_AMZN_TRACE_ID = request.traceId;
  channel.unref();

  const isOpen = () => current === state && state.answer === undefined;
  const completion: Completion = {
    succeed: (result) => isOpen() && whenAllowed(() => finish(false, result)),
    fail: (error) => isOpen() && whenAllowed(() => finish(true, error)),
  };
  const context = handlerContext(request, process.env, completion);
  const whenAllowed = (answer: () => void) => {
    if (context.callbackWaitsForEmptyEventLoop) state.answer = answer;
    else answer();
  };

  try {
    const result = handler?.(JSON.parse(body.toString("utf8")), context, context.done);
    if (!isThenable(result)) return;
    result.then(
      (value) => isOpen() && finish(false, value),
      (error) => isOpen() && finish(true, error),
    );
  } catch (error) {
    finish(true, error);
  }
}

function finish(failed: boolean, value: unknown): void {
  if (!current) return;
  const outcome = failed ? failure(value) : success(value);
  if (outcome.failed) log("Invoke Error", outcome.document);
  current = undefined;
  channel.ref();
  send(resultHeader(outcome.failed), outcome.payload);
}

function success(value: unknown) {
  try {
    return { failed: false, payload: JSON.stringify(value ?? null) ?? "null" } as const;
  } catch (error) {
    return failure(
      new RuntimeError("Runtime.UnableToStringify", "Unable to stringify response body", { cause: error }),
    );
  }
}

function failure(error: unknown) {
  const document = errorDocument(hasValue(error) ? error : "Unknown error");
  return { failed: true, document, payload: JSON.stringify(document) } as const;
}

/** Tells the gateway why, then ends: nothing that this process holds can be trusted any more. */
function crash(what: string, document: ErrorDocument): void {
  log(what, document);
  const header: RuntimeHeader = handler ? resultHeader(true) : { kind: "init-error" };
  if (current || !handler) send(header, JSON.stringify(document));
  channel.end(() => process.exit(UNCAUGHT_EXIT_STATUS));
}

function log(what: string, { errorType, errorMessage, trace }: ErrorDocument): void {
  const details = JSON.stringify({ errorType, errorMessage, stack: trace });
  process.stdout.write(logEntry("ERROR", current?.requestId, `${what} \t${details}`));
}

function resultHeader(failed: boolean): RuntimeHeader {
  // Not maxRSS of resourceUsage: on Linux it starts with the memory of the process that forked this one.
  const now = performance.now();
  if (now - measuredAt > MEMORY_MILLIS) {
    measuredAt = now;
    maxMemoryBytes = Math.max(maxMemoryBytes, process.memoryUsage.rss());
  }
  return { kind: "result", failed, maxMemoryMb: Math.ceil(maxMemoryBytes / BYTES_PER_MB) };
}

function send(header: RuntimeHeader, body: string): void {
  if (!channel.writableEnded) channel.write(encodeFrame(header, Buffer.from(body)));
}

function isThenable(value: unknown): value is PromiseLike<unknown> {
  return typeof value === "object" && value !== null && "then" in value && typeof value.then === "function";
}
