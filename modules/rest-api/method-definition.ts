import { compareCodeUnits } from "../../definition/canonical-json";
import {
  DEFAULT_INTEGRATION_TIMEOUT_MILLIS,
  type IntegrationDefinition,
  type IntegrationResponseDefinition,
} from "../../definition/integration";
import type { MethodDefinition, MethodResponseDefinition } from "../../definition/method";
import { mapValues } from "../../definition/openapi/members";
import { checkBackend } from "../checks/backend-checks";
import { checkIntegration } from "../checks/integration-checks";
import { acceptedResponses, checkStatus } from "../checks/response-checks";
import { environmentOf } from "../environment";
import { roleArnOf } from "../iam/role-target";
import type { IntegrationConfig, IntegrationOptions, IntegrationResponse } from "../integrations/integration";
import { isKnownInPlan } from "../terraform-text";
import { connectionOf } from "../vpc-link/connection";
import type { Method } from "./method";
import type { Resource } from "./resource";

/** One method as data, without CORS. */
export function describeMethod(method: Method): MethodDefinition {
  const { options, resource, requestValidator } = method;
  const integration = describeIntegration(method);
  for (const { statusCode } of method.methodResponses) {
    checkStatus(method, { place: `a method response of "${method.route}"`, statusCode });
  }
  return {
    resourcePath: resource.path,
    httpMethod: method.httpMethod,
    ...(options.operationName === undefined ? {} : { operationName: options.operationName }),
    authorizationType: method.authorizationType,
    ...(options.authorizer === undefined ? {} : { authorizer: options.authorizer.authorizerName }),
    authorizationScopes: [...(options.authorizationScopes ?? [])],
    apiKeyRequired: options.apiKeyRequired ?? false,
    requestParameters: declaredParameters(method, integration.cacheKeyParameters),
    requestModels: mapValues(method.requestModels, ({ modelName }) => modelName),
    ...(requestValidator === undefined ? {} : { requestValidator: requestValidator.requestValidatorName }),
    integration,
    methodResponses: describeResponses(method, integration.responses),
  };
}

function describeIntegration(method: Method): IntegrationDefinition {
  const { type, integrationHttpMethod, uri, options = {} } = method.integration;
  const templates = Object.values(options.requestTemplates ?? {});
  const responseTemplates = (options.integrationResponses ?? []).flatMap((it) =>
    Object.values(it.responseTemplates ?? {}),
  );
  checkIntegration(method, {
    type,
    mapsAnswers: (options.integrationResponses ?? []).length > 0,
    templates: [...templates, ...responseTemplates],
    ...(options.timeout === undefined ? {} : { timeout: options.timeout }),
    ...(options.connectionType === undefined ? {} : { connectionType: options.connectionType }),
    hasVpcLink: options.vpcLink !== undefined,
  });
  const { connectionId } = describeConnection(options);
  const isLinkKnown = connectionId === undefined || isKnownInPlan(method, connectionId);
  checkBackend(method, { ...method.integration, authorizationType: method.authorizationType, isLinkKnown });
  return {
    type,
    ...(integrationHttpMethod === undefined ? {} : { httpMethod: integrationHttpMethod }),
    ...(uri === undefined ? {} : { uri }),
    ...describeCredentials(method, options),
    ...describeConnection(options),
    passthroughBehavior: options.passthroughBehavior ?? "WHEN_NO_MATCH",
    ...(options.contentHandling === undefined ? {} : { contentHandling: options.contentHandling }),
    timeoutMillis: options.timeout?.toMilliseconds() ?? DEFAULT_INTEGRATION_TIMEOUT_MILLIS,
    requestParameters: { ...options.requestParameters },
    requestTemplates: { ...options.requestTemplates },
    ...(options.cacheNamespace === undefined ? {} : { cacheNamespace: options.cacheNamespace }),
    cacheKeyParameters: cacheKeys(method),
    insecureSkipVerification: options.insecureSkipVerification ?? false,
    responses: acceptedResponses(method, method.route, integrationResponses(method.integration)).map(
      describeIntegrationResponse,
    ),
  };
}

/** Source: https://docs.aws.amazon.com/apigateway/latest/api/API_Integration.html#apigw-Type-Integration-credentials */
function describeCredentials(
  method: Method,
  { credentialsRole, credentialsPassthrough = false }: IntegrationOptions,
): Pick<IntegrationDefinition, "credentials"> {
  if (credentialsPassthrough) return { credentials: `arn:${environmentOf(method).partition}:iam::*:user/*` };
  return credentialsRole === undefined ? {} : { credentials: roleArnOf(method, credentialsRole) };
}

function describeConnection({
  vpcLink,
}: IntegrationOptions): Pick<IntegrationDefinition, "connectionType" | "connectionId"> {
  if (vpcLink === undefined) return { connectionType: "INTERNET" };
  return { connectionType: "VPC_LINK", connectionId: connectionOf(vpcLink).connectionId };
}

function integrationResponses({ type, options = {} }: IntegrationConfig): readonly IntegrationResponse[] {
  const isProxy = type === "AWS_PROXY" || type === "HTTP_PROXY";
  return options.integrationResponses ?? (isProxy ? [] : [{ statusCode: "200" }]);
}

function describeIntegrationResponse(response: IntegrationResponse): IntegrationResponseDefinition {
  return {
    statusCode: response.statusCode,
    ...(response.selectionPattern === undefined ? {} : { selectionPattern: response.selectionPattern }),
    responseParameters: { ...response.responseParameters },
    responseTemplates: { ...response.responseTemplates },
    ...(response.contentHandling === undefined ? {} : { contentHandling: response.contentHandling }),
  };
}

/** Without the variables of the path among its keys, a cache would give one customer the order of another. */
function cacheKeys({ options, resource, integration }: Method): readonly string[] {
  const own = integration.options?.cacheKeyParameters ?? [];
  if (options.cache === undefined) return sortedUnique(own);
  const variables = resource.pathParameters.map((name) => `method.request.path.${name}`);
  const keys = options.cache.keys ?? Object.keys(options.requestParameters ?? {}).filter(isQuery);
  return sortedUnique([...variables, ...keys, ...own, ...originKey(resource)]);
}

/** Answers to pages of exact origins differ by origin: without it in the key, one page would get the header of another. */
function originKey({ cors }: Resource): readonly string[] {
  return cors === undefined || cors.allowOrigins.includes("*") ? [] : ["method.request.header.Origin"];
}

/** AWS wants the variables of the path declared, and whatever a cache key or a mapping names. */
function declaredParameters(method: Method, cacheKeyParameters: readonly string[]): Readonly<Record<string, boolean>> {
  const { options, resource, integration } = method;
  const mapped = Object.values(integration.options?.requestParameters ?? {});
  const named = [...cacheKeyParameters, ...mapped].filter((expression) => PARAMETER.test(expression));
  const parameters: Record<string, boolean> = {
    ...Object.fromEntries(named.map((name) => [name, false])),
    ...options.requestParameters,
    ...Object.fromEntries(resource.pathParameters.map((name) => [`method.request.path.${name}`, true])),
  };
  return Object.fromEntries(Object.entries(parameters).sort(([left], [right]) => compareCodeUnits(left, right)));
}

const PARAMETER = /^method\.request\.(?:path|querystring|header)\.[A-Za-z0-9._$-]+$/;

function describeResponses(
  method: Method,
  responses: readonly IntegrationResponseDefinition[],
): Readonly<Record<string, MethodResponseDefinition>> {
  const declared = method.methodResponses.map(
    ({ statusCode, responseParameters = {}, responseModels = {} }) =>
      [statusCode, Object.keys(responseParameters), mapValues(responseModels, ({ modelName }) => modelName)] as const,
  );
  const implied = responses.map(({ statusCode, responseParameters }) => {
    return [statusCode, Object.keys(responseParameters), {}] as const;
  });
  const merged: Record<string, MethodResponseDefinition> = {};
  for (const [status, parameters, models] of [...declared, ...implied]) {
    const known = merged[status];
    merged[status] = {
      responseModels: { ...known?.responseModels, ...models },
      responseParameters: sortedUnique([...(known?.responseParameters ?? []), ...parameters]),
    };
  }
  return merged;
}

function isQuery(name: string): boolean {
  return name.startsWith("method.request.querystring.");
}

function sortedUnique(names: readonly string[]): readonly string[] {
  return [...new Set(names)].sort(compareCodeUnits);
}
