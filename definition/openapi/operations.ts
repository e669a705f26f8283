import type { JsonObject } from "../json";
import { isObject, objectAt } from "../json-access";
import type { HttpMethod } from "../method";
import { VERBS } from "./verbs";

/** An operation and where it stands. */
export interface PlacedOperation {
  readonly resourcePath: string;
  readonly httpMethod: HttpMethod;
  readonly pathItem: JsonObject;
  readonly operation: JsonObject;
}

/** All operations of a document, in its order. */
export function operationsOf(document: JsonObject): readonly PlacedOperation[] {
  return Object.entries(objectAt(document.paths)).flatMap(([resourcePath, item]) => {
    const pathItem = objectAt(item);
    return [...VERBS].flatMap(([key, httpMethod]) => {
      const operation = pathItem[key];
      return isObject(operation) ? [{ resourcePath, httpMethod, pathItem, operation }] : [];
    });
  });
}
