import { javaRegExp, matchesWhole, replaceFound } from "../patterns/java-regexp";
import { matchUserPattern } from "../patterns/user-pattern";
import { assertLength } from "./limits";
import { LiteralNumber } from "./literal-number";
import { equal } from "./operators";
import {
  entry,
  isRecord,
  javaList,
  printed,
  putEntry,
  TemplateObject,
  type TemplateRecord,
  type TemplateValue,
} from "./values";

type Method<Receiver> = (receiver: Receiver, ...args: TemplateValue[]) => TemplateValue;
type Methods<Receiver> = Readonly<Record<string, Method<Receiver>>>;

const text = printed;
const whole = (value: TemplateValue): number => Math.trunc(Number(value));

const OF_EVERYTHING: Methods<TemplateValue> = {
  toString: (value: TemplateValue) => printed(value),
  equals: (value: TemplateValue, other: TemplateValue) => equal(value, other),
};

const OF_STRINGS: Methods<string> = {
  length: (value) => value.length,
  isEmpty: (value) => value === "",
  equalsIgnoreCase: (value, other) => value.toLowerCase() === text(other).toLowerCase(),
  contains: (value, part) => value.includes(text(part)),
  startsWith: (value, part, from) => value.startsWith(text(part), from === undefined ? 0 : whole(from)),
  endsWith: (value, part) => value.endsWith(text(part)),
  indexOf: (value, part, from) => value.indexOf(text(part), from === undefined ? 0 : whole(from)),
  lastIndexOf: (value, part) => value.lastIndexOf(text(part)),
  substring: (value, from, to) => value.substring(...bounds(value.length, from, to)),
  charAt: (value, index) => value.charAt(position(value.length, index)),
  toLowerCase: (value) => value.toLowerCase(),
  toUpperCase: (value) => value.toUpperCase(),
  trim: (value) => value.trim(),
  concat: (value, other) => value + text(other),
  compareTo: (value, other) => (value === text(other) ? 0 : value < text(other) ? -1 : 1),
  replace: (value, from, to) => joined(value.split(text(from)), text(to)),
  replaceAll: (value, pattern, to) => replaced(value, text(pattern), text(to), "g"),
  replaceFirst: (value, pattern, to) => replaced(value, text(pattern), text(to), ""),
  matches: (value, pattern) => matchesWhole(text(pattern), value),
  split: (value, pattern) => {
    const separator = javaRegExp(text(pattern));
    const parts = matchUserPattern(text(pattern), value, () => value.split(separator));
    while (parts.length > 1 && parts.at(-1) === "") parts.pop();
    return javaList(parts);
  },
};

const OF_LISTS: Methods<TemplateValue[]> = {
  size: (list) => list.length,
  isEmpty: (list) => list.length === 0,
  get: (list, index) => list[position(list.length, index)],
  contains: (list, value) => list.some((candidate) => equal(candidate, value)),
  indexOf: (list, value) => list.findIndex((candidate) => equal(candidate, value)),
  add: (list, value) => list.push(value) > 0,
  addAll: (list, values) => Array.isArray(values) && list.push(...values) > 0,
  set: (list, index, value) => list.splice(position(list.length, index), 1, value)[0],
  // Java tells positions from items by their type.
  remove: (list, item) => {
    if (typeof item === "number") return list.splice(position(list.length, item), 1)[0];
    const at = list.findIndex((candidate) => equal(candidate, item));
    if (at >= 0) list.splice(at, 1);
    return at >= 0;
  },
  subList: (list, from, to) => javaList(list.slice(...bounds(list.length, from, to))),
  lastIndexOf: (list, value) => list.findLastIndex((candidate) => equal(candidate, value)),
  containsAll: (list, values) =>
    Array.isArray(values) && values.every((value) => list.some((candidate) => equal(candidate, value))),
  clear: (list) => {
    list.length = 0;
    return null;
  },
};

const OF_MAPS: Methods<TemplateRecord> = {
  size: (map) => Object.keys(map).length,
  isEmpty: (map) => Object.keys(map).length === 0,
  get: (map, key) => entry(map, text(key)),
  getOrDefault: (map, key, otherwise) => entry(map, text(key)) ?? otherwise,
  containsKey: (map, key) => Object.hasOwn(map, text(key)),
  containsValue: (map, value) => Object.values(map).some((candidate) => equal(candidate, value)),
  keySet: (map) => javaList(Object.keys(map)),
  values: (map) => javaList(Object.values(map)),
  entrySet: (map) =>
    javaList(
      Object.entries(map).map(
        ([key, value]) => new TemplateObject({ getKey: () => key, getValue: () => value }, { key, value }),
      ),
    ),
  put: (map, key, value) => {
    const previous = entry(map, text(key));
    putEntry(map, text(key), value);
    return previous;
  },
  putIfAbsent: (map, key, value) => {
    const previous = entry(map, text(key));
    if (previous === undefined || previous === null) putEntry(map, text(key), value);
    return previous;
  },
  putAll: (map, other) => {
    if (isRecord(other)) for (const [key, value] of Object.entries(other)) putEntry(map, key, value);
    return null;
  },
  remove: (map, key) => {
    const previous = entry(map, text(key));
    delete map[text(key)];
    return previous;
  },
};

const OF_NUMBERS: Methods<number> = {
  intValue: whole,
  longValue: whole,
  doubleValue: (value) => value,
  // Java calls static methods of a number's class on the number: the customary way to read one from a text.
  parseInt: (_, digits) => numberIn(digits, /^[+-]?\d+$/),
  parseLong: (_, digits) => numberIn(digits, /^[+-]?\d+$/),
  parseDouble: (_, digits) => numberIn(digits, /^[+-]?\d+(?:\.\d*)?(?:[eE][+-]?\d+)?$/),
  compareTo: (value, other) => Math.sign(value - Number(other)),
};

function joined(parts: readonly string[], separator: string): string {
  assertLength(parts.length * separator.length);
  return parts.join(separator);
}

function replaced(value: string, pattern: string, replacement: string, flags: string): string {
  const expression = javaRegExp(pattern, flags);
  return matchUserPattern(pattern, value, () => replaceFound(value, expression, replacement));
}

/** @throws Error for an index that Java would not take either */
function position(length: number, index: TemplateValue): number {
  const at = whole(index);
  if (!(at >= 0 && at < length)) throw new Error(`index ${printed(index)} out of bounds for length ${length}`);
  return at;
}

/** @throws Error for a part that Java would not take either */
function bounds(length: number, from: TemplateValue, to: TemplateValue): [start: number, end: number] {
  const [start, end] = [whole(from), to === undefined ? length : whole(to)];
  if (!(start >= 0 && start <= end && end <= length)) {
    throw new Error(`begin ${start}, end ${end}, length ${length}`);
  }
  return [start, end];
}

/** A text that is no number makes Java throw. */
function numberIn(value: TemplateValue, form: RegExp): number {
  const digits = text(value);
  if (!form.test(digits)) throw new Error(`"${digits}" is no number`);
  return Number(digits);
}

/** Calls a method the way the Java objects behind a template would. What does not exist has no value. */
export function callMethod(receiver: TemplateValue, name: string, args: readonly TemplateValue[]): TemplateValue {
  if (receiver instanceof TemplateObject) return find(receiver.methods, name)?.(...args);
  if (receiver === null || receiver === undefined) return undefined;
  return ownMethod(receiver, name, args) ?? find(OF_EVERYTHING, name)?.(receiver, ...args);
}

function ownMethod(receiver: TemplateValue, name: string, args: readonly TemplateValue[]): TemplateValue {
  if (typeof receiver === "string") return find(OF_STRINGS, name)?.(receiver, ...args);
  if (typeof receiver === "number" || receiver instanceof LiteralNumber)
    return find(OF_NUMBERS, name)?.(Number(receiver), ...args);
  if (Array.isArray(receiver)) return find(OF_LISTS, name)?.(receiver, ...args);
  if (isRecord(receiver)) return find(OF_MAPS, name)?.(receiver, ...args);
  return undefined;
}

function find<T>(table: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(table, name) ? table[name] : undefined;
}
