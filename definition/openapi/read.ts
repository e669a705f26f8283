import { compareCodeUnits } from "../canonical-json";
import { choose } from "../choice";
import { ConfigurationError } from "../configuration-error";
import { GATEWAY_RESPONSE_TYPES, type GatewayResponseDefinition, type GatewayResponseType } from "../gateway-response";
import type { Json, JsonObject } from "../json";
import { booleanAt, isObject, listAt, numberAt, objectAt, textAt, textRecordAt, textsAt } from "../json-access";
import type { MethodDefinition } from "../method";
import { present } from "../present";
import type { ModelDefinition, RequestValidatorDefinition, RestApiDefinition } from "../rest-api";
import { EXTENSION, MODEL_CONTENT_TYPE } from "./extensions";
import { fromSwagger, isSwagger } from "./from-swagger";
import { mapValues } from "./members";
import { operationsOf } from "./operations";
import { type ReadOperation, readOperation } from "./read-operation";
import { readAuthorizers } from "./read-security";

/** What an API has besides its document. */
export type OutsideOfDocument = Pick<RestApiDefinition, "endpointType" | "tags">;

/**
 * The API that API Gateway makes of an OpenAPI 3.0 or Swagger 2.0 document: the inverse of `toOpenApi`.
 *
 * A definition comes back as it was if it is in normal form: methods by path and verb; integration responses by status;
 * response parameters sorted; every path variable among the request parameters, as required; no operation name where it is
 * the generated one; an identity source on TOKEN and COGNITO_USER_POOLS authorizers; models of content type
 * `application/json` with their description beside the schema; methods without proxy have method responses.
 *
 * @throws ConfigurationError `OPENAPI_VERSION_UNSUPPORTED`, `REQUEST_VALIDATOR_UNKNOWN`, `ROUTE_WITHOUT_INTEGRATION`,
 * `VALUE_NOT_ALLOWED`
 */
export function fromOpenApi(imported: JsonObject, outside: OutsideOfDocument): RestApiDefinition {
  const document = normalDocument(imported);
  const info = objectAt(document.info);
  const components = objectAt(document.components);
  const endpoint = readEndpoint(document);
  const operations = readOperations(document);
  const requestValidators = mapValues(objectAt(document[EXTENSION.requestValidators]), readValidator);
  for (const { method } of operations) refuseUnknownValidator(method, requestValidators);
  return present({
    name: textAt(info.title) ?? "",
    description: textAt(info.description),
    ...outside,
    vpcEndpointIds: textsAt(endpoint.vpcEndpointIds),
    disableExecuteApiEndpoint: booleanAt(endpoint.disableExecuteApiEndpoint) ?? false,
    binaryMediaTypes: textsAt(document[EXTENSION.binaryMediaTypes]),
    minimumCompressionSizeBytes: numberAt(document[EXTENSION.minimumCompressionSize]),
    apiKeySource: choose(
      ["HEADER", "AUTHORIZER"],
      document[EXTENSION.apiKeySource] ?? "HEADER",
      EXTENSION.apiKeySource,
    ),
    policy: isObject(document[EXTENSION.policy]) ? objectAt(document[EXTENSION.policy]) : undefined,
    models: Object.assign(
      mapValues(objectAt(components.schemas), readModel),
      ...operations.map(({ inlineModels }) => inlineModels),
    ),
    requestValidators,
    authorizers: readAuthorizers(objectAt(components.securitySchemes)),
    gatewayResponses: readGatewayResponses(objectAt(document[EXTENSION.gatewayResponses])),
    methods: operations.map(({ method }) => method).sort(byRoute),
  });
}

/** Order of the methods of a definition: by path, then by verb. */
export function byRoute(left: MethodDefinition, right: MethodDefinition): number {
  return compareCodeUnits(left.resourcePath, right.resourcePath) || compareCodeUnits(left.httpMethod, right.httpMethod);
}

function readOperations(document: JsonObject): readonly ReadOperation[] {
  return operationsOf(document).map(({ operation, ...place }) => readOperation(operation, { document, ...place }));
}

function readEndpoint(document: JsonObject): JsonObject {
  const servers = listAt(document.servers).map(objectAt);
  return objectAt(
    servers.find((server) => isObject(server[EXTENSION.endpointConfiguration]))?.[EXTENSION.endpointConfiguration],
  );
}

function readModel(value: Json): ModelDefinition {
  const { description, ...schema } = objectAt(value);
  const prose = textAt(description);
  return prose === undefined
    ? { contentType: MODEL_CONTENT_TYPE, schema: objectAt(value) }
    : { contentType: MODEL_CONTENT_TYPE, description: prose, schema };
}

function readValidator(value: Json): RequestValidatorDefinition {
  const { validateRequestBody, validateRequestParameters } = objectAt(value);
  return {
    validateRequestBody: booleanAt(validateRequestBody) ?? false,
    validateRequestParameters: booleanAt(validateRequestParameters) ?? false,
  };
}

function refuseUnknownValidator(
  { httpMethod, resourcePath, requestValidator }: MethodDefinition,
  known: RestApiDefinition["requestValidators"],
): void {
  if (requestValidator === undefined || Object.hasOwn(known, requestValidator)) return;
  throw new ConfigurationError(
    "REQUEST_VALIDATOR_UNKNOWN",
    `${httpMethod} ${resourcePath}`,
    `the request validator "${requestValidator}" is not one of the document's validators`,
    `add it to ${EXTENSION.requestValidators}, or name one that is there`,
  );
}

function readGatewayResponses(responses: JsonObject): Partial<Record<GatewayResponseType, GatewayResponseDefinition>> {
  return Object.fromEntries(
    Object.entries(responses).map(([type, value]) => [
      choose(GATEWAY_RESPONSE_TYPES, type, `${EXTENSION.gatewayResponses}.${type}`),
      readGatewayResponse(objectAt(value)),
    ]),
  );
}

function readGatewayResponse({
  statusCode,
  responseParameters,
  responseTemplates,
}: JsonObject): GatewayResponseDefinition {
  return present({
    statusCode: textAt(statusCode),
    responseParameters: textRecordAt(responseParameters),
    responseTemplates: textRecordAt(responseTemplates),
  });
}

/**
 * The document in the form of OpenAPI 3.0.
 *
 * @throws ConfigurationError `OPENAPI_VERSION_UNSUPPORTED`
 */
export function normalDocument(document: JsonObject): JsonObject {
  if (textAt(document.openapi)?.startsWith("3.0")) return document;
  if (isSwagger(document) && textAt(document.swagger)?.startsWith("2")) return fromSwagger(document);
  const version = document.openapi ?? document.swagger;
  throw new ConfigurationError(
    "OPENAPI_VERSION_UNSUPPORTED",
    textAt(objectAt(document.info).title) ?? "OpenAPI document",
    `API Gateway imports OpenAPI 3.0 and Swagger 2.0, got ${version === undefined ? "no version" : JSON.stringify(version)}`,
    'convert the document to OpenAPI 3.0 and say "openapi": "3.0.1"',
  );
}
