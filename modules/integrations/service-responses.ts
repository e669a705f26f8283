import type { IntegrationResponse } from "./integration";

/** Error types of a service that mean the same to a client. */
export interface ErrorRow {
  /** Without namespace and without `Exception`. */
  readonly types: readonly string[];
  readonly statusCode: number;
  readonly message: string;
}

/** Where a service says what went wrong. */
type ErrorPath = "$.__type" | "$.Error.Code";

/** The service answers these with a status of the 4xx, but the client can do nothing about the second row. */
const COMMON_ROWS: readonly ErrorRow[] = [
  {
    types: [
      "KMSThrottling",
      "LimitExceeded",
      "ProvisionedThroughputExceeded",
      "RequestLimitExceeded",
      "RequestThrottled",
      "Throttled",
      "Throttling",
      "TooManyRequests",
    ],
    statusCode: 429,
    message: "Too Many Requests",
  },
  {
    types: [
      "AccessDenied",
      "AuthorizationError",
      "ExpiredToken",
      "IncompleteSignature",
      "InvalidClientTokenId",
      "InvalidSecurity",
      "KMSAccessDenied",
      "KMSDisabled",
      "KMSInvalidState",
      "KMSNotFound",
      "KmsAccessDenied",
      "KmsInvalidState",
      "KmsThrottling",
      "MissingAuthenticationToken",
      "NotFound",
      "ResourceNotFound",
      "StateMachineDeleting",
      "StateMachineDoesNotExist",
      "UnrecognizedClient",
    ],
    statusCode: 502,
    message: "Bad Gateway",
  },
];

/**
 * The answers of a service of the JSON or Query protocols: success by its own template, refusals told apart by the type of
 * the error, failures as 502. What the service says about an error stays inside: it names resources and roles.
 */
export function serviceResponses(
  success: { readonly statusCode: string; readonly template: string },
  rows: readonly ErrorRow[] = [],
  errorPath: ErrorPath = "$.__type",
): readonly IntegrationResponse[] {
  return [
    { statusCode: success.statusCode, responseTemplates: json(success.template) },
    { statusCode: "400", selectionPattern: "4\\d{2}", responseTemplates: json(errorTemplate(rows, errorPath)) },
    { statusCode: "502", selectionPattern: "5\\d{2}", responseTemplates: json(message("Bad Gateway")) },
  ];
}

/** A response template that answers another status than that of its integration response. */
export function answerInstead(statusCode: number, text: string): string {
  return `#set($context.responseOverride.status = ${statusCode})${message(text)}`;
}

/** Content type → template. */
export function json(template: string): Readonly<Record<string, string>> {
  return { "application/json": template };
}

/** A body like those of API Gateway's own errors. */
export function message(text: string): string {
  return `{"message": "${text}"}`;
}

function errorTemplate(rows: readonly ErrorRow[], errorPath: ErrorPath): string {
  const branches = [...rows, ...COMMON_ROWS].map(
    ({ types, statusCode, message: text }, index) =>
      `#${index === 0 ? "if" : "elseif"}($type.matches('(.*[^A-Za-z])?(${types.join("|")})(Exception)?'))` +
      answerInstead(statusCode, text),
  );
  return `#set($type = $input.path('${errorPath}'))${branches.join("")}#{else}${message("Bad Request")}#end`;
}
