import type { GatewayError, GatewayErrorKind } from "./gateway-error";

/** What a developer can do about a refusal whose reason the request itself does not show. */
const HINTS: Readonly<Partial<Record<GatewayErrorKind, string>>> = {
  UNKNOWN_ROUTE: "no route has this verb and path; the routes are listed at start",
  MISSING_SIGNATURE: "the route is for signed requests; docs/local.md says how to sign them with curl",
  INVALID_API_KEY: "x-api-key is missing, or is no key of a usage plan of this stage; the keys are listed at start",
  BACKEND_UNREACHABLE: 'on localhost, "origins" of headgate.local.json says what answers instead of a backend',
};

/** Why the gateway itself refused a request, in one line for the developer. The client gets API Gateway's words only. */
export function explain(error: GatewayError): string {
  const { validationError, integrationError, cause, reason: told } = error.details;
  const reason = told ?? causeOf(cause) ?? validationError ?? integrationError;
  // Some of API Gateway's sentences have a full stop, and more follows here.
  const message = error.message.split("\n")[0]?.replace(/\. *$/, "");
  const parts = [message, reason, HINTS[error.kind]].filter((part) => part !== undefined);
  return [...new Set(parts)].join("; ");
}

/** The first cause of a failed call names address and condition, as in `connect ECONNREFUSED 127.0.0.1:9000`. */
function causeOf(cause: unknown): string | undefined {
  if (!(cause instanceof Error)) return undefined;
  return causeOf(cause.cause) ?? cause.message;
}
