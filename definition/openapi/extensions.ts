/**
 * Names of API Gateway's extensions to OpenAPI, as far as a REST API uses them.
 * Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-swagger-extensions.html
 */
export const EXTENSION = {
  auth: "x-amazon-apigateway-auth",
  anyMethod: "x-amazon-apigateway-any-method",
  apiKeySource: "x-amazon-apigateway-api-key-source",
  authorizer: "x-amazon-apigateway-authorizer",
  authType: "x-amazon-apigateway-authtype",
  binaryMediaTypes: "x-amazon-apigateway-binary-media-types",
  documentation: "x-amazon-apigateway-documentation",
  endpointConfiguration: "x-amazon-apigateway-endpoint-configuration",
  gatewayResponses: "x-amazon-apigateway-gateway-responses",
  integration: "x-amazon-apigateway-integration",
  minimumCompressionSize: "x-amazon-apigateway-minimum-compression-size",
  policy: "x-amazon-apigateway-policy",
  requestValidator: "x-amazon-apigateway-request-validator",
  requestValidators: "x-amazon-apigateway-request-validators",
} as const;

/** AWS's default for the result cache of an authorizer. */
export const DEFAULT_AUTHORIZER_RESULT_TTL_SECONDS = 300;

/** Where the document keeps models. */
export const MODEL_REFERENCE_PREFIX = "#/components/schemas/";

/** Content type of every imported model: an OpenAPI document has no place for another. */
export const MODEL_CONTENT_TYPE = "application/json";
