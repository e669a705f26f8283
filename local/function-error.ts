import type { InvocationResult } from "./host";

/** What a function that failed says of it, if anything. */
export function errorMessageIn(payload: Buffer): string | undefined {
  try {
    const { errorMessage }: { readonly errorMessage?: unknown } = JSON.parse(payload.toString());
    return typeof errorMessage === "string" ? errorMessage : undefined;
  } catch {
    return undefined;
  }
}

/** The line of API Gateway's execution log about a function that failed. */
export function functionFailureText({ status, payload, requestId }: InvocationResult): string {
  const message = errorMessageIn(payload) ?? payload.toString();
  return `Lambda execution failed with status ${status} due to customer function error: ${message}. Lambda request id: ${requestId}`;
}
