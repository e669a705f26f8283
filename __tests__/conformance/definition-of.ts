import { AUTHORIZER_TYPES, type AuthorizerDefinition } from "../../definition/authorizer";
import { choose, chooseOptional } from "../../definition/choice";
import { GATEWAY_RESPONSE_TYPES } from "../../definition/gateway-response";
import {
  CONTENT_HANDLINGS,
  DEFAULT_INTEGRATION_TIMEOUT_MILLIS,
  INTEGRATION_TYPES,
  type IntegrationDefinition,
  PASSTHROUGH_BEHAVIORS,
} from "../../definition/integration";
import type { JsonObject } from "../../definition/json";
import { AUTHORIZATION_TYPES, HTTP_METHODS, type MethodDefinition } from "../../definition/method";
import { fromModelUrl, mapReferences } from "../../definition/model-reference";
import { present } from "../../definition/present";
import { ENDPOINT_TYPES, type RestApiDefinition } from "../../definition/rest-api";
import { LOCAL_ACCOUNT_ID } from "../../definition/terraform/computed-attributes";
import type { CaseApi, CaseAuthorizer, CaseIntegration, CaseMethod, CaseUri } from "./conformance-case";

/** Region of everything that a case declares. */
export const REGION = "us-east-1";

/** The API of a case as a definition. What the case does not say has AWS's default. */
export function definitionOf(api: CaseApi, name: string, policy?: JsonObject): RestApiDefinition {
  return present({
    name,
    endpointType: chooseOptional(ENDPOINT_TYPES, api.endpointType, name) ?? "EDGE",
    vpcEndpointIds: [],
    disableExecuteApiEndpoint: false,
    binaryMediaTypes: api.binaryMediaTypes ?? [],
    minimumCompressionSizeBytes: api.minimumCompressionSize,
    apiKeySource: api.apiKeySource ?? "HEADER",
    policy,
    models: mapped(api.models, ({ contentType = "application/json", schema }) => ({
      contentType,
      schema: mapReferences(schema, fromModelUrl),
    })),
    requestValidators: mapped(api.requestValidators, (validator) => ({
      validateRequestBody: validator.validateRequestBody ?? false,
      validateRequestParameters: validator.validateRequestParameters ?? false,
    })),
    authorizers: mapped(api.authorizers, authorizerOf),
    gatewayResponses: Object.fromEntries(
      Object.entries(api.gatewayResponses ?? {}).map(([type, response]) => [
        choose(GATEWAY_RESPONSE_TYPES, type, name),
        { responseParameters: {}, responseTemplates: {}, ...response },
      ]),
    ),
    methods: Object.entries(api.resources ?? {}).flatMap(([path, methods]) =>
      Object.entries(methods).map(([verb, method]) => methodOf(path, verb, method)),
    ),
    tags: {},
  });
}

function methodOf(resourcePath: string, verb: string, method: CaseMethod): MethodDefinition {
  const place = `${verb} ${resourcePath}`;
  return present({
    resourcePath,
    httpMethod: choose(HTTP_METHODS, verb, place),
    authorizationType: choose(AUTHORIZATION_TYPES, method.authorizationType ?? "NONE", place),
    authorizer: method.authorizer,
    authorizationScopes: method.authorizationScopes ?? [],
    apiKeyRequired: method.apiKeyRequired ?? false,
    requestParameters: method.requestParameters ?? {},
    requestModels: method.requestModels ?? {},
    requestValidator: method.requestValidator,
    integration: integrationOf(method.integration ?? {}, place),
    methodResponses: Object.fromEntries(
      (method.methodResponses ?? []).map(({ statusCode, responseParameters = {}, responseModels = {} }) => [
        statusCode,
        { responseModels, responseParameters: Object.keys(responseParameters) },
      ]),
    ),
  });
}

function integrationOf(integration: CaseIntegration, place: string): IntegrationDefinition {
  return present({
    type: choose(INTEGRATION_TYPES, integration.type ?? "MOCK", place),
    httpMethod: integration.integrationHttpMethod,
    uri: typeof integration.uri === "object" ? uriOf(integration.uri) : integration.uri,
    credentials: integration.credentials,
    connectionType: "INTERNET" as const,
    passthroughBehavior: choose(PASSTHROUGH_BEHAVIORS, integration.passthroughBehavior ?? "WHEN_NO_MATCH", place),
    contentHandling: chooseOptional(CONTENT_HANDLINGS, integration.contentHandling, place),
    timeoutMillis: integration.timeoutInMillis ?? DEFAULT_INTEGRATION_TIMEOUT_MILLIS,
    requestParameters: integration.requestParameters ?? {},
    requestTemplates: integration.requestTemplates ?? {},
    cacheKeyParameters: integration.cacheKeyParameters ?? [],
    insecureSkipVerification: false,
    responses: (integration.integrationResponses ?? []).map((response) =>
      present({
        statusCode: response.statusCode,
        selectionPattern: response.selectionPattern,
        responseParameters: response.responseParameters ?? {},
        responseTemplates: response.responseTemplates ?? {},
        contentHandling: chooseOptional(CONTENT_HANDLINGS, response.contentHandling, place),
      }),
    ),
  });
}

function authorizerOf({ type, function: name, ttl, providers = [], ...rest }: CaseAuthorizer): AuthorizerDefinition {
  return present({
    type: choose(AUTHORIZER_TYPES, type, "authorizer"),
    uri: name === undefined ? undefined : functionUri(name),
    identitySource: rest.identitySource,
    identityValidationExpression: rest.identityValidationExpression,
    resultTtlSeconds: ttl ?? 300,
    providerArns: providers.map((pool) => `arn:aws:cognito-idp:${REGION}:${LOCAL_ACCOUNT_ID}:userpool/${poolId(pool)}`),
  });
}

/** Id of a user pool that a case names. */
export function poolId(pool: string): string {
  return `${REGION}_${pool}`;
}

function uriOf(uri: CaseUri): string {
  if (uri.kind === "lambda") return functionUri(uri.functionExpr ?? uri.function ?? "");
  if (uri.kind === "http") return uri.expr ?? `${backendOrigin(uri.backend ?? "")}${uri.path ?? ""}`;
  return `arn:aws:apigateway:${REGION}:${uri.service}:${uri.kind === "aws-path" ? "path" : "action"}/${uri.target}`;
}

function functionUri(name: string): string {
  const arn = `arn:aws:lambda:${REGION}:${LOCAL_ACCOUNT_ID}:function:${name}`;
  return `arn:aws:apigateway:${REGION}:lambda:path/2015-03-31/functions/${arn}/invocations`;
}

/** Where an HTTP backend that a case names is found. */
export function backendOrigin(backend: string): string {
  return `http://${backend}.backend.example.com`;
}

function mapped<From, To>(
  record: Readonly<Record<string, From>> = {},
  transform: (value: From) => To,
): Record<string, To> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, transform(value)]));
}
