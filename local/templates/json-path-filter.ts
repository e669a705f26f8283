import { javaRegExp } from "../patterns/java-regexp";
import { matchUserPattern } from "../patterns/user-pattern";
import { evaluate, type PathScope, parseSegments, unquoted } from "./json-path";
import { LiteralNumber, literalJson } from "./literal-number";
import type { TextCursor } from "./text-cursor";
import { isRecord, type TemplateValue } from "./values";

/** Whether a list's item or a map belongs to what a filter finds. */
export type Filter = (candidate: TemplateValue, scope: PathScope) => boolean;

type Operand = (candidate: TemplateValue, scope: PathScope) => TemplateValue;
type Comparison = (left: TemplateValue, right: TemplateValue) => boolean;

const list = (value: TemplateValue): readonly TemplateValue[] => (Array.isArray(value) ? value : []);
const includes = (values: TemplateValue, wanted: TemplateValue) => list(values).some((each) => isSame(each, wanted));

const COMPARISONS: Readonly<Record<string, Comparison>> = {
  "==": isSame,
  "!=": (left, right) => !isSame(left, right),
  "<": ordered((order) => order < 0),
  "<=": ordered((order) => order <= 0),
  ">": ordered((order) => order > 0),
  ">=": ordered((order) => order >= 0),
  in: (left, right) => includes(right, left),
  nin: (left, right) => !includes(right, left),
  contains: (left, right) =>
    typeof left === "string" ? typeof right === "string" && left.includes(right) : includes(left, right),
  subsetof: (left, right) => list(left).every((each) => includes(right, each)),
  anyof: (left, right) => list(left).some((each) => includes(right, each)),
  noneof: (left, right) => !list(left).some((each) => includes(right, each)),
  size: (left, right) => lengthOf(left) === plain(right),
  empty: (left, right) => (lengthOf(left) === 0) === right,
};

/** Reads the expression of a filter, up to its closing bracket. */
export function parseFilter(cursor: TextCursor): Filter {
  const either = [parseAnd(cursor)];
  while (cursor.take(/\s*\|\|/y)) either.push(parseAnd(cursor));
  return (candidate, scope) => either.some((holds) => holds(candidate, scope));
}

function parseAnd(cursor: TextCursor): Filter {
  const both = [parseNot(cursor)];
  while (cursor.take(/\s*&&/y)) both.push(parseNot(cursor));
  return (candidate, scope) => both.every((holds) => holds(candidate, scope));
}

function parseNot(cursor: TextCursor): Filter {
  if (cursor.take(/\s*!(?!=)/y)) {
    const holds = parseNot(cursor);
    return (candidate, scope) => !holds(candidate, scope);
  }
  if (cursor.take(/\s*\(/y)) {
    const holds = parseFilter(cursor);
    cursor.demand(/\s*\)/y);
    return holds;
  }
  return parseComparison(cursor);
}

function parseComparison(cursor: TextCursor): Filter {
  const left = parseOperand(cursor);
  if (cursor.take(/\s*=~\s*/y)) return parseMatch(cursor, left);
  const [, operator = ""] = cursor.take(/\s*(==|!=|<=|>=|<|>|\b[a-zA-Z]+\b)/y) ?? [];
  // A path alone asks whether it finds something.
  if (operator === "") return (candidate, scope) => exists(left(candidate, scope));
  const name = operator.toLowerCase();
  const compare = (Object.hasOwn(COMPARISONS, name) ? COMPARISONS[name] : undefined) ?? cursor.fail();
  const right = parseOperand(cursor);
  return (candidate, scope) => compare(left(candidate, scope), right(candidate, scope));
}

function parseMatch(cursor: TextCursor, left: Operand): Filter {
  const [, source = "", flags = ""] = cursor.demand(/\/((?:[^/\\]|\\.)*)\/([imsx]*)/y);
  const pattern = source.replaceAll("\\/", "/");
  const expression = javaRegExp(`^(?:${pattern})$`, flags.replace("x", ""));
  return (candidate, scope) => {
    const text = left(candidate, scope);
    return typeof text === "string" && matchUserPattern(pattern, text, () => expression.test(text), expression.source);
  };
}

function parseOperand(cursor: TextCursor): Operand {
  const [start] = cursor.take(/\s*[@$]/y) ?? [];
  if (start !== undefined) {
    const path = parseSegments(cursor);
    const isRoot = start.endsWith("$");
    return (candidate, scope) => evaluate(path, isRoot ? scope.root : candidate, scope);
  }
  const value = parseLiteral(cursor);
  return () => value;
}

function parseLiteral(cursor: TextCursor): TemplateValue {
  const [, word, number, quoted] =
    cursor.take(
      /\s*(?:(true|false|null)\b|(-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)|('(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"))/sy,
    ) ?? [];
  if (word !== undefined) return word === "null" ? null : word === "true";
  if (number !== undefined) return Number(number);
  if (quoted !== undefined) return unquoted(quoted);
  cursor.demand(/\s*\[\s*/y);
  const items: TemplateValue[] = [];
  if (cursor.take(/\]/y)) return items;
  do items.push(parseLiteral(cursor));
  while (cursor.take(/\s*,/y));
  cursor.demand(/\s*\]/y);
  return items;
}

function exists(value: TemplateValue): boolean {
  return value !== undefined && !(Array.isArray(value) && value.length === 0);
}

function plain(value: TemplateValue): TemplateValue {
  return value instanceof LiteralNumber ? value.valueOf() : value;
}

function isSame(left: TemplateValue, right: TemplateValue): boolean {
  const [a, b] = [plain(left), plain(right)];
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return a === b;
  return literalJson(a) === literalJson(b);
}

/** Numbers have an order among numbers, and texts among texts. */
function ordered(accepts: (order: number) => boolean): Comparison {
  return (left, right) => {
    const [a, b] = [plain(left), plain(right)];
    if (typeof a === "number" && typeof b === "number") return accepts(a - b);
    return typeof a === "string" && typeof b === "string" && accepts(a < b ? -1 : a > b ? 1 : 0);
  };
}

function lengthOf(value: TemplateValue): number | undefined {
  if (typeof value === "string" || Array.isArray(value)) return value.length;
  return isRecord(value) ? Object.keys(value).length : undefined;
}
