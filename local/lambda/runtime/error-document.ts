/** What Lambda answers when a handler fails. */
export interface ErrorDocument {
  readonly errorType: string;
  readonly errorMessage: string;
  readonly trace: readonly string[];
}

/**
 * A failure that Lambda's runtime names itself, as in `Runtime.HandlerNotFound`.
 * Source: https://docs.aws.amazon.com/lambda/latest/dg/nodejs-exceptions.html
 */
export class RuntimeError extends Error {
  constructor(
    override readonly name: string,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** The document for anything that can be thrown. */
export function errorDocument(error: unknown): ErrorDocument {
  if (!isError(error)) return { errorType: typeof error, errorMessage: String(error), trace: [] };
  return {
    errorType: error.name,
    errorMessage: error.message,
    trace: error.stack === undefined ? [] : error.stack.split("\n"),
  };
}

/** The document for a promise that nobody handled. */
export function rejectionDocument(reason: unknown): ErrorDocument {
  const cause = errorDocument(reason);
  const message = isError(reason) ? String(reason) : cause.errorMessage;
  const errorType = "Runtime.UnhandledPromiseRejection";
  return { errorType, errorMessage: message, trace: [`${errorType}: ${message}`, ...cause.trace] };
}

/** By shape: an error from another realm is one too. */
function isError(value: unknown): value is Error {
  return (
    value instanceof Error ||
    (typeof value === "object" && value !== null && "name" in value && "message" in value && "stack" in value)
  );
}
