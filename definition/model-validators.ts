import type { RegExpEngine } from "ajv/dist/types";
import Ajv, { type ValidateFunction } from "ajv-draft-04";
import addFormats from "ajv-formats";
import { canonicalJson } from "./canonical-json";
import type { Json, JsonObject } from "./json";
import type { ModelDefinition } from "./rest-api";

/** One compiled model. */
export type ModelValidator = ValidateFunction;

/** Compiled models by name; a model that cannot be compiled is there with its reason. */
export type ModelValidators = ReadonlyMap<string, ModelValidator | Error>;

/** Matches the `pattern`s of models: V8's own matcher may backtrack without end. */
export type PatternTest = (pattern: string, text: string, run: () => boolean) => boolean;

/**
 * Compiles the models of an API. They may refer to each other, also in circles.
 *
 * @param match runs each match of a `pattern` or `patternProperties`
 */
export function compileModels(
  models: Readonly<Record<string, ModelDefinition>>,
  match: PatternTest = (_pattern, _text, run) => run(),
): ModelValidators {
  // Not all errors: a body of 10 MB can have so many that the process runs out of memory.
  const ajv = new Ajv({
    strict: false,
    verbose: true,
    logger: false,
    unicodeRegExp: false,
    code: { regExp: engine(match) },
  });
  // The compiler's own keyword compares each item with each: 300 KB of objects would stop all requests for seconds.
  ajv.removeKeyword("uniqueItems").addKeyword({
    keyword: "uniqueItems",
    type: "array",
    schemaType: "boolean",
    validate: (isDemanded: boolean, items: readonly Json[]) => !isDemanded || areUnique(items),
    error: { message: "must not have the same item twice" },
  });
  // The compiler's own keyword divides binary fractions: 0.3 would be no multiple of 0.1.
  ajv.removeKeyword("multipleOf").addKeyword({
    keyword: "multipleOf",
    type: "number",
    schemaType: "number",
    validate: (divisor: number, value: number) => isMultiple(value, divisor),
    error: { message: "must be a multiple of what the model says" },
  });
  addFormats(ajv, ["date-time", "email", "hostname", "ipv4", "ipv6", "uri", "regex", "uuid"]);
  const names = Object.keys(models);
  const schemas = names.map((name) => ({
    ...(withLocalReferences(models[name]?.schema ?? {}, names) as JsonObject),
    id: modelId(name),
  }));
  for (const schema of schemas) ajv.addSchema(schema);
  return new Map(names.map((name) => [name, compile(() => ajv.getSchema(modelId(name)))]));
}

/** What the compiler takes in the place of `RegExp`. The text of an expression is what it is known by. */
function engine(match: PatternTest): RegExpEngine {
  const create = (pattern: string, flags: string) => {
    const expression = new RegExp(pattern, flags);
    const test = (text: string) => match(pattern, text, () => expression.test(text));
    return { test, toString: () => String(expression) } as RegExp;
  };
  return Object.assign(create, { code: "new RegExp" });
}

function areUnique(items: readonly Json[]): boolean {
  return new Set(items.map((item) => canonicalJson(item))).size === items.length;
}

/** Counts in decimals, as JSON writes them. */
function isMultiple(value: number, divisor: number): boolean {
  const [left, right] = [decimal(value), decimal(divisor)];
  const exponent = Math.min(left.exponent, right.exponent);
  const scaled = [left, right].map((it) => it.digits * 10n ** BigInt(it.exponent - exponent));
  const [dividend = 0n, by = 1n] = scaled;
  return by !== 0n && dividend % by === 0n;
}

function decimal(value: number): { readonly digits: bigint; readonly exponent: number } {
  const [, whole = "0", fraction = "", exponent = "0"] =
    /^(-?\d+)(?:\.(\d+))?(?:e([+-]\d+))?$/.exec(String(value)) ?? [];
  return { digits: BigInt(whole + fraction), exponent: Number(exponent) - fraction.length };
}

function compile(get: () => ValidateFunction | undefined): ValidateFunction | Error {
  try {
    return get() ?? new Error("no such model");
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}

const modelId = (name: string) => `https://models.invalid/${name}`;

/** Models refer to each other by URL, or in OpenAPI's way; both become ids of the compiler. */
function withLocalReferences(schema: Json, names: readonly string[]): Json {
  if (Array.isArray(schema)) return schema.map((item) => withLocalReferences(item, names));
  if (schema === null || typeof schema !== "object") return schema;
  const entries = Object.entries(schema as JsonObject).filter(
    ([key, value]) => typeof value !== "string" || (key !== "id" && key !== "$schema"),
  );
  return Object.fromEntries(
    entries.map(([key, value]) => {
      // Its items are values and no schemas, whatever their members are called.
      if (key === "enum" && Array.isArray(value)) return [key, value];
      if (key === "$ref" && typeof value === "string") return [key, localReference(value, names)];
      return [key, withLocalReferences(value, names)];
    }),
  );
}

function localReference(reference: string, names: readonly string[]): string {
  const [, name = "", rest = ""] =
    /(?:\/restapis\/[^/]*\/models|^#\/(?:components\/schemas|definitions))\/([^/#]+)(.*)$/.exec(reference) ?? [];
  return names.includes(name) ? `${modelId(name)}${rest}` : reference;
}

/** The first thing that keeps a value from following a model. */
export function modelViolation(validate: ModelValidator, value: unknown): string | undefined {
  if (validate(value)) return undefined;
  const [error] = validate.errors ?? [];
  return error && `${error.instancePath || "body"} ${error.message}`;
}
