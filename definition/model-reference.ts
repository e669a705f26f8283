import type { Json, JsonObject } from "./json";
import { isList, isObject } from "./json-access";
import { MODEL_REFERENCE_PREFIX } from "./openapi/extensions";
import { mapValues } from "./openapi/members";

/** The schema with every `$ref` replaced by what the function makes of it. */
export function mapReferences(schema: JsonObject, transform: (reference: string) => string): JsonObject {
  const visit = (value: Json): Json => {
    if (isList(value)) return value.map(visit);
    return isObject(value) ? visitObject(value) : value;
  };
  const visitObject = (object: JsonObject): JsonObject =>
    mapValues(object, (member, name) =>
      name === "$ref" && typeof member === "string" ? transform(member) : visit(member),
    );
  return visitObject(schema);
}

/** Names of the models that a schema refers to. */
export function referredModels(schema: JsonObject): readonly string[] {
  const names = new Set<string>();
  mapReferences(schema, (reference) => {
    const name = referredModel(reference);
    if (name !== undefined) names.add(name);
    return reference;
  });
  return [...names];
}

/** Name of the model that a `$ref` of the definition points to. */
export function referredModel(reference: string): string | undefined {
  return reference.startsWith(MODEL_REFERENCE_PREFIX) ? reference.slice(MODEL_REFERENCE_PREFIX.length) : undefined;
}

const MODEL_URL = /^https:\/\/apigateway\.amazonaws\.com\/restapis\/[^/]+\/models\/([^/]+)$/;

/** How an `aws_api_gateway_model` refers to another. Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/models-mappings-models.html */
export function modelUrl(restApiId: string, model: string): string {
  return `https://apigateway.amazonaws.com/restapis/${restApiId}/models/${model}`;
}

/** The same reference as a definition has it; anything else stays as it is. */
export function fromModelUrl(reference: string): string {
  const [, model] = MODEL_URL.exec(reference) ?? [];
  return model === undefined ? reference : MODEL_REFERENCE_PREFIX + model;
}
