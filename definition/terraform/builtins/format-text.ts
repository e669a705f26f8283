import type { Json } from "../../json";
import { isList, isObject, textAt } from "../../json-access";
import { unknownsIn } from "../../unknown";
import { encodeJson } from "./encoding-functions";
import { graphemes } from "./graphemes";
import { booleanOf, InvalidExpression, numberOf, textOf } from "./terraform-function";

const VERB = /%(?:\[(\d+)\])?([ +\-0#]*)(\*|\d+)?(?:\.(\*|\d+)?)?(?:\[(\d+)\])?([A-Za-z%])/g;

type Verb = (value: Json, precision: number | undefined) => string;

const VERBS: Readonly<Record<string, Verb>> = {
  v: (value) => (isList(value) || isObject(value) || value === null ? encodeJson(value) : textOf(value)),
  s: (value, precision) => graphemes(textOf(value)).slice(0, precision).join(""),
  q: (value) => JSON.stringify(textOf(value)),
  t: (value) => String(booleanOf(value)),
  d: (value) => String(Math.trunc(numberOf(value))),
  b: (value) => Math.trunc(numberOf(value)).toString(2),
  o: (value) => Math.trunc(numberOf(value)).toString(8),
  x: (value) => hexOf(value),
  X: (value) => hexOf(value).toUpperCase(),
  f: (value, precision) => fixed(numberOf(value), precision ?? 6),
  e: (value, precision) => exponential(numberOf(value), precision),
  g: (value) => String(numberOf(value)),
};

/**
 * Text of a pattern with verbs. With unknowns among the values only verbs that print them as they are can be evaluated.
 * Source: https://developer.hashicorp.com/terraform/language/functions/format
 *
 * @throws InvalidExpression for a missing value or an unknown verb
 */
export function formatText(pattern: string, args: readonly Json[]): string | undefined {
  let next = 0;
  let isEvaluated = true;
  const text = pattern.replace(VERB, (...match: string[]) => {
    const [, before, flags = "", width, precision, behind, verb = ""] = match;
    if (verb === "%") return "%";
    const size = width === "*" ? numberOf(args[next++]) : Number(width ?? 0);
    const digits = precision === "*" ? numberOf(args[next++]) : precision && Number(precision);
    const index = Number(behind ?? before ?? next + 1) - 1;
    next = index + 1;
    const value = args[index];
    if (value === undefined) throw new InvalidExpression(`there is no value for ${match[0]}`);
    const isPlain = (verb === "s" || verb === "v") && flags === "" && width === undefined && precision === undefined;
    if (unknownsIn(value).length > 0 && !(isPlain && textAt(value) !== undefined)) {
      isEvaluated = false;
      return "";
    }
    if (flags.includes("#") && verb === "v") return pad(encodeJson(value), size, flags);
    const print = VERBS[verb];
    if (print === undefined) throw new InvalidExpression(`${match[0]} is no verb`);
    const printed = print(value, digits === "" || digits === undefined ? undefined : Number(digits));
    return pad(withSign(printed, verb, flags), size, flags);
  });
  return isEvaluated ? text : undefined;
}

function withSign(printed: string, verb: string, flags: string): string {
  if (!"dfegbox".includes(verb.toLowerCase()) || printed.startsWith("-")) return printed;
  return flags.includes("+") ? `+${printed}` : flags.includes(" ") ? ` ${printed}` : printed;
}

function pad(text: string, size: number, flags: string): string {
  const missing = Math.max(size - graphemes(text).length, 0);
  if (flags.includes("-")) return text + " ".repeat(missing);
  if (!flags.includes("0")) return " ".repeat(missing) + text;
  const [, sign = "", rest = ""] = /^([+-]?)([\s\S]*)$/.exec(text) ?? [];
  return sign + "0".repeat(missing) + rest;
}

function hexOf(value: Json): string {
  return typeof value === "string" ? Buffer.from(value).toString("hex") : Math.trunc(numberOf(value)).toString(16);
}

/** A number in the middle between two texts becomes the even one. */
function fixed(value: number, precision: number): string {
  const scaled = value * 10 ** precision;
  const below = Math.floor(scaled);
  const isTie = scaled - below === 0.5 && Number.isSafeInteger(scaled * 2);
  return isTie
    ? ((below % 2 === 0 ? below : below + 1) / 10 ** precision).toFixed(precision)
    : value.toFixed(precision);
}

/** Go writes exponents with two digits. */
function exponential(value: number, precision = 6): string {
  return value.toExponential(precision).replace(/e([+-])(\d)$/, "e$10$2");
}
