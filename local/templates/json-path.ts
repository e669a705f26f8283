import { parseFilter } from "./json-path-filter";
import { LiteralNumber } from "./literal-number";
import { TextCursor } from "./text-cursor";
import { entry, isRecord, type TemplateValue } from "./values";

/** A path such as `$..*..*` could visit more values than there is time and memory for. */
const MAX_VISITS = 1_000_000;

/** What one evaluation has at hand. */
export interface PathScope {
  readonly root: TemplateValue;
  /** Counts values. @throws Error when there are too many */
  visit(count: number): void;
}

type Select = (value: TemplateValue, scope: PathScope) => TemplateValue[];

interface Segment {
  readonly select: Select;
  /** Finds one value at most. */
  readonly isDefinite: boolean;
}

/** A path that is parsed. */
export interface JsonPath {
  readonly segments: readonly Segment[];
  /** Applied to what the path finds. */
  readonly function?: (found: TemplateValue) => TemplateValue;
  /** Finds one value at most; others give a list. */
  readonly isDefinite: boolean;
}

/** Functions at the end of a path, as Jayway's JSONPath has them. */
const FUNCTIONS: Readonly<Record<string, (found: TemplateValue) => TemplateValue>> = {
  length: (found) => (Array.isArray(found) || typeof found === "string" ? found.length : undefined),
  size: (found) => (Array.isArray(found) ? found.length : undefined),
  keys: (found) => (isRecord(found) ? Object.keys(found) : undefined),
  first: (found) => (Array.isArray(found) ? found[0] : undefined),
  last: (found) => (Array.isArray(found) ? found.at(-1) : undefined),
  min: ofNumbers((numbers) => numbers.reduce((least, each) => Math.min(least, each))),
  max: ofNumbers((numbers) => numbers.reduce((most, each) => Math.max(most, each))),
  sum: ofNumbers((numbers) => numbers.reduce((sum, each) => sum + each, 0)),
  avg: ofNumbers((numbers) => numbers.reduce((sum, each) => sum + each, 0) / numbers.length),
};

/**
 * Evaluates a JSONPath expression of Jayway's dialect, which API Gateway takes. It reads nothing but own members of the
 * payload and runs no code.
 * Source: https://github.com/json-path/JsonPath
 *
 * @returns the value, a list for an expression that may find several, or undefined
 * @throws Error when the expression cannot be parsed, or visits too many values
 */
export function findByJsonPath(path: string, json: TemplateValue): TemplateValue {
  let visits = 0;
  const visit = (count: number) => {
    visits += count;
    if (visits > MAX_VISITS) throw new Error(`the JSONPath ${path} visits more than ${MAX_VISITS} values`);
  };
  return evaluate(parseJsonPath(path), json, { root: json, visit });
}

/** Evaluates a parsed path, from a value on. */
export function evaluate(path: JsonPath, start: TemplateValue, scope: PathScope): TemplateValue {
  let found: TemplateValue[] = [start];
  for (const { select } of path.segments) {
    const next: TemplateValue[] = [];
    for (const value of found) for (const each of select(value, scope)) next.push(each);
    found = next;
  }
  const result = path.isDefinite ? found[0] : found;
  return path.function ? path.function(result) : result;
}

/** Reads a whole text as a path; `$.` in front may be left out. */
function parseJsonPath(text: string): JsonPath {
  const trimmed = text.trim();
  const cursor = new TextCursor(trimmed.startsWith("$") ? trimmed : `$.${trimmed}`);
  cursor.demand(/\$/y);
  const path = parseSegments(cursor);
  return cursor.hasEnded ? path : cursor.fail();
}

/** Reads what follows `$` or `@`, as far as it is a path. */
export function parseSegments(cursor: TextCursor): JsonPath {
  const segments: Segment[] = [];
  for (;;) {
    const [, name] = cursor.take(/\.(\w+)\(\s*\)/y) ?? [];
    if (name !== undefined) {
      const apply = Object.hasOwn(FUNCTIONS, name) ? FUNCTIONS[name] : undefined;
      return { segments, isDefinite: segments.every(({ isDefinite }) => isDefinite), function: apply ?? cursor.fail() };
    }
    const isDescent = cursor.take(/\.\./y) !== undefined;
    const segment = parseSegment(cursor, isDescent);
    if (!segment) return { segments, isDefinite: segments.every(({ isDefinite }) => isDefinite) };
    segments.push(isDescent ? descending(segment) : segment);
  }
}

function parseSegment(cursor: TextCursor, isDescent: boolean): Segment | undefined {
  if (cursor.take(/\[\s*/y)) return parseBrackets(cursor);
  if (!isDescent && !cursor.take(/\./y)) return undefined;
  if (cursor.take(/\*/y)) return EACH;
  const [name] = cursor.demand(/[^\s.[\]()*,=<>!&|]+/y);
  return member(name);
}

function parseBrackets(cursor: TextCursor): Segment {
  if (cursor.take(/\?\s*\(/y)) {
    const holds = parseFilter(cursor);
    cursor.demand(/\s*\)\s*\]/y);
    const select: Select = (value, scope) => {
      const candidates = Array.isArray(value) ? value : isRecord(value) ? [value] : [];
      return candidates.filter((candidate) => {
        scope.visit(1);
        return holds(candidate, scope);
      });
    };
    return { select, isDefinite: false };
  }
  if (cursor.take(/\*\s*\]/y)) return EACH;
  const [slice, from = "", to = "", step = ""] = cursor.take(/(-?\d*)\s*:\s*(-?\d*)\s*(?::\s*(-?\d*))?\s*\]/y) ?? [];
  if (slice !== undefined) return sliced(from, to, step);
  const parts: Segment[] = [];
  do parts.push(parseSubscript(cursor));
  while (cursor.take(/\s*,\s*/y));
  cursor.demand(/\s*\]/y);
  const [only] = parts;
  if (parts.length === 1 && only) return only;
  return { select: (value, scope) => parts.flatMap(({ select }) => select(value, scope)), isDefinite: false };
}

function parseSubscript(cursor: TextCursor): Segment {
  const [, index] = cursor.take(/(-?\d+)/y) ?? [];
  if (index !== undefined) return element(Number(index));
  const [quoted] = cursor.demand(/'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"/sy);
  return member(unquoted(quoted));
}

/** The text between quotes; a backslash makes the next character plain. */
export function unquoted(quoted: string): string {
  return quoted.slice(1, -1).replace(/\\(.)/gs, "$1");
}

function member(name: string): Segment {
  const select: Select = (value, scope) => {
    scope.visit(1);
    return isRecord(value) && Object.hasOwn(value, name) ? [entry(value, name)] : [];
  };
  return { select, isDefinite: true };
}

function element(index: number): Segment {
  const select: Select = (value, scope) => {
    scope.visit(1);
    const at = Array.isArray(value) && index < 0 ? value.length + index : index;
    return Array.isArray(value) && at >= 0 && at < value.length ? [value[at]] : [];
  };
  return { select, isDefinite: true };
}

const EACH: Segment = { select: (value, scope) => children(value, scope), isDefinite: false };

function sliced(from: string, to: string, step: string): Segment {
  const stride = Math.max(1, Number(step || "1"));
  const select: Select = (value, scope) => {
    const items = Array.isArray(value) ? value : [];
    const part = items.slice(from === "" ? 0 : Number(from), to === "" ? items.length : Number(to));
    return part.filter((_, index) => {
      scope.visit(1);
      return index % stride === 0;
    });
  };
  return { select, isDefinite: false };
}

/** Applies a segment to a value and to all below it. */
function descending({ select }: Segment): Segment {
  const all: Select = (value, scope) => {
    const found: TemplateValue[] = [];
    const open: TemplateValue[] = [value];
    while (open.length > 0) {
      const next = open.pop();
      for (const each of select(next, scope)) found.push(each);
      const below = children(next, scope);
      for (let index = below.length - 1; index >= 0; index--) open.push(below[index]);
    }
    return found;
  };
  return { select: all, isDefinite: false };
}

function children(value: TemplateValue, scope: PathScope): TemplateValue[] {
  const items = Array.isArray(value) ? value : isRecord(value) ? Object.values(value) : [];
  scope.visit(items.length);
  return items;
}

function ofNumbers(calculate: (numbers: readonly number[]) => number): (found: TemplateValue) => TemplateValue {
  return (found) => {
    const values = Array.isArray(found) ? found : [];
    const numbers = values
      .map((each) => (each instanceof LiteralNumber ? each.valueOf() : each))
      .filter((each): each is number => typeof each === "number");
    return numbers.length === 0 ? undefined : calculate(numbers);
  };
}
