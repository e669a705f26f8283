import { ConfigurationError } from "../../../definition/configuration-error";
import type { Json } from "../../../definition/json";

/**
 * A value of the program as JSON; members that are undefined are left out.
 *
 * @throws ConfigurationError `API_DEFINITION_INVALID` for what JSON cannot hold, with its path
 */
export function toJson(value: unknown, place: string, path = "$"): Json {
  if (value === null || typeof value === "string" || typeof value === "boolean") return value;
  if (typeof value === "number" && Number.isFinite(value)) return value;
  if (Array.isArray(value)) return value.map((item: unknown, index) => toJson(item, place, `${path}[${index}]`));
  if (typeof value === "object" && isPlain(value)) {
    const members = Object.entries(value).filter(([, member]) => member !== undefined);
    return Object.fromEntries(members.map(([key, member]) => [key, toJson(member, place, `${path}.${key}`)]));
  }
  throw new ConfigurationError(
    "API_DEFINITION_INVALID",
    place,
    `${path} of the document is ${describe(value)}, which JSON cannot hold`,
    "use texts, numbers, booleans, lists and plain objects",
  );
}

function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

function describe(value: unknown): string {
  return typeof value === "object" ? `a ${value?.constructor.name}` : `the ${typeof value} ${String(value)}`;
}
