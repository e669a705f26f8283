import type { Json, JsonObject } from "../../../definition/json";

/** Is this JSON value an object? */
export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The value if it is an object, else an empty one. */
export function objectOr(value: Json | undefined): JsonObject {
  return isObject(value) ? value : {};
}

/** The value if it is a string. */
export function text(value: Json | undefined): string | undefined {
  return typeof value === "string" ? value : undefined;
}

/** The strings of a list. */
export function texts(value: Json | undefined): string[] {
  return Array.isArray(value) ? value.filter((item: Json) => typeof item === "string") : [];
}

/** A map of strings; other values are left out. */
export function textMap(value: Json | undefined): Record<string, string> {
  const entries = Object.entries(objectOr(value));
  return Object.fromEntries(entries.filter((entry): entry is [string, string] => typeof entry[1] === "string"));
}

/** The object without keys whose value is undefined. */
export function withoutUndefined(value: Readonly<Record<string, unknown>>): JsonObject {
  return Object.fromEntries(Object.entries(value).filter((entry): entry is [string, Json] => entry[1] !== undefined));
}
