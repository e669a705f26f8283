import type { ErrorObject } from "ajv";
import type { Json } from "../../definition/json";
import type { ModelValidator } from "../../definition/model-validators";

/** What is wrong with a value, and the part of the model that says so. */
interface Violation {
  readonly limit: Json;
  readonly data: Json;
  readonly parent: Readonly<Record<string, Json>>;
  readonly parameters: Readonly<Record<string, unknown>>;
}

/** For a body that is no JSON at all. */
export const UNPARSABLE = "Unknown error parsing request body";

/**
 * The first thing that keeps a value from following a model, in the words of `$context.error.validationErrorString`: those of
 * the validator for Java that API Gateway uses. AWS names everything that is wrong; one large body could name millions.
 */
export function modelProblem(validate: ModelValidator, value: unknown): string | undefined {
  if (validate(value)) return undefined;
  const [first] = validate.errors ?? [];
  // The errors of the schemas below `anyOf` and its like come before its own.
  const whole = validate.errors?.find(({ keyword }) => COMBINED.has(keyword)) ?? first;
  return whole && describe(whole);
}

const COMBINED: ReadonlySet<string> = new Set(["anyOf", "oneOf", "not"]);

function describe(error: ErrorObject): string {
  const { keyword, schema, data, parentSchema = {}, params, message } = error;
  const violation = { limit: schema as Json, data: data as Json, parent: parentSchema, parameters: params };
  return TEXTS[keyword]?.(violation) ?? `${error.instancePath || "body"} ${message}`;
}

const json = (value: unknown): string => JSON.stringify(value);
const size = (value: Json): number => (Array.isArray(value) ? value.length : Object.keys(value ?? {}).length);
const list = (value: Json | undefined): readonly Json[] => (Array.isArray(value) ? value : []);

/** Formats that the validator calls by another name. */
const FORMATS: Readonly<Record<string, (text: string) => string>> = {
  "date-time": (text) =>
    `string ${text} is invalid against requested date format(s) ["yyyy-MM-dd'T'HH:mm:ssZ","yyyy-MM-dd'T'HH:mm:ss.[0-9]{1,12}Z"]`,
  email: (text) => `string ${text} is not a valid email address`,
  ipv4: (text) => `string ${text} is not a valid IPv4 address`,
  ipv6: (text) => `string ${text} is not a valid IPv6 address`,
  regex: (text) => `string ${text} is not a valid ECMA 262 regex`,
  uri: (text) => `string ${text} is not a valid URI`,
  uuid: (text) => `input string ${text} is not a valid UUID`,
};

/** By keyword of JSON Schema. */
const TEXTS: Readonly<Record<string, (violation: Violation) => string>> = {
  required: ({ data, parent }) => {
    const missing = list(parent.required).filter((name) => !Object.hasOwn(data as object, String(name)));
    return `object has missing required properties (${json([...missing].sort())})`;
  },
  additionalProperties: ({ data, parent, parameters }) => {
    const declared = new Set(Object.keys((parent.properties ?? {}) as object));
    const patterns = Object.keys((parent.patternProperties ?? {}) as object);
    const names = Object.keys(data as object).filter((name) => !declared.has(name));
    const found = patterns.length === 0 ? names : [parameters.additionalProperty];
    return `object instance has properties which are not allowed by the schema: ${json(found.sort())}`;
  },
  type: ({ data, limit }) =>
    `instance type (${typeOf(data)}) does not match any allowed primitive type (allowed: ${json(allowedTypes(limit))})`,
  enum: ({ data, limit }) => `instance value (${json(data)}) not found in enum (possible values: ${json(limit)})`,
  minLength: ({ data, limit }) =>
    `string ${json(data)} is too short (length: ${[...String(data)].length}, required minimum: ${limit})`,
  maxLength: ({ data, limit }) =>
    `string ${json(data)} is too long (length: ${[...String(data)].length}, maximum allowed: ${limit})`,
  format: ({ data, limit }) => FORMATS[String(limit)]?.(json(data)) ?? `string ${json(data)} is not a valid ${limit}`,
  pattern: ({ data, limit }) => `ECMA 262 regex "${limit}" does not match input string ${json(data)}`,
  minimum: ({ data, limit, parent }) =>
    parent.exclusiveMinimum === true
      ? `numeric instance is not strictly greater than the required minimum ${limit}`
      : `numeric instance is lower than the required minimum (minimum: ${limit}, found: ${data})`,
  maximum: ({ data, limit, parent }) =>
    parent.exclusiveMaximum === true
      ? `numeric instance is not strictly lower than the required maximum ${limit}`
      : `numeric instance is greater than the required maximum (maximum: ${limit}, found: ${data})`,
  multipleOf: ({ data, limit }) => `remainder of division is not zero (${data} / ${limit})`,
  minItems: ({ data, limit }) =>
    `array is too short: must have at least ${limit} elements but instance has ${size(data)} elements`,
  maxItems: ({ data, limit }) =>
    `array is too long: must have at most ${limit} elements but instance has ${size(data)} elements`,
  uniqueItems: () => "array must not contain duplicate elements",
  minProperties: ({ data, limit }) =>
    `object has not enough properties (found ${size(data)} but schema requires at least ${limit})`,
  maxProperties: ({ data, limit }) =>
    `object has too many properties (found ${size(data)} but schema requires at most ${limit})`,
  anyOf: ({ limit }) => `instance failed to match at least one required schema among ${size(limit)}`,
  oneOf: ({ limit, parameters }) => {
    const matched = list(parameters.passingSchemas as Json | undefined).length;
    return `instance failed to match exactly one schema (matched ${matched} out of ${size(limit)})`;
  },
  not: () => "instance matched a schema which it should not have",
};

/** Whole numbers have a type of their own. */
function typeOf(value: Json): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "array";
  return Number.isInteger(value) ? "integer" : typeof value;
}

function allowedTypes(type: Json): readonly string[] {
  const types = (Array.isArray(type) ? type : [type]).map(String);
  return [...new Set(types.flatMap((each) => (each === "number" ? ["integer", "number"] : [each])))].sort();
}
