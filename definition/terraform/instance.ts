import type { Json } from "../json";
import { isList, isObject } from "../json-access";
import { unknownsIn } from "../unknown";
import { keysOf, toSet } from "./builtins/collection-functions";

/** One of the things that a block with `count` or `for_each` stands for; a block without them stands for one without a key. */
export interface Instance {
  readonly key?: string | number;
  /** `each.value` */
  readonly value?: Json;
}

/** A block that stands for itself. */
export const SINGLE: Instance = {};

/** `[0]`, `["key"]`, or nothing. */
export function instanceSuffix({ key }: Instance): string {
  return key === undefined ? "" : `[${JSON.stringify(key)}]`;
}

/** Instances of an evaluated `count`; absent if it is no number. */
export function countedInstances(count: Json): readonly Instance[] | undefined {
  const number = typeof count === "string" && count !== "" ? Number(count) : count;
  if (typeof number !== "number" || !Number.isInteger(number) || number < 0) return undefined;
  return Array.from({ length: number }, (_, key) => ({ key }));
}

/** Instances of an evaluated `for_each`, a map or a set of texts; absent if its keys are not known. */
export function eachInstances(forEach: Json): readonly Instance[] | undefined {
  if (isObject(forEach)) return keysOf(forEach).map((key) => ({ key, value: forEach[key] ?? null }));
  if (!isList(forEach)) return undefined;
  const keys = forEach.filter((key): key is string => typeof key === "string" && unknownsIn(key).length === 0);
  return keys.length < forEach.length ? undefined : toSet(keys).map((key) => ({ key: String(key), value: key }));
}
