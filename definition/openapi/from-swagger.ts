import type { Json, JsonObject } from "../json";
import { isList, isObject, listAt, objectAt, textAt, textsAt } from "../json-access";
import { EXTENSION, MODEL_CONTENT_TYPE } from "./extensions";
import { compact, mapValues } from "./members";
import { resolveReference } from "./reference";
import { VERBS } from "./verbs";

/** True for documents that say `swagger` and not `openapi`. */
export function isSwagger(document: JsonObject): boolean {
  return document.openapi === undefined && document.swagger !== undefined;
}

/**
 * A Swagger 2.0 document as OpenAPI 3.0, as far as API Gateway makes use of it. Bodies of forms are left out: API Gateway
 * has no parameters for them.
 * Source: https://swagger.io/specification/v2/
 */
export function fromSwagger(document: JsonObject): JsonObject {
  const { swagger, basePath, definitions, parameters, responses, securityDefinitions, consumes, produces, ...rest } =
    objectAt(withReferences(document, TO_COMPONENTS));
  const source = { parameters: objectAt(parameters), responses: objectAt(responses) };
  const types = { consumes: contentTypes(consumes), produces: contentTypes(produces) };
  return {
    ...rest,
    openapi: "3.0.1",
    servers: [
      compact({
        url: textAt(basePath) ?? "/",
        [EXTENSION.endpointConfiguration]: rest[EXTENSION.endpointConfiguration],
      }),
    ],
    paths: mapValues(objectAt(rest.paths), (item) => convertPathItem(objectAt(item), { source, types })),
    components: compact({
      schemas: definitions,
      responses: mapValues(source.responses, (response) => convertResponse(objectAt(response), types.produces)),
      parameters: mapValues(source.parameters, (parameter) => convertParameter(objectAt(parameter))),
      securitySchemes: securityDefinitions,
    }),
  };
}

/** Where Swagger 2.0 keeps what others refer to, and where OpenAPI 3.0 does. */
const TO_COMPONENTS = {
  "#/definitions/": "#/components/schemas/",
  "#/parameters/": "#/components/parameters/",
  "#/responses/": "#/components/responses/",
} as const;

/** The same value with other beginnings of its references. */
export function withReferences(value: Json, prefixes: Readonly<Record<string, string>>): Json {
  if (isList(value)) return value.map((item) => withReferences(item, prefixes));
  if (!isObject(value)) return value;
  return mapValues(value, (member, key) =>
    key === "$ref" && typeof member === "string" ? moved(member, prefixes) : withReferences(member, prefixes),
  );
}

function moved(reference: string, prefixes: Readonly<Record<string, string>>): string {
  const [from, to] = Object.entries(prefixes).find(([prefix]) => reference.startsWith(prefix)) ?? ["", ""];
  return to + reference.slice(from.length);
}

interface ContentTypes {
  readonly consumes: readonly string[];
  readonly produces: readonly string[];
}

interface Surroundings {
  /** What references inside operations can point to, in Swagger's form. */
  readonly source: { readonly parameters: JsonObject; readonly responses: JsonObject };
  readonly types: ContentTypes;
}

function convertPathItem(item: JsonObject, around: Surroundings): JsonObject {
  const shared = splitParameters(item.parameters, around);
  const operations = Object.entries(item)
    .filter(([key]) => VERBS.has(key))
    .map(([key, operation]) => [key, convertOperation(objectAt(operation), shared.body, around)] as const);
  return { ...item, ...compact({ parameters: shared.others }), ...Object.fromEntries(operations) };
}

function convertOperation(
  operation: JsonObject,
  sharedBody: JsonObject | undefined,
  { source, types }: Surroundings,
): JsonObject {
  const { consumes, produces, parameters, responses, ...rest } = operation;
  const own: ContentTypes = {
    consumes: consumes === undefined ? types.consumes : contentTypes(consumes),
    produces: produces === undefined ? types.produces : contentTypes(produces),
  };
  const { body = sharedBody, others } = splitParameters(parameters, { source, types });
  return {
    ...rest,
    ...compact({
      parameters: others,
      requestBody: body && compact({ content: contentOf(body.schema, own.consumes), required: body.required }),
    }),
    responses: mapValues(objectAt(responses), (response) => {
      const resolved = resolveReference(response, { components: { responses: source.responses } });
      return convertResponse(resolved, own.produces);
    }),
  };
}

function splitParameters(parameters: Json | undefined, { source }: Surroundings) {
  const all = listAt(parameters).map((parameter) => ({
    written: objectAt(parameter),
    resolved: resolveReference(parameter, { components: { parameters: source.parameters } }),
  }));
  return {
    body: all.find(({ resolved }) => resolved.in === "body")?.resolved,
    others: all
      .filter(({ resolved }) => resolved.in !== "body" && resolved.in !== "formData")
      .map(({ written }) => (written.$ref === undefined ? convertParameter(written) : written)),
  };
}

function convertParameter(parameter: JsonObject): JsonObject {
  const { name, in: place, required, description, ...schema } = parameter;
  return compact({ name, in: place, required, description, schema });
}

function convertResponse(response: JsonObject, produces: readonly string[]): JsonObject {
  const { schema, headers, examples, ...rest } = response;
  return {
    ...rest,
    ...compact({
      headers: mapValues(objectAt(headers), (header) => ({ schema: header })),
      content: contentOf(schema, produces),
    }),
  };
}

function contentOf(schema: Json | undefined, types: readonly string[]): JsonObject {
  return schema === undefined ? {} : Object.fromEntries(types.map((type) => [type, { schema }]));
}

function contentTypes(types: Json | undefined): readonly string[] {
  const named = textsAt(types);
  return named.length === 0 ? [MODEL_CONTENT_TYPE] : named;
}
