import { canonicalJson } from "../canonical-json";
import { ConfigurationError } from "../configuration-error";
import type { Json, JsonObject } from "../json";
import { listAt, objectAt } from "../json-access";
import { EXTENSION } from "./extensions";
import { withReferences } from "./from-swagger";
import { compact, mapValues } from "./members";
import { VERBS } from "./verbs";

/**
 * A document of `toOpenApi` as Swagger 2.0: to be merged into a document of that version.
 *
 * @throws ConfigurationError `SWAGGER_TOO_NARROW` for what the older version cannot tell apart
 */
export function toSwagger(document: JsonObject): JsonObject {
  const { openapi, servers, paths, components, ...rest } = objectAt(
    withReferences(document, { "#/components/schemas/": "#/definitions/" }),
  );
  const { schemas, securitySchemes } = objectAt(components);
  const [server] = listAt(servers);
  return compact({
    ...rest,
    swagger: "2.0",
    [EXTENSION.endpointConfiguration]: objectAt(server)[EXTENSION.endpointConfiguration],
    paths: mapValues(objectAt(paths), (item, path) =>
      mapValues(objectAt(item), (operation, verb) =>
        convertOperation(objectAt(operation), `${VERBS.get(verb) ?? verb} ${path}`),
      ),
    ),
    definitions: schemas,
    securityDefinitions: securitySchemes,
  });
}

function convertOperation(operation: JsonObject, route: string): JsonObject {
  const { parameters, requestBody, responses, ...rest } = operation;
  const request = objectAt(objectAt(requestBody).content);
  const answers = Object.values(objectAt(responses)).map((response) => objectAt(objectAt(response).content));
  const produced = answers.filter((content) => Object.keys(content).length > 0).map(Object.keys);
  refuseUnlike(
    [request, ...answers].flatMap((content) => [Object.values(content)]),
    route,
  );
  refuseUnlike([produced], route);
  return compact({
    ...rest,
    consumes: Object.keys(request),
    produces: produced[0],
    parameters: [...listAt(parameters).map(convertParameter), ...bodyParameter(request)],
    responses: mapValues(objectAt(responses), (response) => convertResponse(objectAt(response))),
  });
}

/** A body has one schema, and all answers of a route have the same content types. */
function refuseUnlike(groups: readonly (readonly Json[])[], route: string): void {
  const isUnlike = (group: readonly Json[]) => new Set(group.map(canonicalJson)).size > 1;
  if (!groups.some(isUnlike)) return;
  throw new ConfigurationError(
    "SWAGGER_TOO_NARROW",
    route,
    "the route has different models for several content types, which Swagger 2.0 has no form for",
    "convert the imported document to OpenAPI 3.0, or give the route models of one content type",
  );
}

function convertParameter(parameter: Json): JsonObject {
  const { schema, ...rest } = objectAt(parameter);
  return { ...rest, ...objectAt(schema) };
}

function bodyParameter(content: JsonObject): readonly JsonObject[] {
  const [media] = Object.values(content);
  if (media === undefined) return [];
  return [{ name: "body", in: "body", required: true, schema: objectAt(media).schema ?? {} }];
}

function convertResponse(response: JsonObject): JsonObject {
  const { content, headers, ...rest } = response;
  const [media] = Object.values(objectAt(content));
  return compact({
    ...rest,
    headers: mapValues(objectAt(headers), (header) => objectAt(objectAt(header).schema)),
    schema: objectAt(media).schema,
  });
}
