import type { Json, JsonObject } from "../../definition/json";
import { isList, isObject, listAt } from "../../definition/json-access";
import { ANNOTATIONS, COMPOSITIONS, isSilent } from "./model-keywords";

/** One step from JSON Schema of any draft towards the form that draft 4 and OpenAPI 3.0 share: one schema, not those inside. */
type Rewrite = (schema: JsonObject) => JsonObject;

const NULL: JsonObject = { enum: [null] };

/** In this order. Each accepts exactly what was accepted before. */
const REWRITES: readonly Rewrite[] = [
  referenceByKeyword,
  withoutSilent,
  nullableAsUnion,
  oneTypeEach,
  nullAsEnum,
  constAsEnum,
  closedIntegerBounds,
  itemsOfLists,
  siblingsOfReference,
  onlyOfAll,
];

/** A schema in the shared form, as far as it has one. Schemas inside are left as they are. */
export function rewriteSchema(schema: Json): Json {
  // Drafts since 6 have true for "anything" and false for "nothing".
  if (schema === true) return {};
  if (schema === false) return { not: {} };
  return isObject(schema) ? applyRewrites(schema) : schema;
}

function applyRewrites(schema: JsonObject): JsonObject {
  return REWRITES.reduce((current, rewrite) => rewrite(current), schema);
}

/** AWS CDK writes `ref` for `$ref`. */
function referenceByKeyword(schema: JsonObject): JsonObject {
  const { ref, ...others } = schema;
  return typeof ref === "string" ? { ...others, $ref: ref } : schema;
}

function withoutSilent(schema: JsonObject): JsonObject {
  return filterEntries(schema, ([keyword, value]) => !isSilent(keyword, value, schema));
}

/** Draft 4 has no `nullable`; both read a union with an enum of null. */
function nullableAsUnion(schema: JsonObject): JsonObject {
  const { nullable, ...others } = schema;
  if (typeof nullable !== "boolean") return schema;
  return nullable ? { anyOf: [others, NULL] } : others;
}

/** OpenAPI 3.0 has one type a schema. What is said of other types holds for null, too. */
function oneTypeEach(schema: JsonObject): JsonObject {
  if (!isList(schema.type) || schema.type.length === 0) return schema;
  const ofNull = filterEntries(schema, ([keyword]) =>
    ["enum", "const", "not", "$ref", ...COMPOSITIONS].includes(keyword),
  );
  const branches = schema.type.map((type) => (type === "null" ? { ...ofNull, type } : { ...schema, type }));
  const [first = { not: {} }, ...more] = branches.filter((branch) => branch.type !== "null" || !excludesNull(branch));
  return more.length === 0 ? first : { anyOf: [first, ...more] };
}

/** Draft 4 has `type: "null"`, OpenAPI 3.0 has `nullable`; both read an enum of null. */
function nullAsEnum(schema: JsonObject): JsonObject {
  if (schema.type !== "null") return schema;
  return excludesNull(schema) ? { not: {} } : { ...without(without(schema, "type"), "const"), ...NULL };
}

function excludesNull({ enum: values, const: value }: JsonObject): boolean {
  return (isList(values) && !values.includes(null)) || (value !== undefined && value !== null);
}

function constAsEnum(schema: JsonObject): JsonObject {
  return "const" in schema ? { ...without(schema, "const"), enum: [schema.const ?? null] } : schema;
}

/** An integer above 3 is one from 4: the closed form is the same everywhere. */
function closedIntegerBounds(schema: JsonObject): JsonObject {
  if (schema.type !== "integer") return schema;
  const { exclusiveMinimum, exclusiveMaximum, minimum, maximum, ...others } = schema;
  const least = Math.max(closed(minimum, exclusiveMinimum, above), Number.MIN_SAFE_INTEGER);
  const most = -Math.max(closed(negative(maximum), negative(exclusiveMaximum), above), Number.MIN_SAFE_INTEGER);
  return {
    ...others,
    // zod says of each integer that it is a safe one; so does JSON in practice.
    ...(least === Number.MIN_SAFE_INTEGER ? {} : { minimum: least }),
    ...(most === Number.MAX_SAFE_INTEGER ? {} : { maximum: most }),
  };
}

/** The least integer that a bound of draft 4 (exclusive: true) or of draft 6 (a number of its own) lets in. */
function closed(bound: Json | undefined, exclusive: Json | undefined, next: (bound: number) => number): number {
  const inclusive = typeof bound === "number" ? bound : Number.NEGATIVE_INFINITY;
  if (exclusive === true) return next(inclusive);
  return typeof exclusive === "number" ? Math.max(inclusive, next(exclusive)) : inclusive;
}

const above = (bound: number): number => Math.floor(bound) + 1;
const negative = (bound: Json | undefined): Json | undefined => (typeof bound === "number" ? -bound : bound);

/** OpenAPI 3.0 wants `items` beside the type `array`. */
function itemsOfLists(schema: JsonObject): JsonObject {
  return schema.type === "array" && schema.items === undefined ? { ...schema, items: {} } : schema;
}

/** Both ignore what stands beside a reference. */
function siblingsOfReference(schema: JsonObject): JsonObject {
  const { $ref, ...siblings } = schema;
  if ($ref === undefined || Object.keys(siblings).length === 0) return schema;
  return onlyAnnotates(siblings) ? { $ref } : { ...siblings, allOf: [...listAt(siblings.allOf), { $ref }] };
}

/** Nothing needs a composition of one. */
function onlyOfAll(schema: JsonObject): JsonObject {
  const { allOf, ...siblings } = schema;
  const [only, ...more] = listAt(allOf);
  if (!isObject(only) || more.length > 0 || !onlyAnnotates(siblings)) return schema;
  return applyRewrites({ ...only, ...siblings });
}

function onlyAnnotates(schema: JsonObject): boolean {
  return Object.keys(schema).every((keyword) => ANNOTATIONS.has(keyword));
}

function without(schema: JsonObject, keyword: string): JsonObject {
  return filterEntries(schema, ([name]) => name !== keyword);
}

function filterEntries(schema: JsonObject, keep: (entry: [string, Json]) => boolean): JsonObject {
  return Object.fromEntries(Object.entries(schema).filter(keep));
}
