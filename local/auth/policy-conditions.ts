import { BlockList, isIP } from "node:net";
import { matchesGlob } from "./glob";
import { asText, resolveVariables, withoutWildcards } from "./policy-variables";

/** Facts that conditions ask for, by key in lower case. What a request does not have is absent. */
export type ConditionKeys = ReadonlyMap<string, readonly string[]>;

/** One operator with one key of a statement. */
export interface Condition {
  readonly operator: string;
  readonly key: string;
  readonly values: readonly string[];
  /** Whether the values may hold variables. */
  readonly hasVariables?: boolean;
}

/** Whether one value of a request is what one value of a condition says. */
type Comparison = (actual: string, expected: string) => boolean;

interface Operator {
  readonly compare: Comparison;
  /** Whether `*` and `?` are wildcards. */
  readonly isPattern?: boolean;
  /** True when none of the values may match; such an operator also holds where the request has no such fact. */
  readonly isNegated: boolean;
}

const equal: Comparison = (actual, expected) => actual === expected;
const equalIgnoringCase: Comparison = (actual, expected) => actual.toLowerCase() === expected.toLowerCase();
const like: Comparison = (actual, expected) => matchesGlob(expected, withoutWildcards(actual));
const numbers =
  (compare: (actual: number, expected: number) => boolean): Comparison =>
  (actual, expected) =>
    compare(Number(actual), Number(expected));
const dates =
  (compare: (actual: number, expected: number) => boolean): Comparison =>
  (actual, expected) =>
    compare(millisOf(actual), millisOf(expected));

const positive = (compare: Comparison): Operator => ({ compare, isNegated: false });
const negative = (compare: Comparison): Operator => ({ compare, isNegated: true });
const pattern = (isNegated: boolean): Operator => ({ compare: like, isNegated, isPattern: true });

/** Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html */
const OPERATORS: Readonly<Record<string, Operator>> = {
  StringEquals: positive(equal),
  StringNotEquals: negative(equal),
  StringEqualsIgnoreCase: positive(equalIgnoringCase),
  StringNotEqualsIgnoreCase: negative(equalIgnoringCase),
  StringLike: pattern(false),
  StringNotLike: pattern(true),
  ArnEquals: pattern(false),
  ArnLike: pattern(false),
  ArnNotEquals: pattern(true),
  ArnNotLike: pattern(true),
  Bool: positive(equalIgnoringCase),
  BinaryEquals: positive(equal),
  IpAddress: positive(isInRange),
  NotIpAddress: negative(isInRange),
  NumericEquals: positive(numbers((a, b) => a === b)),
  NumericNotEquals: negative(numbers((a, b) => a === b)),
  NumericLessThan: positive(numbers((a, b) => a < b)),
  NumericLessThanEquals: positive(numbers((a, b) => a <= b)),
  NumericGreaterThan: positive(numbers((a, b) => a > b)),
  NumericGreaterThanEquals: positive(numbers((a, b) => a >= b)),
  DateEquals: positive(dates((a, b) => a === b)),
  DateNotEquals: negative(dates((a, b) => a === b)),
  DateLessThan: positive(dates((a, b) => a < b)),
  DateLessThanEquals: positive(dates((a, b) => a <= b)),
  DateGreaterThan: positive(dates((a, b) => a > b)),
  DateGreaterThanEquals: positive(dates((a, b) => a >= b)),
};

const OPERATOR = /^(ForAllValues:|ForAnyValue:)?([A-Za-z]+?)(IfExists)?$/;

/** What is wrong with a condition, if anything. */
export function conditionProblem({ operator, values }: Condition): string | undefined {
  const [, , name = ""] = OPERATOR.exec(operator) ?? [];
  if (name !== "Null" && !Object.hasOwn(OPERATORS, name)) return `the condition operator "${operator}" is not known`;
  if (!name.endsWith("IpAddress")) return undefined;
  const wrong = values.find((value) => rangeOf(value) === undefined);
  return wrong === undefined ? undefined : `"${wrong}" is no range of IP addresses`;
}

/** Whether a condition holds for a request. */
export function holds({ operator, key, values, hasVariables = false }: Condition, keys: ConditionKeys): boolean {
  const [, set, name = "", ifExists] = OPERATOR.exec(operator) ?? [];
  const actual = keys.get(key.toLowerCase());
  if (name === "Null") return values.some((value) => (value === "true") === (actual === undefined));
  const known = OPERATORS[name];
  if (!known) return false;
  const { compare, isNegated, isPattern = false } = known;
  if (actual === undefined || actual.length === 0) {
    return ifExists !== undefined || set === "ForAllValues:" || (isNegated && set === undefined);
  }
  const expected = hasVariables ? resolved(values, keys, isPattern) : values;
  // A statement about what nobody knows of a caller says nothing about this caller.
  if (isNegated && expected.length < values.length) return false;
  const matches = (value: string) => expected.some((each) => compare(value, each)) !== isNegated;
  return set === "ForAllValues:" || (isNegated && set === undefined) ? actual.every(matches) : actual.some(matches);
}

/** Values with their variables replaced, without those that ask for what the request does not have. */
function resolved(values: readonly string[], keys: ConditionKeys, isPattern: boolean): readonly string[] {
  return values
    .map((value) => resolveVariables(value, keys))
    .filter((value) => value !== undefined)
    .map((value) => (isPattern ? value : asText(value)));
}

interface Range {
  readonly address: string;
  readonly bits: number;
  readonly family: "ipv4" | "ipv6";
}

/** Reads `192.0.2.0/24`, `::1/128` or a single address. */
function rangeOf(text: string): Range | undefined {
  const [address = "", suffix] = text.split("/");
  const version = isIP(address);
  const most = version === 6 ? 128 : 32;
  const bits = suffix === undefined ? most : Number(suffix);
  if (version === 0 || !Number.isInteger(bits) || bits < 0 || bits > most) return undefined;
  return { address, bits, family: version === 6 ? "ipv6" : "ipv4" };
}

function isInRange(actual: string, expected: string): boolean {
  const range = rangeOf(expected);
  // A server that listens on IPv6 and IPv4 at once sees IPv4 callers in this form.
  const address = actual.replace(/^::ffff:(?=\d+\.)/i, "");
  const version = isIP(address);
  if (!range || version === 0) return false;
  const list = new BlockList();
  list.addSubnet(range.address, range.bits, range.family);
  return list.check(address, version === 6 ? "ipv6" : "ipv4");
}

/** A date as policies write it: ISO 8601, or seconds since the epoch. */
function millisOf(text: string): number {
  return /^\d+$/.test(text) ? Number(text) * 1000 : Date.parse(text);
}
