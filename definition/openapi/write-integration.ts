import { canonicalJson, compareCodeUnits } from "../canonical-json";
import { ConfigurationError } from "../configuration-error";
import {
  DEFAULT_INTEGRATION_TIMEOUT_MILLIS,
  type IntegrationDefinition,
  type IntegrationResponseDefinition,
} from "../integration";
import type { JsonObject } from "../json";
import { compact } from "./members";

/** Key of the response that has no selection pattern. */
export const DEFAULT_RESPONSE = "default";

/**
 * The `x-amazon-apigateway-integration` of one operation.
 * Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-swagger-extensions-integration.html
 *
 * @param route how messages name the operation, as in `GET /orders`
 * @throws ConfigurationError `SELECTION_PATTERN_DUPLICATE`, `INTEGRATION_STATUS_DUPLICATE`, `SELECTION_PATTERN_RESERVED`
 */
export function writeIntegration(integration: IntegrationDefinition, route: string): JsonObject {
  return compact({
    type: integration.type.toLowerCase(),
    httpMethod: integration.httpMethod,
    uri: integration.uri,
    credentials: integration.credentials,
    connectionType: integration.connectionType === "INTERNET" ? undefined : integration.connectionType,
    connectionId: integration.connectionId,
    passthroughBehavior:
      integration.passthroughBehavior === "WHEN_NO_MATCH" ? undefined : integration.passthroughBehavior.toLowerCase(),
    contentHandling: integration.contentHandling,
    timeoutInMillis:
      integration.timeoutMillis === DEFAULT_INTEGRATION_TIMEOUT_MILLIS ? undefined : integration.timeoutMillis,
    requestParameters: integration.requestParameters,
    requestTemplates: integration.requestTemplates,
    cacheNamespace: integration.cacheNamespace,
    cacheKeyParameters: integration.cacheKeyParameters,
    tlsConfig: integration.insecureSkipVerification ? { insecureSkipVerification: true } : undefined,
    responseTransferMode: integration.streamsResponse ? "STREAM" : undefined,
    responses: writeResponses(integration.responses, route),
  });
}

function writeResponses(responses: readonly IntegrationResponseDefinition[], route: string): JsonObject {
  const entries = responses.map((response) => [patternKey(response, route), writeResponse(response)] as const);
  refuseRepeated(
    entries.map(([pattern]) => pattern),
    (pattern) =>
      new ConfigurationError(
        "SELECTION_PATTERN_DUPLICATE",
        route,
        `two integration responses have the selection pattern ${canonicalJson(pattern)}`,
        "give each integration response its own selectionPattern; one may have none",
      ),
  );
  refuseRepeated(
    responses.map(({ statusCode }) => statusCode),
    (status) =>
      new ConfigurationError(
        "INTEGRATION_STATUS_DUPLICATE",
        route,
        `two integration responses have the status code ${status}, and AWS keeps one for each`,
        "join their selection patterns with |, or give them different status codes",
      ),
  );
  return Object.fromEntries(entries);
}

function patternKey({ selectionPattern }: IntegrationResponseDefinition, route: string): string {
  if (selectionPattern === undefined || selectionPattern === "") return DEFAULT_RESPONSE;
  if (selectionPattern !== DEFAULT_RESPONSE) return selectionPattern;
  throw new ConfigurationError(
    "SELECTION_PATTERN_RESERVED",
    route,
    'the selection pattern "default" marks the response without a pattern in an imported document',
    'write it as "(default)" to match that text',
  );
}

function writeResponse(response: IntegrationResponseDefinition): JsonObject {
  return compact({
    statusCode: response.statusCode,
    responseParameters: response.responseParameters,
    responseTemplates: response.responseTemplates,
    contentHandling: response.contentHandling,
  });
}

function refuseRepeated(values: readonly string[], refusal: (value: string) => ConfigurationError): void {
  const sorted = [...values].sort(compareCodeUnits);
  const repeated = sorted.find((value, index) => value === sorted[index + 1]);
  if (repeated !== undefined) throw refusal(repeated);
}
