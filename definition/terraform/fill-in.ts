import type { Json } from "../json";
import { isList, isObject } from "../json-access";

/** A value that is known in parts, with the other parts from elsewhere. */
export function fillIn(known: Json, other: Json): Json {
  if (known === null) return other;
  if (isList(known)) {
    const others = isList(other) ? other : isObject(other) ? [other] : [];
    return known.map((item, index) =>
      fillIn(item, others.find((candidate) => agrees(item, candidate)) ?? others[index] ?? null),
    );
  }
  if (!isObject(known)) return known;
  const others = isList(other) && isObject(other[0]) ? other[0] : other;
  if (!isObject(others)) return known;
  return {
    ...others,
    ...Object.fromEntries(Object.entries(known).map(([key, member]) => [key, fillIn(member, others[key] ?? null)])),
  };
}

/** Members of a set have no fixed order: those belong together that have the same texts and numbers. */
function agrees(known: Json, other: Json): boolean {
  if (!isObject(known) || !isObject(other)) return false;
  const comparable = Object.entries(known).filter(
    ([key, value]) => typeof value !== "object" && typeof other[key] === typeof value,
  );
  return comparable.length > 0 && comparable.every(([key, value]) => other[key] === value);
}
