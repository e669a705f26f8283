import type { Json, JsonObject } from "../json";
import { isList, isObject, objectAt } from "../json-access";

/** Blocks as Terraform JSON has them: one object, or a list of objects. */
export function blocksOf(value: Json | undefined): readonly JsonObject[] {
  return isList(value) ? value.map(objectAt) : isObject(value) ? [value] : [];
}

/** The block that occurs once. */
export function firstBlock(value: Json | undefined): JsonObject {
  return blocksOf(value)[0] ?? {};
}
