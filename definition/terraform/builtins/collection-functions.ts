import { canonicalJson, compareCodeUnits } from "../../canonical-json";
import type { Json, JsonObject } from "../../json";
import { isList, isObject, textAt } from "../../json-access";
import { graphemes } from "./graphemes";
import {
  changing,
  type FunctionTable,
  InvalidExpression,
  keeping,
  listOf,
  numberOf,
  objectOf,
  textOf,
} from "./terraform-function";

/** Lists, sets, maps and objects. Source: https://developer.hashicorp.com/terraform/language/functions/concat */
export const COLLECTION_FUNCTIONS: FunctionTable = {
  chunklist: changing(([list, size]) => chunks(listOf(list), numberOf(size))),
  coalesce: keeping((args) => first(args, (value) => value !== null && value !== "")),
  coalescelist: changing((args) => first(args, (value) => isList(value) && value.length > 0)),
  compact: changing(([list]) => listOf(list).filter((value) => value !== null && value !== "")),
  concat: keeping((lists) => lists.flatMap(listOf)),
  contains: changing(([list, value]) => listOf(list).some((item) => isSame(item, value ?? null))),
  distinct: changing(([list]) => distinct(listOf(list))),
  element: keeping(([list, index]) => element(listOf(list), numberOf(index))),
  flatten: keeping(([list]) => flat(listOf(list))),
  index: changing(([list, value]) => indexOf(listOf(list), value ?? null)),
  keys: keeping(([map]) => keysOf(objectOf(map))),
  length: changing(([value]) => lengthOf(value ?? null)),
  lookup: keeping(([map, key, ...fallback]) => lookup(objectOf(map), textOf(key), fallback)),
  matchkeys: changing(([values, keys, searched]) =>
    listOf(values).filter((_, index) => listOf(searched).some((key) => isSame(key, listOf(keys)[index] ?? null))),
  ),
  merge: keeping((maps) => Object.assign({}, ...maps.filter((map) => map !== null).map(objectOf))),
  one: keeping(([list]) => only(listOf(list))),
  range: changing((args) => range(args.map(numberOf))),
  reverse: keeping(([list]) => [...listOf(list)].reverse()),
  setintersection: changing(([head, ...sets]) =>
    toSet(listOf(head).filter((value) => sets.every((set) => listOf(set).some((item) => isSame(item, value))))),
  ),
  setproduct: keeping((sets) =>
    sets.reduce<Json[][]>((rows, set) => rows.flatMap((row) => listOf(set).map((value) => [...row, value])), [[]]),
  ),
  setsubtract: changing(([from, set]) =>
    toSet(listOf(from).filter((value) => !listOf(set).some((item) => isSame(item, value)))),
  ),
  setunion: changing((sets) => toSet(sets.flatMap(listOf))),
  slice: keeping(([list, start, end]) => slice(listOf(list), numberOf(start), numberOf(end))),
  sort: changing(([list]) => listOf(list).map(textOf).sort(compareCodePoints)),
  transpose: changing(([map]) => transpose(objectOf(map))),
  values: keeping(([map]) => keysOf(objectOf(map)).map((key) => objectOf(map)[key] ?? null)),
  zipmap: keeping(([keys, values]) => zip(listOf(keys).map(textOf), listOf(values))),
};

/** Keys in the order in which Terraform goes through a map. */
export function keysOf(map: JsonObject): readonly string[] {
  return Object.keys(map).sort(compareCodePoints);
}

/** A set: each value once, in Terraform's order. */
export function toSet(values: readonly Json[]): readonly Json[] {
  const all = distinct(values);
  if (all.every((value) => typeof value === "number"))
    return [...all].sort((left, right) => Number(left) - Number(right));
  if (!all.every((value) => textAt(value) !== undefined)) return all;
  return all.map(textOf).sort(compareCodePoints);
}

/** Terraform compares texts by their UTF-8 bytes. */
function compareCodePoints(left: string, right: string): number {
  return Buffer.compare(Buffer.from(left), Buffer.from(right)) || compareCodeUnits(left, right);
}

function flat(list: readonly Json[]): readonly Json[] {
  return list.flatMap((item) => (isList(item) ? flat(item) : [item]));
}

function isSame(left: Json, right: Json): boolean {
  return canonicalJson(left) === canonicalJson(right);
}

function distinct(values: readonly Json[]): readonly Json[] {
  return [...new Map(values.map((value) => [canonicalJson(value), value])).values()];
}

function first(args: readonly Json[], isGood: (value: Json) => boolean): Json {
  const found = args.find(isGood);
  if (found === undefined) throw new InvalidExpression("no argument has a value");
  return found;
}

function element(list: readonly Json[], index: number): Json {
  if (list.length === 0) throw new InvalidExpression("the list is empty");
  const position = index % list.length;
  return list[position < 0 ? position + list.length : position] ?? null;
}

function indexOf(list: readonly Json[], value: Json): number {
  const index = list.findIndex((item) => isSame(item, value));
  if (index < 0) throw new InvalidExpression("the list does not hold the value");
  return index;
}

function lengthOf(value: Json): number {
  if (typeof value === "string") return graphemes(value).length;
  return isList(value) ? value.length : Object.keys(objectOf(value)).length;
}

function lookup(map: JsonObject, key: string, [fallback]: readonly Json[]): Json {
  const value = Object.hasOwn(map, key) ? map[key] : fallback;
  if (value === undefined) throw new InvalidExpression(`there is no ${key}`);
  return value;
}

function only(list: readonly Json[]): Json {
  if (list.length > 1) throw new InvalidExpression("the list has more than one value");
  return list[0] ?? null;
}

function range(bounds: readonly number[]): readonly number[] {
  const [start, end] = bounds.length === 1 ? [0, bounds[0]] : bounds;
  if (start === undefined || end === undefined) throw new InvalidExpression("range has one to three arguments");
  const step = bounds[2] ?? (end < start ? -1 : 1);
  const count = Math.ceil((end - start) / step);
  if (step === 0 || count > 1024) throw new InvalidExpression("range has at most 1024 values");
  return Array.from({ length: Math.max(count, 0) }, (_, index) => start + index * step);
}

function slice(list: readonly Json[], start: number, end: number): readonly Json[] {
  if (start < 0 || end > list.length || start > end) throw new InvalidExpression("the list is not that long");
  return list.slice(start, end);
}

function chunks(list: readonly Json[], size: number): readonly Json[] {
  if (size === 0) return [list];
  return Array.from({ length: Math.ceil(list.length / size) }, (_, index) =>
    list.slice(index * size, (index + 1) * size),
  );
}

function transpose(map: JsonObject): JsonObject {
  const pairs = keysOf(map).flatMap((key) => listOf(map[key]).map((value) => [textOf(value), key] as const));
  return Object.fromEntries(
    toSet(pairs.map(([value]) => value)).map((value) => [
      textOf(value),
      pairs.filter(([other]) => other === value).map(([, key]) => key),
    ]),
  );
}

function zip(keys: readonly string[], values: readonly Json[]): JsonObject {
  if (keys.length !== values.length) throw new InvalidExpression("there are not as many keys as values");
  return Object.fromEntries(keys.map((key, index) => [key, values[index] ?? null]));
}

/** Members of a collection as `for` goes through them. @throws InvalidExpression */
export function entriesOf(value: Json): readonly (readonly [key: string | number, value: Json])[] {
  if (isList(value)) return value.map((item, index) => [index, item] as const);
  if (!isObject(value)) throw new InvalidExpression(`${JSON.stringify(value)} is no collection`);
  return keysOf(value).map((key) => [key, value[key] ?? null] as const);
}
