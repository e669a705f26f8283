import { compareCodeUnits } from "../canonical-json";
import { choose, chooseOptional } from "../choice";
import {
  CONTENT_HANDLINGS,
  DEFAULT_INTEGRATION_TIMEOUT_MILLIS,
  INTEGRATION_TYPES,
  type IntegrationDefinition,
  type IntegrationResponseDefinition,
  PASSTHROUGH_BEHAVIORS,
} from "../integration";
import type { Json, JsonObject } from "../json";
import { booleanAt, numberAt, objectAt, textAt, textRecordAt, textsAt } from "../json-access";
import { present } from "../present";
import { DEFAULT_RESPONSE } from "./write-integration";

/**
 * Reads an `x-amazon-apigateway-integration`.
 *
 * @param route how messages name the operation, as in `GET /orders`
 * @throws ConfigurationError `VALUE_NOT_ALLOWED`
 */
export function readIntegration(integration: JsonObject, route: string): IntegrationDefinition {
  const place = `${route} integration`;
  return present({
    type: choose(INTEGRATION_TYPES, integration.type, `${place}.type`),
    httpMethod: textAt(integration.httpMethod),
    uri: textAt(integration.uri),
    credentials: textAt(integration.credentials),
    connectionType: choose(
      ["INTERNET", "VPC_LINK"],
      integration.connectionType ?? "INTERNET",
      `${place}.connectionType`,
    ),
    connectionId: textAt(integration.connectionId),
    passthroughBehavior: choose(
      PASSTHROUGH_BEHAVIORS,
      integration.passthroughBehavior ?? "WHEN_NO_MATCH",
      `${place}.passthroughBehavior`,
    ),
    contentHandling: chooseOptional(CONTENT_HANDLINGS, integration.contentHandling, `${place}.contentHandling`),
    timeoutMillis: numberAt(integration.timeoutInMillis) ?? DEFAULT_INTEGRATION_TIMEOUT_MILLIS,
    requestParameters: textRecordAt(integration.requestParameters),
    requestTemplates: textRecordAt(integration.requestTemplates),
    cacheNamespace: textAt(integration.cacheNamespace),
    cacheKeyParameters: textsAt(integration.cacheKeyParameters),
    insecureSkipVerification: booleanAt(objectAt(integration.tlsConfig).insecureSkipVerification) ?? false,
    streamsResponse: integration.responseTransferMode === "STREAM" ? true : undefined,
    responses: Object.entries(objectAt(integration.responses))
      .map(([pattern, response]) => readResponse(pattern, response, place))
      .sort((left, right) => compareCodeUnits(left.statusCode, right.statusCode)),
  });
}

function readResponse(pattern: string, value: Json, place: string): IntegrationResponseDefinition {
  const response = objectAt(value);
  return present({
    statusCode: textAt(response.statusCode) ?? "200",
    selectionPattern: pattern === DEFAULT_RESPONSE || pattern === "" ? undefined : pattern,
    responseParameters: textRecordAt(response.responseParameters),
    responseTemplates: textRecordAt(response.responseTemplates),
    contentHandling: chooseOptional(
      CONTENT_HANDLINGS,
      response.contentHandling,
      `${place}.responses.${pattern}.contentHandling`,
    ),
  });
}
