import type { Json, JsonObject } from "../json";

/** An object without the members that are absent, empty lists or empty objects: what a document leaves out. */
export function compact(members: Readonly<Record<string, Json | undefined>>): JsonObject {
  return Object.fromEntries(Object.entries(members).filter((member): member is [string, Json] => !isBlank(member[1])));
}

/** The same keys with other values. */
export function mapValues<From, To>(
  record: Readonly<Record<string, From>>,
  transform: (value: From, key: string) => To,
): Record<string, To> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, transform(value, key)]));
}

function isBlank(value: Json | undefined): boolean {
  if (value === undefined) return true;
  return value !== null && typeof value === "object" && Object.keys(value).length === 0;
}
