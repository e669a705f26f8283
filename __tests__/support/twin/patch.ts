import type { Json } from "../../../definition/json";
import { badRequest } from "./http";
import { isObject } from "./json-values";

/** One step of an update. Source: https://docs.aws.amazon.com/apigateway/latest/api/API_PatchOperation.html */
export interface PatchOperation {
  readonly op: "add" | "remove" | "replace" | "copy";
  readonly path: string;
  readonly value?: string;
  readonly from?: string;
}

/** The operations of a PATCH body. */
export function patchOperations(value: Json | undefined): readonly PatchOperation[] {
  if (!Array.isArray(value)) throw badRequest("Invalid patch operations");
  return value.map((item: Json) => {
    if (!isObject(item) || typeof item.path !== "string") throw badRequest("Invalid patch path");
    const { op, path, value: text, from } = item;
    if (op !== "add" && op !== "remove" && op !== "replace" && op !== "copy") {
      throw badRequest(`Invalid patch operation specified. Must be one of: [add, remove, replace, copy]`);
    }
    return { op, path, ...(typeof text === "string" && { value: text }), ...(typeof from === "string" && { from }) };
  });
}

/** The record with one entry set, or taken away when there is no value. */
export function withEntry<T>(
  record: Readonly<Record<string, T>>,
  key: string,
  value: T | undefined,
): Record<string, T> {
  const { [key]: _, ...rest } = record;
  return value === undefined ? rest : { ...rest, [key]: value };
}

/** `~1` and `~0` of a JSON pointer turned back. */
export function unescapePointer(segment: string): string {
  return segment.replaceAll("~1", "/").replaceAll("~0", "~");
}
