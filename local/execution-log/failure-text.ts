import type { GatewayError, GatewayErrorKind } from "../refusals/gateway-error";

const CONFIGURATION_ERROR = "Execution failed due to configuration error: ";

/** What of a failure is said by its kind. */
const TEXTS: Readonly<Partial<Record<GatewayErrorKind, (error: GatewayError, requestId: string) => string>>> = {
  UNAUTHORIZED: (_, requestId) => `Unauthorized request: ${requestId}`,
  TOKEN_EXPIRED: (_, requestId) => `Unauthorized request: ${requestId}`,
  ACCESS_DENIED: () => "The client is not authorized to perform this operation.",
  CONFIGURATION_FAILURE: configurationError,
  INTEGRATION_FAILURE: configurationError,
  INTEGRATION_TIMEOUT: () => "Execution failed due to a timeout error",
  BACKEND_UNREACHABLE: ({ details }) =>
    `Execution failed due to a network error communicating with endpoint: ${networkError(details.cause)}`,
};

/** Kinds whose text is also `$context.integration.error`. */
const OF_INTEGRATION: ReadonlySet<GatewayErrorKind> = new Set([
  "CONFIGURATION_FAILURE",
  "INTEGRATION_FAILURE",
  "INTEGRATION_TIMEOUT",
  "BACKEND_UNREACHABLE",
]);

/** What API Gateway logs of a failure. */
export function failureTexts(error: GatewayError, requestId: string): readonly string[] {
  const [firstLine = ""] = error.message.split("\n");
  return error.details.logged ?? [TEXTS[error.kind]?.(error, requestId) ?? firstLine];
}

/** `$context.integration.error`: what the execution log says, or what the failure has for it. */
export function integrationErrorOf(error: GatewayError): string | undefined {
  const { integrationError } = error.details;
  if (integrationError !== undefined) return integrationError;
  return OF_INTEGRATION.has(error.kind) ? failureTexts(error, "").at(-1) : undefined;
}

function configurationError({ details, row }: GatewayError): string {
  return `${CONFIGURATION_ERROR}${details.problem ?? row.message}`;
}

/** Java's words for what Node.js names by code. */
const NETWORK_ERRORS: Readonly<Record<string, string>> = {
  ECONNREFUSED: "Connection refused",
  ECONNRESET: "Connection reset by peer",
  EPIPE: "Connection is closed",
  UND_ERR_SOCKET: "Connection is closed",
};

/** Looks for the first cause with a code. */
function networkError(cause: unknown): string {
  if (!(cause instanceof Error)) return "Connection is closed";
  const code = "code" in cause ? String(cause.code) : "";
  return NETWORK_ERRORS[code] ?? (cause.cause === undefined ? cause.message : networkError(cause.cause));
}
