import type { Json, JsonObject } from "../../../definition/json";
import { badRequest } from "./http";
import { objectOr, texts } from "./json-values";
import { type PatchOperation, unescapePointer } from "./patch";

type Value = (text: string) => Json;

/** What an update may change, by first part of its path. */
export interface PatchTable {
  /** Plain properties. */
  readonly properties: Readonly<Record<string, Value>>;
  /** Maps whose keys are the rest of the path. */
  readonly maps: Readonly<Record<string, Value>>;
  /** Lists: the item is the value, or the rest of the path. */
  readonly lists: readonly string[];
}

const asText: Value = (text) => text;
const asFlag: Value = (text) => text === "true";

/** Source: https://docs.aws.amazon.com/apigateway/latest/api/patch-operations.html#UpdateMethod-Patch */
export const METHOD_PATCHES: PatchTable = {
  properties: {
    authorizationType: asText,
    authorizerId: asText,
    apiKeyRequired: asFlag,
    operationName: asText,
    requestValidatorId: asText,
  },
  maps: { requestModels: asText, requestParameters: asFlag },
  lists: ["authorizationScopes"],
};

/** Source: https://docs.aws.amazon.com/apigateway/latest/api/patch-operations.html#UpdateIntegration-Patch */
export const INTEGRATION_PATCHES: PatchTable = {
  properties: {
    uri: asText,
    httpMethod: asText,
    credentials: asText,
    passthroughBehavior: asText,
    contentHandling: asText,
    connectionType: asText,
    connectionId: asText,
    cacheNamespace: asText,
    timeoutInMillis: Number,
  },
  maps: { requestTemplates: asText, requestParameters: asText },
  lists: ["cacheKeyParameters"],
};

/** Source: https://docs.aws.amazon.com/apigateway/latest/api/patch-operations.html#UpdateMethodResponse-Patch */
export const METHOD_RESPONSE_PATCHES: PatchTable = {
  properties: {},
  maps: { responseModels: asText, responseParameters: asFlag },
  lists: [],
};

/** Source: https://docs.aws.amazon.com/apigateway/latest/api/patch-operations.html#UpdateModel-Patch */
export const MODEL_PATCHES: PatchTable = { properties: { description: asText, schema: asText }, maps: {}, lists: [] };

/** One operation of an update of a part of an API. */
export function patchPart(table: PatchTable) {
  return (part: JsonObject, operation: PatchOperation): JsonObject => {
    const { op, path, value = "" } = operation;
    const [, name = "", pointer] = /^\/([^/]+)(?:\/(.+))?$/.exec(path) ?? [];
    const key = pointer === undefined ? undefined : unescapePointer(pointer);
    const property = table.properties[name];
    if (property && key === undefined) return withValue(part, name, op === "remove" ? undefined : property(value));
    const ofMap = table.maps[name];
    if (ofMap && key !== undefined) {
      const map = withValue(objectOr(part[name]), key, op === "remove" ? undefined : ofMap(value));
      return { ...part, [name]: map };
    }
    if (table.lists.includes(name)) {
      const item = key ?? value;
      const others = texts(part[name]).filter((other) => other !== item);
      return { ...part, [name]: op === "remove" ? others : [...others, item] };
    }
    throw badRequest(`Invalid patch path '${path}' specified for op '${op}'`);
  };
}

function withValue(object: JsonObject, key: string, value: Json | undefined): JsonObject {
  const { [key]: _, ...rest } = object;
  return value === undefined ? rest : { ...rest, [key]: value };
}
