import Ajv, { type ValidateFunction } from "ajv-draft-04";
import addFormats from "ajv-formats";
import { canonicalJson } from "../../definition/canonical-json";
import type { Json, JsonObject } from "../../definition/json";
import type { MethodDefinition } from "../../definition/method";
import type { ModelDefinition } from "../../definition/rest-api";
import type { Step } from "../exchange";
import { GatewayError } from "../gateway-error";
import { DEFAULT_MEDIA_TYPE, mediaTypeOf } from "../media-types";

/** Compiled models by name; a model that cannot be compiled is there with its reason. */
export type ModelValidators = ReadonlyMap<string, ValidateFunction | Error>;

/** Compiles the models of an API. They may refer to each other, also in circles. */
export function compileModels(models: Readonly<Record<string, ModelDefinition>>): ModelValidators {
  // Not all errors: a body of 10 MB can have so many that the process runs out of memory.
  const ajv = new Ajv({ strict: false, logger: false, unicodeRegExp: false });
  // The compiler's own keyword compares each item with each: 300 KB of objects would stop all requests for seconds.
  ajv.removeKeyword("uniqueItems").addKeyword({
    keyword: "uniqueItems",
    type: "array",
    schemaType: "boolean",
    validate: (isDemanded: boolean, items: readonly Json[]) => !isDemanded || areUnique(items),
    error: { message: "must not have the same item twice" },
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

function areUnique(items: readonly Json[]): boolean {
  return new Set(items.map((item) => canonicalJson(item))).size === items.length;
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
    entries.map(([key, value]) => [
      key,
      key === "$ref" && typeof value === "string" ? localReference(value, names) : withLocalReferences(value, names),
    ]),
  );
}

function localReference(reference: string, names: readonly string[]): string {
  const [, name = "", rest = ""] =
    /(?:\/restapis\/[^/]*\/models|^#\/(?:components\/schemas|definitions))\/([^/#]+)(.*)$/.exec(reference) ?? [];
  return names.includes(name) ? `${modelId(name)}${rest}` : reference;
}

/** Name of the model that a body of this content type must follow, if any. */
export function modelFor(method: MethodDefinition, contentType: string | undefined): string | undefined {
  const wanted = mediaTypeOf(contentType) || DEFAULT_MEDIA_TYPE;
  const exact = Object.entries(method.requestModels).find(([type]) => mediaTypeOf(type) === wanted);
  return exact?.[1] ?? method.requestModels.$default;
}

/** Refuses a body that does not follow its model; no body reads as `{}`. */
export const validateBody: Step = {
  name: "validate body",
  request({ method, stage, request, headers }) {
    if (!stage.api.requestValidators[method.requestValidator ?? ""]?.validateRequestBody) return undefined;
    const contentType = headers.findLast(([name]) => name.toLowerCase() === "content-type")?.[1];
    const model = modelFor(method, contentType);
    const validate = model === undefined ? undefined : stage.validators.get(model);
    if (!validate || validate instanceof Error) return undefined;
    const problem = problemOf(validate, request.body.toString() || "{}");
    if (problem !== undefined) throw new GatewayError("INVALID_BODY", { validationError: `[${problem}]` });
    return undefined;
  },
};

/** The first problem of a body. A body that is nested deeper than the stack reaches counts as no JSON. */
function problemOf(validate: ValidateFunction, body: string): string | undefined {
  try {
    if (validate(JSON.parse(body))) return undefined;
  } catch {
    return "body is no JSON";
  }
  const [error] = validate.errors ?? [];
  return error && `${error.instancePath || "body"} ${error.message}`;
}
