import type { AuthorizerDefinition } from "../../definition/authorizer";
import { compareCodeUnits } from "../../definition/canonical-json";
import {
  GATEWAY_RESPONSE_STATUS,
  type GatewayResponseDefinition,
  type GatewayResponseType,
} from "../../definition/gateway-response";
import type { IntegrationDefinition } from "../../definition/integration";
import type { Json, JsonObject } from "../../definition/json";
import { objectAt } from "../../definition/json-access";
import type { MethodDefinition } from "../../definition/method";
import { mapValues } from "../../definition/openapi/members";
import { isGeneratedOperationId } from "../../definition/openapi/operation-id";
import { withoutProse } from "../../definition/openapi/prose";
import { pathParameterNames } from "../../definition/openapi/write-operation";
import { present } from "../../definition/present";
import type { ModelDefinition } from "../../definition/rest-api";

/** A method on both sides of a comparison. */
export interface MethodPair {
  readonly declared: MethodDefinition;
  readonly deployed: MethodDefinition;
}

/**
 * A method in one of the forms that mean the same to API Gateway: lists whose order means nothing are sorted, responses have
 * their status as key, and what an import or export adds by itself stands there.
 *
 * @param pair the method as it is declared and as it is deployed; it is one of them
 */
export function normalMethod(method: MethodDefinition, { declared, deployed }: MethodPair): JsonObject {
  const { resourcePath, httpMethod: _, operationName, integration, methodResponses, ...others } = method;
  const isGenerated = operationName !== undefined && isGeneratedOperationId(method, operationName);
  return present({
    ...others,
    operationName: isGenerated ? undefined : operationName,
    authorizationScopes: sorted(method.authorizationScopes),
    requestParameters: {
      ...method.requestParameters,
      ...Object.fromEntries(pathParameterNames(resourcePath).map((name) => [`method.request.path.${name}`, true])),
    },
    integration: normalIntegration(integration, declared.integration),
    methodResponses:
      isProxy(declared) || isProxy(deployed) ? withoutFiller(methodResponses) : sortedResponses(methodResponses),
  }) as JsonObject;
}

/** AWS gives the id of the resource to an integration that declares no namespace for its cache. */
function normalIntegration(
  { responses, ...integration }: IntegrationDefinition,
  declared: IntegrationDefinition,
): JsonObject {
  return present({
    ...integration,
    cacheNamespace: declared.cacheNamespace === undefined ? undefined : integration.cacheNamespace,
    cacheKeyParameters: sorted(integration.cacheKeyParameters),
    responses: Object.fromEntries(responses.map(({ statusCode, ...response }) => [statusCode, { ...response }])),
  }) as JsonObject;
}

function isProxy({ integration }: MethodDefinition): boolean {
  return integration.type.endsWith("_PROXY");
}

/** Proxies make no use of method responses; the standard wants one, and a document that is imported has it. */
function withoutFiller(responses: MethodDefinition["methodResponses"]): JsonObject {
  const { 200: first, ...others } = responses;
  const isFiller =
    Object.keys(others).length === 0 &&
    Object.keys(first?.responseModels ?? {}).length === 0 &&
    first?.responseParameters.length === 0;
  return isFiller ? {} : sortedResponses(responses);
}

function sortedResponses(responses: MethodDefinition["methodResponses"]): JsonObject {
  return mapValues(responses, ({ responseModels, responseParameters }) => ({
    responseModels,
    responseParameters: sorted(responseParameters),
  }));
}

/** An authorizer without an identity source takes the token from where AWS looks for it. */
export function normalAuthorizer(authorizer: AuthorizerDefinition): JsonObject {
  const { type, identitySource, providerArns } = authorizer;
  return present({
    ...authorizer,
    identitySource:
      type === "REQUEST"
        ? identitySource?.replaceAll(/\s*,\s*/g, ",")
        : (identitySource ?? "method.request.header.Authorization"),
    providerArns: sorted(providerArns),
  }) as JsonObject;
}

/** What AWS answers where nobody has changed the template. Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/supported-gateway-response-types.html */
const DEFAULT_TEMPLATES = { "application/json": '{"message":$context.error.messageString}' };

/** A gateway response with AWS's own status and template where none are declared. */
export function normalGatewayResponse(response: GatewayResponseDefinition, type: string): JsonObject {
  const { responseTemplates, statusCode = GATEWAY_RESPONSE_STATUS[type as GatewayResponseType] } = response;
  return present({
    ...response,
    statusCode,
    responseTemplates: Object.keys(responseTemplates).length === 0 ? DEFAULT_TEMPLATES : responseTemplates,
  }) as JsonObject;
}

/** What of a model decides which bodies are valid. */
export function normalModel({ schema }: ModelDefinition): Json {
  const { $schema: _, ...rules } = schema;
  return (
    objectAt(objectAt(withoutProse({ components: { schemas: { schema: rules } } }).components).schemas).schema ?? {}
  );
}

function sorted(texts: readonly string[]): readonly string[] {
  return [...texts].sort(compareCodeUnits);
}
