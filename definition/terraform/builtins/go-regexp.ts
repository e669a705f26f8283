import type { Json, JsonObject } from "../../json";
import { InvalidExpression } from "./terraform-function";

const POSIX_CLASSES: Readonly<Record<string, string>> = {
  alnum: "0-9A-Za-z",
  alpha: "A-Za-z",
  digit: "0-9",
  lower: "a-z",
  upper: "A-Z",
  space: "\\t\\n\\v\\f\\r ",
  word: "0-9A-Za-z_",
  xdigit: "0-9A-Fa-f",
  punct: "!-\\/:-@\\[-`{-~",
};

/**
 * A pattern of Go's RE2 as JavaScript's. Source: https://github.com/google/re2/wiki/Syntax
 *
 * @throws InvalidExpression for what is no pattern, or has no counterpart
 */
export function goRegExp(pattern: string): RegExp {
  const [, flags = "", rest = ""] = /^(?:\(\?([imsU]+)\))?([\s\S]*)$/.exec(pattern) ?? [];
  const source = rest
    .replace(/\[:(\w+):\]/g, (text, name: string) => POSIX_CLASSES[name] ?? text)
    .replaceAll("(?P<", "(?<")
    .replace(/\\A/g, "^")
    .replace(/\\z/g, "$")
    .replace(/\\-/g, "\\x2d")
    .replace(/\\(["'#%&,:;<=>@_`~ !])/g, "$1");
  if (flags.includes("U")) throw new InvalidExpression("the flag U has no counterpart");
  try {
    return new RegExp(source, `gu${flags}`);
  } catch (error) {
    throw new InvalidExpression(String(error));
  }
}

/** The match; its groups as list or, if they have names, as object. @throws InvalidExpression without a match */
export function firstMatch(pattern: RegExp, text: string): Json {
  const [first] = matches(pattern, text);
  if (first === undefined) throw new InvalidExpression(`${pattern.source} does not match`);
  return first;
}

/** All matches that do not overlap. */
export function matches(pattern: RegExp, text: string): readonly Json[] {
  return [...text.matchAll(pattern)].map((match) => {
    const { groups } = match;
    if (groups !== undefined) return mapGroups(groups);
    return match.length === 1 ? match[0] : match.slice(1).map((group) => group ?? null);
  });
}

/** `$1`, `${1}` and `$name` in the replacement are groups; `$$` is a dollar. */
export function replacePattern(pattern: RegExp, text: string, replacement: string): string {
  return text.replace(pattern, (...match: unknown[]) => {
    const named = match.at(-1);
    const groups = (named !== null && typeof named === "object" ? named : {}) as Readonly<Record<string, string>>;
    return replacement.replace(/\$(?:(\$)|(\w+)|\{(\w+)\})/g, (_, dollar?: string, plain?: string, braced?: string) => {
      if (dollar !== undefined) return "$";
      const name = plain ?? braced ?? "";
      const group = /^\d+$/.test(name) ? match[Number(name)] : groups[name];
      return typeof group === "string" ? group : "";
    });
  });
}

function mapGroups(groups: Readonly<Record<string, string | undefined>>): JsonObject {
  return Object.fromEntries(Object.entries(groups).map(([name, group]) => [name, group ?? null]));
}
