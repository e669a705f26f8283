import type { Json, JsonObject } from "../json";
import { isList, isObject } from "../json-access";
import { EXTENSION } from "./extensions";
import { mapValues } from "./members";
import { VERBS } from "./verbs";

type Visit = (value: Json) => Json;

/**
 * An OpenAPI 3.0 or Swagger 2.0 document without what only people and other tools read: descriptions, examples, tags, links
 * and the extensions of others. What is left decides what a deployment serves.
 */
export function withoutProse(document: JsonObject): JsonObject {
  return withoutProseOf(document, ["info", "tags", "externalDocs", EXTENSION.documentation], {
    paths: mapOf(pathItem),
    servers: listOf(object(["description"])),
    components: object(["examples", "links", "callbacks"], {
      schemas: mapOf(schema),
      parameters: mapOf(parameter),
      responses: mapOf(response),
      requestBodies: mapOf(requestBody),
      headers: mapOf(parameter),
      securitySchemes: mapOf(object(["description"])),
    }),
    definitions: mapOf(schema),
    parameters: mapOf(parameter),
    responses: mapOf(response),
    securityDefinitions: mapOf(object(["description"])),
  });
}

const OPERATION_PROSE = ["description", "summary", "tags", "externalDocs", "deprecated", "callbacks"];

const media = object(["example", "examples"], { schema });
const requestBody = object(["description"], { content: mapOf(media) });
const parameter = object(["description", "example", "examples", "deprecated"], { schema });
const response = object(["description", "examples", "links"], {
  content: mapOf(media),
  headers: mapOf(object(["description", "example", "examples", "deprecated"], { schema })),
  schema,
});
const operation = object(OPERATION_PROSE, {
  parameters: listOf(parameter),
  requestBody,
  responses: mapOf(response),
});
const pathItem = object(["description", "summary"], {
  parameters: listOf(parameter),
  ...Object.fromEntries([...VERBS.keys()].map((verb) => [verb, operation])),
});

/** A function and not a constant: schemas hold schemas. */
function schema(value: Json): Json {
  return object(["description", "title", "example", "externalDocs", "xml", "deprecated"], {
    properties: mapOf(schema),
    additionalProperties: schema,
    items: schema,
    allOf: listOf(schema),
    anyOf: listOf(schema),
    oneOf: listOf(schema),
    not: schema,
  })(value);
}

function object(prose: readonly string[], members: Readonly<Record<string, Visit>> = {}): Visit {
  return (value) => (isObject(value) ? withoutProseOf(value, prose, members) : value);
}

function withoutProseOf(
  value: JsonObject,
  prose: readonly string[],
  members: Readonly<Record<string, Visit>>,
): JsonObject {
  const served = Object.entries(value).filter(([key]) => !prose.includes(key) && !isForeign(key));
  return Object.fromEntries(
    served.map(([key, member]) => {
      const visit = Object.hasOwn(members, key) ? members[key] : undefined;
      return [key, visit === undefined ? member : visit(member)];
    }),
  );
}

function mapOf(visit: Visit): Visit {
  return (value) => (isObject(value) ? mapValues(value, visit) : value);
}

function listOf(visit: Visit): Visit {
  return (value) => (isList(value) ? value.map(visit) : value);
}

/** Extensions of other tools mean nothing to API Gateway. */
function isForeign(key: string): boolean {
  return key.startsWith("x-") && !key.startsWith("x-amazon-apigateway-");
}
