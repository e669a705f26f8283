import { AsyncLocalStorage } from "node:async_hooks";
import { writeSync } from "node:fs";
import { Socket } from "node:net";
import {
  AHEAD_MILLIS,
  createFrameReader,
  encodeFrame,
  REQUESTS_FD,
  RESULTS_FD,
  type RequestHeader,
  type RuntimeHeader,
} from "../frames";
import { type ErrorDocument, errorDocument, RuntimeError, rejectionDocument } from "./error-document";
import { type Completion, completionMethods, handlerContext, hasValue } from "./handler-context";
import { resolveFromNodePath } from "./layer-modules";
import { type LoadedHandler, loadHandler, takesCallbacks } from "./load-handler";
import { formatConsole, jsonEntry, textEntry, writeOutputAtOnce } from "./log-format";
import { AWS_LAMBDA, ResponseStream } from "./response-stream";
import { traceVariable } from "./trace-variable";

/** Lambda's exit statuses after an error that nobody caught. */
const UNCAUGHT_EXCEPTION_STATUS = 129;
const UNHANDLED_REJECTION_STATUS = 128;
const BYTES_PER_MB = 1024 * 1024;
/** How often memory is measured: it takes as long as a short handler. */
const MEMORY_MILLIS = 100;

interface Work {
  readonly requestId: string;
  /** What an event loop with nothing left to do means: a callback that waits for it, or an answer that will never come. */
  whenIdle: () => void;
}

const { LAMBDA_TASK_ROOT, _HANDLER, AWS_EXECUTION_ENV, AWS_LAMBDA_LOG_FORMAT, AWS_LAMBDA_LOG_LEVEL } = process.env;
const runtime = (AWS_EXECUTION_ENV ?? "").replace("AWS_Lambda_", "");
const hasJsonLog = AWS_LAMBDA_LOG_FORMAT === "JSON";
const entry = hasJsonLog ? jsonEntry : textEntry;

const setTraceId = traceVariable();
let current: Work | undefined;
/** Requests that came while another one was in work. */
let waiting: { readonly request: RequestHeader; readonly body: Buffer }[] = [];
let handler: LoadedHandler | undefined;
let isEnding = false;
/** Set when the request in work is the last one: an earlier one has left something behind that failed. */
let lastStatus: number | undefined;
/** Whose code runs, also long after its answer. */
const owner = new AsyncLocalStorage<Work>();
let maxMemoryBytes = 0;
let measuredAt = Number.NEGATIVE_INFINITY;

const requests = new Socket({ fd: REQUESTS_FD, readable: true, writable: false });
requests.on("error", () => process.exit());
requests.on("close", () => process.exit());
requests.on("data", createFrameReader<RequestHeader>(take));
const results = new Socket({ fd: RESULTS_FD, readable: false, writable: true });
results.on("error", () => process.exit());

writeOutputAtOnce();
formatConsole(entry, AWS_LAMBDA_LOG_LEVEL, () => current?.requestId);
Reflect.set(globalThis, "awslambda", AWS_LAMBDA);
process.on("uncaughtException", (error) => {
  giveUp("Uncaught Exception", error, errorDocument(error), UNCAUGHT_EXCEPTION_STATUS);
});
process.on("unhandledRejection", (reason) => {
  giveUp("Unhandled Promise Rejection", reason, rejectionDocument(reason), UNHANDLED_REJECTION_STATUS);
});
// What ends between two requests says so, in case the next one is on its way already.
process.on("exit", () => {
  if (!handler || current || isEnding) return;
  try {
    writeSync(RESULTS_FD, encodeFrame({ kind: "leaving" }, Buffer.alloc(0)));
  } catch {
    // The gateway is gone.
  }
});
// During a request the wait for others does not keep the loop alive.
process.on("beforeExit", () => current?.whenIdle());

resolveFromNodePath(process.env.NODE_PATH);
loadHandler(LAMBDA_TASK_ROOT ?? process.cwd(), _HANDLER ?? "", runtime).then(
  (loaded) => {
    handler = loaded;
    send({ kind: "ready" }, "");
  },
  (error) => crash("Uncaught Exception", error, errorDocument(error), UNCAUGHT_EXCEPTION_STATUS),
);

function take(request: RequestHeader, body: Buffer): void {
  if (isEnding) return;
  if (lastStatus !== undefined) giveBack(request);
  else if (current || waiting.length > 0) waiting.push({ request, body });
  else if (isStale(request)) giveBack(request);
  else begin(request, body);
}

/** Has the gateway given up on a request, or is it about to? */
function isStale({ sentAheadAt }: RequestHeader): boolean {
  return sentAheadAt !== undefined && Date.now() - sentAheadAt > AHEAD_MILLIS;
}

function giveBack({ requestId, sentAheadAt = 0 }: RequestHeader): void {
  send({ kind: "returned", requestId, sentAheadAt }, "");
}

function giveBackStale(): void {
  const stale = waiting.filter(({ request }) => isStale(request));
  if (stale.length === 0) return;
  for (const { request } of stale) giveBack(request);
  waiting = waiting.filter((one) => !stale.includes(one));
}

/** In another turn: what the last request has left to do comes first. */
function beginNext(): void {
  setImmediate(() => {
    const next = waiting.shift();
    if (next) begin(next.request, next.body);
  });
}

function begin(request: RequestHeader, body: Buffer): void {
  if (isEnding) return;
  setTraceId(request.traceId);
  requests.unref();
  if (handler?.isStreaming) stream(handler, request, body);
  else if (handler) answer(handler, request, body);
}

function answer({ call, isAsync }: LoadedHandler, request: RequestHeader, body: Buffer): void {
  const work: Work = { requestId: request.requestId, whenIdle: () => endOfLoop(isAsync) };
  current = work;
  let isAnswered = false;
  const once = (end: () => void) => {
    if (current !== work || isAnswered) return;
    isAnswered = true;
    end();
  };
  const completion: Completion = {
    succeed: (result) => once(() => succeed(result)),
    fail: (error) => once(() => fail(error)),
  };
  const context = {
    ...handlerContext(request, process.env),
    ...(takesCallbacks(runtime) && completionMethods(completion)),
  };
  const callback = (error?: unknown, result?: unknown) => {
    if (hasValue(error)) completion.fail(error);
    else if (!context.callbackWaitsForEmptyEventLoop) completion.succeed(result);
    else {
      once(() => {
        work.whenIdle = () => succeed(result);
      });
    }
  };
  try {
    const result = owner.run(work, () => call(JSON.parse(body.toString("utf8")), context, callback));
    if (isThenable(result)) result.then(completion.succeed, completion.fail);
  } catch (error) {
    completion.fail(error);
  }
}

/** Source: https://docs.aws.amazon.com/lambda/latest/dg/configuration-response-streaming.html */
function stream({ call }: LoadedHandler, request: RequestHeader, body: Buffer): void {
  const unfinished = () => fail("Response stream is not finished.");
  const work: Work = { requestId: request.requestId, whenIdle: unfinished };
  current = work;
  const isOpen = () => current === work;
  const responseStream = new ResponseStream((bytes) => isOpen() && send({ kind: "chunk" }, bytes));
  const ended = new Promise<void>((resolve) => responseStream.once("close", resolve));
  responseStream.on("error", (error) => isOpen() && fail(error));
  try {
    const event: unknown = JSON.parse(body.toString("utf8"));
    const result = owner.run(work, () => call(event, responseStream, handlerContext(request, process.env)));
    if (!isThenable(result)) {
      fail("Streaming does not support non-async handlers.");
      return;
    }
    result.then(
      async (value) => {
        if (value !== undefined) console.warn("Streaming handlers ignore return values.");
        await ended;
        if (isOpen()) finish({ failed: false, payload: "" });
      },
      (error) => isOpen() && fail(error),
    );
  } catch (error) {
    fail(error);
  }
}

/** Nothing is left to do, and no answer has come. */
function endOfLoop(isAsync: boolean): void {
  if (!isAsync) {
    succeed(null);
    return;
  }
  const message =
    "The Lambda runtime client detected an unexpected Node.js exit code. This is most commonly caused by a Promise that was never settled.";
  fail(new RuntimeError("Runtime.NodeJsExit", message));
}

function succeed(value: unknown): void {
  try {
    finish({ failed: false, payload: JSON.stringify(value ?? null) ?? "null" });
  } catch (error) {
    fail(new RuntimeError("Runtime.UnableToStringify", "Unable to stringify response body", { cause: error }));
  }
}

function fail(error: unknown): void {
  const document = errorDocument(hasValue(error) ? error : "Unknown error");
  log("Invoke Error", error, document);
  finish({ failed: true, payload: JSON.stringify(document) });
}

function finish({ failed, payload }: { readonly failed: boolean; readonly payload: string }): void {
  if (!current) return;
  const { requestId } = current;
  current = undefined;
  // Before the result: what is still there when the gateway reads it, is begun.
  giveBackStale();
  if (lastStatus !== undefined) {
    isEnding = true;
    send({ ...resultHeader(requestId, failed), isLast: true }, payload);
    results.end(() => process.exit(lastStatus));
    return;
  }
  send(resultHeader(requestId, failed), payload);
  if (waiting.length > 0) beginNext();
  else requests.ref();
}

/** What nobody has caught costs the request that it belongs to: another one that is in work by now is finished first. */
function giveUp(what: string, error: unknown, document: ErrorDocument, status: number): void {
  const guilty = owner.getStore();
  if (!guilty || !current || guilty === current) {
    crash(what, error, document, status);
    return;
  }
  log(what, error, document, guilty.requestId);
  lastStatus = status;
  for (const { request } of waiting.splice(0)) giveBack(request);
}

/** Tells the gateway why, then ends: nothing that this process holds can be trusted any more. */
function crash(what: string, error: unknown, document: ErrorDocument, status: number): void {
  isEnding = true;
  if (handler && !current) send({ kind: "leaving" }, "");
  log(what, error, document);
  const requestId = current?.requestId ?? "";
  const header: RuntimeHeader = handler ? { ...resultHeader(requestId, true), isLast: true } : { kind: "init-error" };
  if (current || !handler) send(header, JSON.stringify(document));
  results.end(() => process.exit(status));
}

function log(
  what: string,
  error: unknown,
  { errorType, errorMessage, trace }: ErrorDocument,
  requestId = current?.requestId,
): void {
  const details = `${what} \t${JSON.stringify({ errorType, errorMessage, stack: trace })}`;
  process.stdout.write(entry("ERROR", requestId, [hasJsonLog ? error : details]));
}

function resultHeader(requestId: string, failed: boolean): Extract<RuntimeHeader, { kind: "result" }> {
  // Not maxRSS of resourceUsage: on Linux it starts with the memory of the process that forked this one.
  const now = performance.now();
  if (now - measuredAt > MEMORY_MILLIS) {
    measuredAt = now;
    maxMemoryBytes = Math.max(maxMemoryBytes, process.memoryUsage.rss());
  }
  return { kind: "result", requestId, failed, maxMemoryMb: Math.ceil(maxMemoryBytes / BYTES_PER_MB) };
}

function send(header: RuntimeHeader, body: string | Uint8Array): void {
  if (!results.writableEnded) results.write(encodeFrame(header, typeof body === "string" ? Buffer.from(body) : body));
}

function isThenable(value: unknown): value is PromiseLike<unknown> {
  return typeof value === "object" && value !== null && "then" in value && typeof value.then === "function";
}
