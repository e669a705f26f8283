import type { Json, JsonObject } from "./json";

/** The object, or an empty one for anything else. */
export function objectAt(value: Json | undefined): JsonObject {
  return isObject(value) ? value : {};
}

/** The list, or an empty one for anything else. */
export function listAt(value: Json | undefined): readonly Json[] {
  return isList(value) ? value : [];
}

/** The text; numbers and booleans as JSON writes them; absent for anything else. */
export function textAt(value: Json | undefined): string | undefined {
  if (typeof value === "string") return value;
  return typeof value === "number" || typeof value === "boolean" ? String(value) : undefined;
}

/** The number, also where it is written as text; absent for anything else. */
export function numberAt(value: Json | undefined): number | undefined {
  const number = typeof value === "string" && value.trim() !== "" ? Number(value) : value;
  return typeof number === "number" && !Number.isNaN(number) ? number : undefined;
}

/** The boolean, also where it is written as text; absent for anything else. */
export function booleanAt(value: Json | undefined): boolean | undefined {
  if (typeof value === "boolean") return value;
  return value === "true" || value === "false" ? value === "true" : undefined;
}

/** The texts of a list. */
export function textsAt(value: Json | undefined): readonly string[] {
  return listAt(value).flatMap((item) => textAt(item) ?? []);
}

/** The members of an object that are texts. */
export function textRecordAt(value: Json | undefined): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(objectAt(value)).flatMap(([key, member]) => {
      const text = textAt(member);
      return text === undefined ? [] : [[key, text]];
    }),
  );
}

/** True for JSON objects, false for lists and null. */
export function isObject(value: Json | undefined): value is JsonObject {
  return value !== null && typeof value === "object" && !Array.isArray(value);
}

/** True for objects of whatever is inside, as `JSON.parse` or a function gives them. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return value !== null && typeof value === "object" && !Array.isArray(value);
}

/** True for JSON lists. */
export function isList(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value);
}
