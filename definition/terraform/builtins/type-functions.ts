import type { Json } from "../../json";
import { isList, isObject } from "../../json-access";
import { toSet } from "./collection-functions";
import {
  booleanOf,
  changing,
  type FunctionTable,
  keeping,
  listOf,
  numberOf,
  objectOf,
  textOf,
} from "./terraform-function";

const unlessNull =
  (convert: (value: Json) => Json) =>
  ([value = null]: readonly Json[]): Json =>
    value === null ? null : convert(value);

/** Conversions. `try` and `can` do not evaluate their arguments first, so `evaluateNode` knows them itself. */
export const TYPE_FUNCTIONS: FunctionTable = {
  tostring: keeping(unlessNull(textOf)),
  tonumber: changing(unlessNull(numberOf)),
  tobool: changing(unlessNull(booleanOf)),
  tolist: keeping(unlessNull((value) => sameType(listOf(value)))),
  toset: changing(unlessNull((value) => toSet(sameType(listOf(value))))),
  tomap: keeping(unlessNull((value) => mapOf(value))),
  sensitive: keeping(([value]) => value),
  nonsensitive: keeping(([value]) => value),
  issensitive: changing(() => false),
  ephemeralasnull: keeping(([value]) => value),
};

/** All members of a list have one type: numbers and booleans beside texts become texts. */
function sameType(values: readonly Json[]): readonly Json[] {
  const types = new Set(values.filter((value) => value !== null).map((value) => typeof value));
  const isMixed = types.size > 1 && !values.some((value) => isList(value) || isObject(value));
  return isMixed ? values.map((value) => (value === null ? null : textOf(value))) : values;
}

function mapOf(value: Json): Json {
  const map = objectOf(value);
  const values = sameType(Object.values(map));
  return Object.fromEntries(Object.keys(map).map((key, index) => [key, values[index] ?? null]));
}
