import type { IntegrationDefinition } from "../../definition/integration";
import type { MethodDefinition } from "../../definition/method";
import type { RestApiDefinition } from "../../definition/rest-api";

/** An API without routes. */
export function restApiWith(members: Partial<RestApiDefinition> = {}): RestApiDefinition {
  return {
    name: "orders",
    endpointType: "REGIONAL",
    vpcEndpointIds: [],
    disableExecuteApiEndpoint: false,
    binaryMediaTypes: [],
    apiKeySource: "HEADER",
    models: {},
    requestValidators: {},
    authorizers: {},
    gatewayResponses: {},
    methods: [],
    tags: {},
    ...members,
  };
}

/** An open `GET /orders` behind a MOCK integration. */
export function methodWith(members: Partial<MethodDefinition> = {}): MethodDefinition {
  return {
    resourcePath: "/orders",
    httpMethod: "GET",
    authorizationType: "NONE",
    authorizationScopes: [],
    apiKeyRequired: false,
    requestParameters: {},
    requestModels: {},
    integration: integrationWith(),
    methodResponses: { 200: { responseModels: {}, responseParameters: [] } },
    ...members,
  };
}

/** A MOCK integration with AWS's defaults. */
export function integrationWith(members: Partial<IntegrationDefinition> = {}): IntegrationDefinition {
  return {
    type: "MOCK",
    connectionType: "INTERNET",
    passthroughBehavior: "WHEN_NO_MATCH",
    timeoutMillis: 29_000,
    requestParameters: {},
    requestTemplates: {},
    cacheKeyParameters: [],
    insecureSkipVerification: false,
    responses: [],
    ...members,
  };
}
