import type { Json, JsonObject } from "../../definition/json";
import { isList, isObject, listAt } from "../../definition/json-access";

/**
 * Keywords that JSON Schema draft 4 and OpenAPI 3.0's Schema Object share, and that API Gateway validates.
 * Sources: https://spec.openapis.org/oas/v3.0.1#schema-object,
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-known-issues.html
 */
export const SHARED_KEYWORDS: ReadonlySet<string> = new Set([
  "$ref",
  "additionalProperties",
  "allOf",
  "anyOf",
  "description",
  "enum",
  "format",
  "items",
  "maxItems",
  "maxLength",
  "maxProperties",
  "maximum",
  "minItems",
  "minLength",
  "minProperties",
  "minimum",
  "multipleOf",
  "not",
  "oneOf",
  "pattern",
  "properties",
  "required",
  "title",
  "type",
  "uniqueItems",
]);

/** Keywords that hold schemas, and in which no model may be referred to. */
export const COMPOSITIONS: readonly string[] = ["allOf", "anyOf", "oneOf"];

/** Keywords that say nothing about what is valid. */
export const ANNOTATIONS: ReadonlySet<string> = new Set(["title", "description"]);

/** Keywords that are dropped: they say nothing about what is valid (`additionalItems` only beside a list of `items`, `then` and `else`
 * only beside `if`, and those are refused). */
const SILENT_KEYWORDS: ReadonlySet<string> = new Set([
  "$comment",
  "$id",
  "$schema",
  "additionalItems",
  "contentEncoding",
  "contentMediaType",
  "default",
  "deprecated",
  "discriminator",
  "else",
  "example",
  "examples",
  "externalDocs",
  "id",
  "readOnly",
  "schema",
  "then",
  "writeOnly",
  "xml",
]);

/** Formats of draft 4. */
const FORMATS: ReadonlySet<Json> = new Set(["date-time", "email", "hostname", "ipv4", "ipv6", "uri"]);

/** Formats that say how a value is stored or shown, not which values there are. */
const SILENT_FORMATS: ReadonlySet<Json> = new Set(["binary", "byte", "decimal", "double", "float", "password"]);

const TYPES: ReadonlySet<Json> = new Set(["array", "boolean", "integer", "number", "object", "string"]);

const CLOSED_BOUND =
  "use min() and max() on numbers that are no integers (minimum, maximum), and check the open bound in the handler";
const RECORD = "use an object of named members, or z.record(z.string(), …) (additionalProperties)";

/** What to write instead of a keyword that has no shared form. */
const ALTERNATIVES: Readonly<Record<string, string>> = {
  $defs: "move them to the top of the schema",
  contains: "check it in the handler",
  definitions: "move them to the top of the schema",
  dependencies: "use a union of objects, one for each case (anyOf)",
  dependentRequired: "use a union of objects, one for each case (anyOf)",
  dependentSchemas: "use a union of objects, one for each case (anyOf)",
  exclusiveMaximum: CLOSED_BOUND,
  exclusiveMinimum: CLOSED_BOUND,
  if: "use a union of objects, one for each case (anyOf)",
  patternProperties: RECORD,
  prefixItems: "use z.array() of a union (items is one schema), or an object with named members",
  propertyNames: RECORD,
};

/** Why a schema has no form that is shared. */
export interface Obstacle {
  /** What stands there, in the words of JSON Schema. */
  readonly what: string;
  /** What to write instead. */
  readonly instead: string;
}

/** True for a keyword whose absence changes nothing about what is valid. */
export function isSilent(keyword: string, value: Json, schema: JsonObject): boolean {
  if (keyword === "format") return SILENT_FORMATS.has(value) || [schema, ...listAt(schema.allOf)].some(hasPattern);
  if (keyword === "required") return isList(value) && value.length === 0;
  if (keyword === "exclusiveMinimum" || keyword === "exclusiveMaximum") return value === false;
  return SILENT_KEYWORDS.has(keyword) || keyword.startsWith("x-");
}

function hasPattern(schema: Json): boolean {
  return isObject(schema) && "pattern" in schema;
}

/** Finds what is wrong with the value of a keyword. */
type ValueCheck = (value: Json, keyword: string) => Obstacle | undefined;

const isNumber = (value: Json) => typeof value === "number";
const isText = (value: Json) => typeof value === "string";
const isCount = (value: Json) => typeof value === "number" && Number.isInteger(value) && value >= 0;

/** Values that a shared keyword must not have. */
const VALUE_OBSTACLES: Readonly<Record<string, ValueCheck>> = {
  additionalProperties: demanding("a schema, true or false", (value) => isObject(value) || typeof value === "boolean"),
  allOf: emptyList,
  anyOf: emptyList,
  description: demanding("a text", isText),
  enum: emptyList,
  oneOf: emptyList,
  format: (value) =>
    FORMATS.has(value)
      ? undefined
      : {
          what: `the format ${JSON.stringify(value)}`,
          instead: `write a pattern (numbers: minimum and maximum), or one of ${[...FORMATS].join(", ")}`,
        },
  items: (value) =>
    isList(value)
      ? { what: "items with a schema for each place (a tuple)", instead: ALTERNATIVES.prefixItems ?? "" }
      : undefined,
  maximum: demanding("a number", isNumber),
  maxItems: demanding("a whole number from 0", isCount),
  maxLength: demanding("a whole number from 0", isCount),
  maxProperties: demanding("a whole number from 0", isCount),
  minimum: demanding("a number", isNumber),
  minItems: demanding("a whole number from 0", isCount),
  minLength: demanding("a whole number from 0", isCount),
  minProperties: demanding("a whole number from 0", isCount),
  multipleOf: demanding("a number above 0", (value) => typeof value === "number" && value > 0),
  pattern: (value) =>
    isPattern(value)
      ? undefined
      : {
          what: `the pattern ${JSON.stringify(value)}, no regular expression,`,
          instead: "correct the pattern",
        },
  properties: demanding("an object of schemas by name", isObject),
  required: demanding(
    "a list of the names of required members, each once, beside properties",
    (value) => isList(value) && value.every(isText) && new Set(value).size === value.length,
  ),
  title: demanding("a text", isText),
  type: (value) =>
    TYPES.has(value)
      ? undefined
      : { what: `the type ${JSON.stringify(value)}`, instead: `use one of ${[...TYPES].join(", ")}` },
  uniqueItems: demanding("true or false", (value) => typeof value === "boolean"),
};

/** What keeps a keyword from being part of a model, if anything. */
export function obstacleOf(keyword: string, value: Json): Obstacle | undefined {
  if (SHARED_KEYWORDS.has(keyword)) return VALUE_OBSTACLES[keyword]?.(value, keyword);
  return { what: keyword, instead: ALTERNATIVES[keyword] ?? "check it in the handler" };
}

function demanding(label: string, accepts: (value: Json) => boolean): ValueCheck {
  return (value, keyword) =>
    accepts(value) ? undefined : { what: `${keyword}: ${JSON.stringify(value)}`, instead: `write ${label}` };
}

function emptyList(value: Json, keyword: string): Obstacle | undefined {
  return isList(value) && value.length > 0
    ? undefined
    : { what: `an empty ${keyword}`, instead: "list at least one, or remove the keyword" };
}

function isPattern(value: Json): boolean {
  try {
    return typeof value === "string" && new RegExp(value) instanceof RegExp;
  } catch {
    return false;
  }
}
