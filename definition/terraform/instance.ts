import type { Json } from "../json";
import { isList, isObject } from "../json-access";
import { markUnknown, unknownsIn } from "../unknown";
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

/** Which instances there are is known; what `each.value` is for them stands in the configuration, as far as that is known. */
export function withValues(
  known: readonly Instance[],
  declared: () => readonly Instance[] | undefined,
): readonly Instance[] {
  if (!known.some(({ key }) => typeof key === "string")) return known;
  const values = new Map((declared() ?? []).map(({ key, value }) => [key, value]));
  return known.map((instance) => {
    const value = values.get(instance.key);
    return value === undefined ? instance : { ...instance, value };
  });
}

/** What multiplies a block. */
export type Multiplier = "count" | "for_each" | undefined;

/** All instances of a block as one value: itself, a list by `count`, or an object by `for_each`. */
export function collected<Part extends { readonly instance: Instance }>(
  multiplier: Multiplier,
  parts: readonly Part[],
  value: (part: Part) => Json,
): Json | undefined {
  const [first] = parts;
  const isKeyed = first === undefined ? multiplier !== undefined : first.instance.key !== undefined;
  if (!isKeyed) return first && value(first);
  const byText = first === undefined ? multiplier === "for_each" : typeof first.instance.key === "string";
  if (!byText) return parts.map(value);
  return Object.fromEntries(parts.map((part) => [String(part.instance.key), value(part)]));
}

/** Value of `each.key`, `each.value` or `count.index`. */
export function instanceValue({ key, value }: Instance, address: string): Json {
  if (key === undefined) return markUnknown({ address, attribute: "" });
  if (address === "each.value") return value ?? markUnknown({ address, attribute: "" });
  return key;
}
