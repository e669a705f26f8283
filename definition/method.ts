import type { IntegrationDefinition } from "./integration";

/** Verbs that an API Gateway method can have. `ANY` serves every verb that has no method of its own. */
export const HTTP_METHODS = ["ANY", "DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT"] as const;
export type HttpMethod = (typeof HTTP_METHODS)[number];

/** How callers of a method are authorized. */
export const AUTHORIZATION_TYPES = ["NONE", "AWS_IAM", "CUSTOM", "COGNITO_USER_POOLS"] as const;
export type AuthorizationType = (typeof AUTHORIZATION_TYPES)[number];

/**
 * One method on one resource with everything that API Gateway keeps about it.
 * Source: https://docs.aws.amazon.com/apigateway/latest/api/API_Method.html
 */
export interface MethodDefinition {
  /** Full resource path, as in `/orders/{orderId}`; the root is `/`. */
  readonly resourcePath: string;
  readonly httpMethod: HttpMethod;
  /** Unique in the API; becomes `operationId` in the document. */
  readonly operationName?: string;
  readonly authorizationType: AuthorizationType;
  /** Name of the authorizer, a key of `RestApiDefinition.authorizers`; set for `CUSTOM` and `COGNITO_USER_POOLS`. */
  readonly authorizer?: string;
  readonly authorizationScopes: readonly string[];
  readonly apiKeyRequired: boolean;
  /** `method.request.{path,querystring,header}.<name>` → required? */
  readonly requestParameters: Readonly<Record<string, boolean>>;
  /** Content type → model name, a key of `RestApiDefinition.models`. */
  readonly requestModels: Readonly<Record<string, string>>;
  /** Name of the validator, a key of `RestApiDefinition.requestValidators`. */
  readonly requestValidator?: string;
  readonly integration: IntegrationDefinition;
  /** Status code → what a response with it may carry. Irrelevant to the proxy integrations. */
  readonly methodResponses: Readonly<Record<string, MethodResponseDefinition>>;
}

/** What a response of one status may carry. */
export interface MethodResponseDefinition {
  /** Content type → model name. */
  readonly responseModels: Readonly<Record<string, string>>;
  /** Names of headers that mappings may set, as in `method.response.header.Location`. */
  readonly responseParameters: readonly string[];
}
