import type { Json } from "./json";
import { isList } from "./json-access";

/** The one JSON text of a value: keys sorted by UTF-16 code unit, no white space. Equal values give equal texts. */
export function canonicalJson(value: Json): string {
  if (isList(value)) return `[${value.map(canonicalJson).join(",")}]`;
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  // Written by hand because JSON.stringify moves integer-like keys to the front, whatever the order of insertion.
  const members = Object.entries(value)
    .sort(([left], [right]) => compareCodeUnits(left, right))
    .map(([key, member]) => `${JSON.stringify(key)}:${canonicalJson(member)}`);
  return `{${members.join(",")}}`;
}

/** Order that does not depend on a locale: by UTF-16 code unit. */
export function compareCodeUnits(left: string, right: string): number {
  return left < right ? -1 : Number(left > right);
}
