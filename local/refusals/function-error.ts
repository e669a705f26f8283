import type { InvocationResult } from "../host/host";

/** What a function that failed says of it, if anything. */
export function errorMessageIn(payload: Buffer): string | undefined {
  try {
    const { errorMessage }: { readonly errorMessage?: unknown } = JSON.parse(payload.toString());
    return typeof errorMessage === "string" ? errorMessage : undefined;
  } catch {
    return undefined;
  }
}

/** `$context.integration.error` of a function that failed. */
export function integrationErrorText({ payload }: InvocationResult): string {
  return `Lambda Customer Function Error:${errorMessageIn(payload) ?? payload.toString().slice(0, MAX_SHOWN)}`;
}

/** A failure may be anything, of any length. */
const MAX_SHOWN = 1000;

/** The line of API Gateway's execution log about a function that failed. */
export function functionFailureText({ status, payload, requestId }: InvocationResult): string {
  const message = errorMessageIn(payload) ?? payload.toString();
  return `Lambda execution failed with status ${status} due to customer function error: ${message}. Lambda request id: ${requestId}`;
}

/** What API Gateway says when Lambda itself refuses to run a function. */
const REFUSALS: Readonly<Record<number, string>> = {
  404: "Invalid permissions on Lambda function",
  429: "Rate Exceeded.",
};

/** The lines of the execution log about an invocation that Lambda has refused. */
export function refusedInvocationTexts({ status, requestId }: InvocationResult): readonly string[] {
  const failed = `Lambda invocation failed with status: ${status}`;
  return [
    `${failed}. Lambda request id: ${requestId}`,
    `Execution failed due to configuration error: ${REFUSALS[status] ?? failed}`,
  ];
}
