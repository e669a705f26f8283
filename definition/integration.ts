/** Kinds of backend. Source: https://docs.aws.amazon.com/apigateway/latest/api/API_Integration.html */
export const INTEGRATION_TYPES = ["AWS", "AWS_PROXY", "HTTP", "HTTP_PROXY", "MOCK"] as const;
export type IntegrationType = (typeof INTEGRATION_TYPES)[number];

/** What happens to a request body whose content type has no mapping template. */
export const PASSTHROUGH_BEHAVIORS = ["WHEN_NO_MATCH", "WHEN_NO_TEMPLATES", "NEVER"] as const;
export type PassthroughBehavior = (typeof PASSTHROUGH_BEHAVIORS)[number];

/** Conversion between binary and text payloads. */
export const CONTENT_HANDLINGS = ["CONVERT_TO_BINARY", "CONVERT_TO_TEXT"] as const;
export type ContentHandling = (typeof CONTENT_HANDLINGS)[number];

/** AWS's default, and the longest timeout without a raised quota. */
export const DEFAULT_INTEGRATION_TIMEOUT_MILLIS = 29_000;

/** How a method reaches its backend. */
export interface IntegrationDefinition {
  readonly type: IntegrationType;
  /** Verb towards the backend; absent on MOCK. */
  readonly httpMethod?: string;
  /** `arn:aws:apigateway:…` for AWS types, `https://…` for HTTP types (may hold `${stageVariables.x}`); absent on MOCK. */
  readonly uri?: string;
  /** ARN of the role that API Gateway assumes towards an AWS service. */
  readonly credentials?: string;
  readonly connectionType: "INTERNET" | "VPC_LINK";
  /** Id of the VPC link, or `${stageVariables.x}`. */
  readonly connectionId?: string;
  readonly passthroughBehavior: PassthroughBehavior;
  readonly contentHandling?: ContentHandling;
  /** 50 to 29,000 ms by default quota. */
  readonly timeoutMillis: number;
  /** `integration.request.<place>.<name>` → mapping expression. */
  readonly requestParameters: Readonly<Record<string, string>>;
  /** Content type → mapping template (VTL). */
  readonly requestTemplates: Readonly<Record<string, string>>;
  readonly cacheNamespace?: string;
  /** `method.request.<place>.<name>` or `integration.request.<place>.<name>` parameters that make up the cache key. */
  readonly cacheKeyParameters: readonly string[];
  /** True switches certificate verification off towards an HTTPS backend. */
  readonly insecureSkipVerification: boolean;
  /** True when the answer is sent as it comes (`responseTransferMode: STREAM`). */
  readonly streamsResponse?: true;
  /** At most one has no selection pattern: the default. */
  readonly responses: readonly IntegrationResponseDefinition[];
}

/** How one class of backend answers becomes the client's answer. */
export interface IntegrationResponseDefinition {
  readonly statusCode: string;
  /** Java regular expression over the backend's status code (Lambda: error message); absent or empty marks the default. */
  readonly selectionPattern?: string;
  /** `method.response.header.<name>` → mapping expression. */
  readonly responseParameters: Readonly<Record<string, string>>;
  /** Content type → mapping template (VTL). */
  readonly responseTemplates: Readonly<Record<string, string>>;
  readonly contentHandling?: ContentHandling;
}
