import type { AuthorizerDefinition } from "./authorizer";
import type { GatewayResponseDefinition, GatewayResponseType } from "./gateway-response";
import type { JsonObject } from "./json";
import type { MethodDefinition } from "./method";

export const ENDPOINT_TYPES = ["EDGE", "REGIONAL", "PRIVATE"] as const;
export type EndpointType = (typeof ENDPOINT_TYPES)[number];

/**
 * All that one REST API is, without stages: what an OpenAPI import carries and a deployment snapshots.
 * Strings may hold references of the infrastructure tool; see `unknown.ts` for those that a reader could not evaluate.
 * Source: https://docs.aws.amazon.com/apigateway/latest/api/API_RestApi.html
 */
export interface RestApiDefinition {
  readonly name: string;
  readonly description?: string;
  readonly endpointType: EndpointType;
  readonly vpcEndpointIds: readonly string[];
  readonly disableExecuteApiEndpoint: boolean;
  readonly binaryMediaTypes: readonly string[];
  /** 0 to 10,485,760 bytes; absent means no compression. */
  readonly minimumCompressionSizeBytes?: number;
  readonly apiKeySource: "HEADER" | "AUTHORIZER";
  /** Resource policy, resources in the short form `execute-api:/…`. */
  readonly policy?: JsonObject;
  readonly models: Readonly<Record<string, ModelDefinition>>;
  readonly requestValidators: Readonly<Record<string, RequestValidatorDefinition>>;
  readonly authorizers: Readonly<Record<string, AuthorizerDefinition>>;
  readonly gatewayResponses: Readonly<Partial<Record<GatewayResponseType, GatewayResponseDefinition>>>;
  /** Sorted by path, then verb. */
  readonly methods: readonly MethodDefinition[];
  readonly tags: Readonly<Record<string, string>>;
}

/**
 * A named JSON Schema: draft 4, in the part that OpenAPI 3.0 shares with it.
 *
 * It refers to other models of its API, and to itself, as `{ "$ref": "#/components/schemas/<name>" }` and in no other way:
 * to whole models, without siblings, and never inside of `allOf`, `anyOf`, `oneOf` or `not`, where an import resolves no
 * references. An OpenAPI document holds the schema as it is. An `aws_api_gateway_model` says
 * `https://apigateway.amazonaws.com/restapis/<id of the API>/models/<name>` instead, and must come after the models that
 * it refers to. Every API has the models `Empty` and `Error` from the beginning.
 * Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-known-issues.html
 */
export interface ModelDefinition {
  readonly contentType: string;
  readonly description?: string;
  readonly schema: JsonObject;
}

/** Which parts of a request are checked before the integration. */
export interface RequestValidatorDefinition {
  readonly validateRequestBody: boolean;
  readonly validateRequestParameters: boolean;
}
