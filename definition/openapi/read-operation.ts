import { compareCodeUnits } from "../canonical-json";
import { ConfigurationError } from "../configuration-error";
import type { Json, JsonObject } from "../json";
import { booleanAt, isObject, listAt, objectAt, textAt } from "../json-access";
import type { HttpMethod, MethodDefinition, MethodResponseDefinition } from "../method";
import { present } from "../present";
import type { ModelDefinition } from "../rest-api";
import { EXTENSION, MODEL_CONTENT_TYPE, MODEL_REFERENCE_PREFIX } from "./extensions";
import { mapValues } from "./members";
import { isGeneratedOperationId } from "./operation-id";
import { readIntegration } from "./read-integration";
import { readSecurity } from "./read-security";
import { resolveReference } from "./reference";

/** Where an operation stands in its document. */
export interface OperationPlace {
  readonly document: JsonObject;
  readonly pathItem: JsonObject;
  readonly resourcePath: string;
  readonly httpMethod: HttpMethod;
}

/** A method, and the models that its operation spells out instead of naming them. */
export interface ReadOperation {
  readonly method: MethodDefinition;
  readonly inlineModels: Readonly<Record<string, ModelDefinition>>;
}

/**
 * Reads one operation.
 *
 * @throws ConfigurationError `ROUTE_WITHOUT_INTEGRATION`, `VALUE_NOT_ALLOWED`
 */
export function readOperation(operation: JsonObject, place: OperationPlace): ReadOperation {
  const { document, resourcePath, httpMethod } = place;
  const route = `${httpMethod} ${resourcePath}`;
  const models = new ModelNames(`${httpMethod.toLowerCase()}${resourcePath.replace(/[^A-Za-z0-9]+/g, "")}`);
  const integration = operation[EXTENSION.integration];
  if (!isObject(integration)) throw withoutIntegration(route);
  const operationId = textAt(operation.operationId);
  const readIntegrationOfRoute = readIntegration(integration, route);
  const method = present({
    resourcePath,
    httpMethod,
    operationName: isNamed(operationId, place) ? operationId : undefined,
    ...readSecurity(operation, objectAt(objectAt(document.components).securitySchemes)),
    requestParameters: readParameters(operation, place),
    requestModels: readContent(resolveReference(operation.requestBody, document).content, models),
    requestValidator: textAt(operation[EXTENSION.requestValidator] ?? document[EXTENSION.requestValidator]),
    integration: readIntegrationOfRoute,
    methodResponses: withoutFiller(
      mapValues(objectAt(operation.responses), (response) =>
        readResponse(resolveReference(response, document), models),
      ),
      readIntegrationOfRoute.type.endsWith("_PROXY"),
    ),
  });
  return { method, inlineModels: models.inline };
}

/** Collects schemas without a name under names of their own, as AWS does. */
class ModelNames {
  readonly inline: Record<string, ModelDefinition> = {};

  constructor(private readonly prefix: string) {}

  nameOf(schema: Json): string {
    const reference = textAt(objectAt(schema).$ref);
    if (reference?.startsWith(MODEL_REFERENCE_PREFIX)) return reference.slice(MODEL_REFERENCE_PREFIX.length);
    const name = `${this.prefix}Model${Object.keys(this.inline).length + 1}`;
    this.inline[name] = { contentType: MODEL_CONTENT_TYPE, schema: objectAt(schema) };
    return name;
  }
}

function readParameters(operation: JsonObject, { document, pathItem }: OperationPlace): Record<string, boolean> {
  const parameters = [...listAt(pathItem.parameters), ...listAt(operation.parameters)]
    .map((parameter) => resolveReference(parameter, document))
    .flatMap((parameter) => {
      const place = PARAMETER_PLACES[textAt(parameter.in) ?? ""];
      const name = textAt(parameter.name);
      if (place === undefined || name === undefined) return [];
      return [[`method.request.${place}.${name}`, booleanAt(parameter.required) ?? place === "path"] as const];
    });
  return Object.fromEntries(parameters);
}

/** Cookies and bodies are no request parameters of API Gateway. */
const PARAMETER_PLACES: Readonly<Record<string, string>> = { path: "path", query: "querystring", header: "header" };

function readContent(content: Json | undefined, models: ModelNames): Record<string, string> {
  const withSchema = Object.entries(objectAt(content)).flatMap(([contentType, media]) => {
    const schema = objectAt(media).schema;
    return schema === undefined ? [] : [[contentType, models.nameOf(schema)] as const];
  });
  return Object.fromEntries(withSchema);
}

function readResponse(response: JsonObject, models: ModelNames): MethodResponseDefinition {
  return {
    responseModels: readContent(response.content, models),
    responseParameters: Object.keys(objectAt(response.headers))
      .sort(compareCodeUnits)
      .map((name) => `method.response.header.${name}`),
  };
}

/** Takes out the bare 200 that the standard demands of an operation whose integration makes no use of method responses. */
function withoutFiller(
  responses: Record<string, MethodResponseDefinition>,
  isProxy: boolean,
): Record<string, MethodResponseDefinition> {
  const [first, ...others] = Object.entries(responses);
  if (!isProxy || first === undefined || others.length > 0) return responses;
  const [status, { responseModels, responseParameters }] = first;
  const isBare = Object.keys(responseModels).length === 0 && responseParameters.length === 0;
  return status === "200" && isBare ? {} : responses;
}

function isNamed(operationId: string | undefined, place: OperationPlace): boolean {
  return operationId !== undefined && !isGeneratedOperationId(place, operationId);
}

function withoutIntegration(route: string): ConfigurationError {
  return new ConfigurationError(
    "ROUTE_WITHOUT_INTEGRATION",
    route,
    `the operation has no ${EXTENSION.integration}, and AWS does not deploy a method without one`,
    `add ${EXTENSION.integration} to the operation`,
  );
}
