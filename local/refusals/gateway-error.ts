import type { GatewayResponseType } from "../../definition/gateway-response";

interface GatewayErrorRow {
  /** Type of gateway response that customises it; absent when AWS lets nobody change it. */
  readonly responseType?: GatewayResponseType;
  readonly status: number;
  /** `x-amzn-ErrorType`. */
  readonly errorType?: string;
  /** Null where AWS says nothing, in so many words. */
  readonly message: string | null;
  /** How AWS writes the default body; nobody knows why there are several ways. Default `compact`. */
  readonly bodyStyle?: "compact" | "spaced" | "capital" | "plain";
}

const INTERNAL = "InternalServerErrorException";

/**
 * The answers that API Gateway makes itself.
 * Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/supported-gateway-response-types.html
 */
const ROWS = {
  UNKNOWN_ROUTE: {
    responseType: "MISSING_AUTHENTICATION_TOKEN",
    status: 403,
    errorType: "MissingAuthenticationTokenException",
    message: "Missing Authentication Token",
  },
  UNSIGNED_AUTHORIZATION: {
    responseType: "DEFAULT_4XX",
    status: 403,
    errorType: "IncompleteSignatureException",
    message: "Invalid key=value pair (missing equal-sign) in Authorization header",
  },
  MISSING_SIGNATURE: {
    responseType: "MISSING_AUTHENTICATION_TOKEN",
    status: 403,
    errorType: "MissingAuthenticationTokenException",
    message: "Missing Authentication Token",
  },
  INVALID_SIGNATURE: {
    responseType: "INVALID_SIGNATURE",
    status: 403,
    errorType: "InvalidSignatureException",
    message: "The request signature we calculated does not match the signature you provided.",
  },
  UNKNOWN_CREDENTIALS: {
    responseType: "INVALID_SIGNATURE",
    status: 403,
    errorType: "UnrecognizedClientException",
    message: "The security token included in the request is invalid.",
  },
  UNAUTHORIZED: {
    responseType: "UNAUTHORIZED",
    status: 401,
    errorType: "UnauthorizedException",
    message: "Unauthorized",
  },
  TOKEN_EXPIRED: {
    responseType: "UNAUTHORIZED",
    status: 401,
    errorType: "UnauthorizedException",
    message: "The incoming token has expired",
  },
  ACCESS_DENIED: {
    responseType: "ACCESS_DENIED",
    status: 403,
    errorType: "AccessDeniedException",
    message: "User is not authorized to access this resource",
    bodyStyle: "capital",
  },
  AUTHORIZER_CONFIGURATION_ERROR: {
    responseType: "AUTHORIZER_CONFIGURATION_ERROR",
    status: 500,
    errorType: "AuthorizerConfigurationException",
    message: null,
  },
  METHOD_ARN_TOO_LONG: { status: 414, message: "Request-URI Too Long" },
  UNKNOWN_STAGE: { status: 403, errorType: "ForbiddenException", message: "Forbidden" },
  INVALID_API_KEY: {
    responseType: "INVALID_API_KEY",
    status: 403,
    errorType: "ForbiddenException",
    message: "Forbidden",
  },
  THROTTLED: {
    responseType: "THROTTLED",
    status: 429,
    errorType: "TooManyRequestsException",
    message: "Too Many Requests",
  },
  QUOTA_EXCEEDED: {
    responseType: "QUOTA_EXCEEDED",
    status: 429,
    errorType: "LimitExceededException",
    message: "Limit Exceeded",
  },
  CACHE_INVALIDATION_DENIED: {
    responseType: "ACCESS_DENIED",
    status: 403,
    errorType: "AccessDeniedException",
    message: "User is not authorized to access this resource",
    bodyStyle: "capital",
  },
  INVALID_PARAMETERS: {
    responseType: "BAD_REQUEST_PARAMETERS",
    status: 400,
    errorType: "BadRequestException",
    message: "Missing required request parameters",
  },
  INVALID_BODY: {
    responseType: "BAD_REQUEST_BODY",
    status: 400,
    errorType: "BadRequestException",
    message: "Invalid request body",
  },
  UNREADABLE_BODY: {
    responseType: "DEFAULT_4XX",
    status: 400,
    errorType: "BadRequestException",
    message: "Invalid JSON in request body",
  },
  UNSUPPORTED_MEDIA_TYPE: {
    responseType: "UNSUPPORTED_MEDIA_TYPE",
    status: 415,
    errorType: "BadRequestException",
    message: "Unsupported Media Type",
  },
  PAYLOAD_TOO_LARGE: {
    status: 413,
    message: "HTTP content length exceeded 10485760 bytes.",
    bodyStyle: "plain",
  },
  HEADERS_TOO_LARGE: { status: 431, message: "Request header fields too large" },
  EVENT_TOO_LARGE: {
    responseType: "REQUEST_TOO_LARGE",
    status: 413,
    errorType: "BadRequestException",
    message: "Request Too Long",
    bodyStyle: "spaced",
  },
  CONFIGURATION_FAILURE: {
    responseType: "API_CONFIGURATION_ERROR",
    status: 500,
    errorType: INTERNAL,
    message: "Internal server error",
    bodyStyle: "spaced",
  },
  INTEGRATION_FAILURE: {
    responseType: "INTEGRATION_FAILURE",
    status: 502,
    errorType: INTERNAL,
    message: "Internal server error",
    bodyStyle: "spaced",
  },
  BACKEND_UNREACHABLE: {
    responseType: "INTEGRATION_FAILURE",
    status: 504,
    errorType: INTERNAL,
    message: "Network error communicating with endpoint",
    bodyStyle: "spaced",
  },
  INTEGRATION_TIMEOUT: {
    responseType: "INTEGRATION_TIMEOUT",
    status: 504,
    errorType: INTERNAL,
    message: "Endpoint request timed out",
    bodyStyle: "spaced",
  },
} as const satisfies Record<string, GatewayErrorRow>;

/** Name of one row of the table. */
export type GatewayErrorKind = keyof typeof ROWS;

/** What the pipeline knows beyond the kind. */
export interface GatewayErrorDetails {
  /** Replaces the row's message. */
  readonly message?: string;
  /** `$context.integration.error`, where it is not what the execution log says. */
  readonly integrationError?: string;
  /** What of the definition or of a backend's answer is at fault, as API Gateway's execution log calls it. */
  readonly problem?: string;
  /** Lines of the execution log, where the kind and the problem do not make them. */
  readonly logged?: readonly string[];
  /** Why, for the developer's terminal alone. */
  readonly reason?: string;
  /** `$context.error.validationErrorString`. */
  readonly validationError?: string;
  readonly cause?: unknown;
}

/** A refusal or failure that the client hears of in API Gateway's words. Throw it from any step. */
export class GatewayError extends Error {
  override readonly name = "GatewayError";
  readonly row: GatewayErrorRow;
  /** `$context.error.message`. */
  readonly text: string | null;

  constructor(
    readonly kind: GatewayErrorKind,
    readonly details: GatewayErrorDetails = {},
  ) {
    const row: GatewayErrorRow = ROWS[kind];
    const text = details.message ?? row.message;
    super(text ?? row.errorType, { cause: details.cause });
    this.row = row;
    this.text = text;
  }
}

/**
 * The customary way to say that the definition itself is at fault.
 *
 * @param reason for the developer
 * @param problem the same in API Gateway's words, as far as they are known
 */
export function configurationFailure(reason: string, problem = reason, cause?: unknown): GatewayError {
  return new GatewayError("CONFIGURATION_FAILURE", { reason, problem, cause });
}
