/**
 * Error documents for what ends a function process from outside, in Lambda's words.
 * Source: https://docs.aws.amazon.com/lambda/latest/dg/troubleshooting-invocation.html
 */
export interface Failure {
  readonly errorType: string;
  readonly errorMessage: string;
}

/** The document as Lambda sends it. */
export function errorPayload(failure: Failure): Buffer {
  return Buffer.from(JSON.stringify(failure));
}

/** Largest result of a synchronous call: 6 MB and what Lambda allows on top. */
export const MAX_RESULT_BYTES = 6_291_556;

export function timedOut(requestId: string, timeoutSeconds: number): Failure {
  const errorMessage = `RequestId: ${requestId} Error: Task timed out after ${timeoutSeconds.toFixed(2)} seconds`;
  return { errorType: "Sandbox.Timedout", errorMessage };
}

export function outOfMemory(requestId: string): Failure {
  return {
    errorType: "Runtime.OutOfMemory",
    errorMessage: `RequestId: ${requestId} Error: Runtime exited with error: signal: killed`,
  };
}

export function exited(requestId: string, status: number | null, signal: NodeJS.Signals | null): Failure {
  const reason =
    status === 0 ? "without providing a reason" : `with error: ${signal ? inWords(signal) : `exit status ${status}`}`;
  return { errorType: "Runtime.ExitError", errorMessage: `RequestId: ${requestId} Error: Runtime exited ${reason}` };
}

export function resultTooLarge(): Failure {
  return {
    errorType: "Function.ResponseSizeTooLarge",
    errorMessage: `Response payload size exceeded maximum allowed payload size (${MAX_RESULT_BYTES} bytes).`,
  };
}

const SIGNALS: Partial<Record<NodeJS.Signals, string>> = {
  SIGKILL: "killed",
  SIGABRT: "aborted",
  SIGTERM: "terminated",
  SIGSEGV: "segmentation fault",
};

function inWords(signal: NodeJS.Signals): string {
  return `signal: ${SIGNALS[signal] ?? signal}`;
}
