import { toJSONSchema, type ZodType } from "zod";
import type { $ZodCheck, $ZodTypes } from "zod/v4/core";
import { ConfigurationError } from "../../definition/configuration-error";
import type { Json, JsonObject } from "../../definition/json";

/**
 * Keywords that JSON Schema draft 4 and OpenAPI 3.0's Schema Object share, and that API Gateway validates.
 * Sources: https://spec.openapis.org/oas/v3.0.1#schema-object,
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-known-issues.html
 */
const SHARED_KEYWORDS: ReadonlySet<string> = new Set([
  "additionalProperties",
  "allOf",
  "anyOf",
  "description",
  "enum",
  "exclusiveMaximum",
  "exclusiveMinimum",
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

/** Formats of draft 4. Others are zod's own names; the pattern beside them says the same. */
const FORMATS: ReadonlySet<Json> = new Set(["date-time", "email", "hostname", "ipv4", "ipv6", "uri"]);

/** Keywords that say nothing about what is valid. */
const SILENT_KEYWORDS: ReadonlySet<string> = new Set(["$schema", "default", "example", "examples", "id", "readOnly"]);

/** What to write instead of a keyword that has no shared form. */
const ALTERNATIVES: Readonly<Record<string, string>> = {
  $ref: "inline the schema; recursive ones cannot be validated by the gateway",
  additionalItems: "use z.array() of a union, or an object with named members",
  patternProperties: "use z.record(z.string(), …)",
  propertyNames: "use z.record(z.string(), …)",
};

/**
 * A zod schema as a model: zod's input side for draft 4, rewritten to the form that OpenAPI 3.0 shares.
 *
 * @throws ConfigurationError `MODEL_NOT_EXPRESSIBLE` with the path of what has no such form
 */
export function modelSchema(modelName: string, schema: ZodType): JsonObject {
  const place = `Model.fromZod("${modelName}")`;
  return asObject(rewrite(draft4(place, schema), modelName, place));
}

function draft4(place: string, schema: ZodType): Json {
  try {
    const options = { target: "draft-4", io: "input", reused: "inline", override: refusePatternFlags } as const;
    const json: Json = JSON.parse(JSON.stringify(toJSONSchema(schema, options)));
    return json;
  } catch (cause) {
    const problem = `the schema has no form in JSON: ${cause instanceof Error ? cause.message : String(cause)}`;
    throw new ConfigurationError("MODEL_NOT_EXPRESSIBLE", place, problem, "describe what a client sends as JSON", {
      cause,
    });
  }
}

/** JSON Schema has patterns without flags, and zod drops them without a word. */
function refusePatternFlags({ zodSchema, path }: { zodSchema: $ZodTypes; path: (string | number)[] }): void {
  for (const pattern of patternsOf(zodSchema._zod.def)) {
    if (pattern instanceof RegExp && /[ims]/.test(pattern.flags)) {
      throw new TypeError(`${pattern} at ${path.join(".") || "its root"} has flags, write [Aa] instead of /a/i`);
    }
  }
}

function patternsOf(definition: object): readonly unknown[] {
  const checks: unknown = Reflect.get(definition, "checks");
  const own: unknown = Reflect.get(definition, "pattern");
  const ofChecks = Array.isArray(checks)
    ? checks.map((check: $ZodCheck) => Reflect.get(check._zod.def, "pattern"))
    : [];
  return [own, ...ofChecks];
}

function rewrite(schema: Json, path: string, place: string): Json {
  if (!isObject(schema)) return schema;
  if (isList(schema.type)) return rewrite(oneTypeEach(schema, schema.type), path, place);
  const closed = closeIntegerBounds(schema);
  const members = Object.entries(closed).flatMap(([keyword, value]) => {
    if (SILENT_KEYWORDS.has(keyword) || isEmptyRequired(keyword, value)) return [];
    if (keyword === "format" && !FORMATS.has(value)) return [];
    refuse(keyword, value, closed, path, place);
    return [[keyword, rewriteMember(keyword, value, path, place)] as const];
  });
  return nullAsEnum(Object.fromEntries(members));
}

/** OpenAPI 3.0 has one type a schema. */
function oneTypeEach(schema: JsonObject, types: readonly Json[]): JsonObject {
  return { anyOf: types.map((type) => (type === "null" ? { type } : { ...schema, type })) };
}

function rewriteMember(keyword: string, value: Json, path: string, place: string): Json {
  if (keyword === "properties" && isObject(value)) {
    return Object.fromEntries(Object.entries(value).map(([name, it]) => [name, rewrite(it, `${path}.${name}`, place)]));
  }
  if (isList(value) && (keyword === "anyOf" || keyword === "oneOf" || keyword === "allOf")) {
    return value.map((it, index) => rewrite(it, `${path}.${keyword}[${index}]`, place));
  }
  if (keyword === "items") return rewrite(value, `${path}[]`, place);
  if (keyword === "not" || keyword === "additionalProperties") return rewrite(value, `${path}.${keyword}`, place);
  return value;
}

/** Draft 4 has `type: "null"`, OpenAPI 3.0 has `nullable`; both read an enum of null. */
function nullAsEnum(schema: JsonObject): JsonObject {
  return schema.type === "null" ? { ...without(schema, "type"), enum: [null] } : schema;
}

/** An integer above 3 is one from 4: the closed form is the same everywhere. */
function closeIntegerBounds(schema: JsonObject): JsonObject {
  if (schema.type !== "integer") return schema;
  const { exclusiveMinimum, exclusiveMaximum, minimum, maximum, ...others } = schema;
  return {
    ...others,
    ...bound("minimum", minimum, exclusiveMinimum === true ? 1 : 0, Number.MIN_SAFE_INTEGER),
    ...bound("maximum", maximum, exclusiveMaximum === true ? -1 : 0, Number.MAX_SAFE_INTEGER),
  };
}

/** zod says of each integer that it is a safe one; so does JSON in practice. */
function bound(keyword: string, value: Json | undefined, step: number, implied: number): JsonObject {
  return typeof value === "number" && value !== implied ? { [keyword]: value + step } : {};
}

function refuse(keyword: string, value: Json, schema: JsonObject, path: string, place: string): void {
  const alternative = refusal(keyword, value, schema);
  if (alternative === undefined) return;
  throw new ConfigurationError(
    "MODEL_NOT_EXPRESSIBLE",
    place,
    `${path} needs ${keyword}, which JSON Schema draft 4 and OpenAPI 3.0 do not share`,
    alternative,
  );
}

function refusal(keyword: string, value: Json, schema: JsonObject): string | undefined {
  if (keyword === "items" && isList(value)) return ALTERNATIVES.additionalItems;
  if ((keyword === "exclusiveMinimum" || keyword === "exclusiveMaximum") && schema.type !== "integer") {
    return "use min() and max() on numbers that are no integers, and check the open bound in the handler";
  }
  return SHARED_KEYWORDS.has(keyword) ? undefined : (ALTERNATIVES[keyword] ?? "check it in the handler");
}

function isEmptyRequired(keyword: string, value: Json): boolean {
  return keyword === "required" && isList(value) && value.length === 0;
}

function without(schema: JsonObject, keyword: string): JsonObject {
  return Object.fromEntries(Object.entries(schema).filter(([name]) => name !== keyword));
}

function asObject(value: Json): JsonObject {
  return isObject(value) ? value : {};
}

function isObject(value: Json): value is JsonObject {
  return value !== null && typeof value === "object" && !Array.isArray(value);
}

function isList(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value);
}
