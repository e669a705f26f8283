import type { Json } from "../../json";
import { isList } from "../../json-access";
import { formatText } from "./format-text";
import { firstMatch, goRegExp, matches, replacePattern } from "./go-regexp";
import { graphemes } from "./graphemes";
import {
  changing,
  type FunctionTable,
  InvalidExpression,
  keeping,
  listOf,
  numberOf,
  textOf,
} from "./terraform-function";

/** Texts. Source: https://developer.hashicorp.com/terraform/language/functions/format */
export const TEXT_FUNCTIONS: FunctionTable = {
  format: keeping(([pattern, ...args]) => formatText(textOf(pattern), args)),
  formatlist: changing(([pattern, ...args]) => formatList(textOf(pattern), args)),
  join: keeping(([separator, ...lists]) => lists.flatMap(listOf).map(textOf).join(textOf(separator))),
  split: changing(([separator, text]) => split(textOf(separator), textOf(text))),
  lower: changing(([text]) => textOf(text).replace(/\p{L}/gu, lowerCase)),
  upper: changing(([text]) => textOf(text).replace(/\p{L}/gu, upperCase)),
  title: changing(([text]) => textOf(text).replace(/(?<![0-9A-Za-z_]|[^\p{ASCII}\s])\p{L}/gu, upperCase)),
  replace: changing(([text, search, replacement]) => replace(textOf(text), textOf(search), textOf(replacement))),
  regex: changing(([pattern, text]) => firstMatch(goRegExp(textOf(pattern)), textOf(text))),
  regexall: changing(([pattern, text]) => matches(goRegExp(textOf(pattern)), textOf(text))),
  trim: changing(([text, characters]) => trimEnd(trimStart(textOf(text), textOf(characters)), textOf(characters))),
  trimspace: changing(([text]) => textOf(text).trim()),
  trimprefix: changing(([text, prefix]) => trimPrefix(textOf(text), textOf(prefix))),
  trimsuffix: changing(([text, suffix]) => trimSuffix(textOf(text), textOf(suffix))),
  chomp: changing(([text]) => textOf(text).replace(/(\r\n|\r|\n)+$/, "")),
  indent: changing(([spaces, text]) => textOf(text).replaceAll("\n", `\n${" ".repeat(numberOf(spaces))}`)),
  startswith: changing(([text, prefix]) => textOf(text).startsWith(textOf(prefix))),
  endswith: changing(([text, suffix]) => textOf(text).endsWith(textOf(suffix))),
  strcontains: changing(([text, part]) => textOf(text).includes(textOf(part))),
  strrev: changing(([text]) => graphemes(textOf(text)).reverse().join("")),
  substr: changing(([text, offset, length]) => substring(textOf(text), numberOf(offset), numberOf(length))),
};

/** Go knows letters that become one other letter only. */
function upperCase(letter: string): string {
  const other = letter.toUpperCase();
  return [...other].length === 1 ? other : letter;
}

function lowerCase(letter: string): string {
  const other = letter.toLowerCase();
  return [...other].length === 1 ? other : letter;
}

/** An empty text is a list of one empty text. */
function split(separator: string, text: string): readonly string[] {
  return separator === "" ? [...text] : text.split(separator);
}

/** A search text between slashes is a regular expression. */
function replace(text: string, search: string, replacement: string): string {
  const isPattern = search.length > 1 && search.startsWith("/") && search.endsWith("/");
  return isPattern
    ? replacePattern(goRegExp(search.slice(1, -1)), text, replacement)
    : text.split(search).join(replacement);
}

function trimStart(text: string, characters: string): string {
  const set = [...characters];
  const letters = [...text];
  const start = letters.findIndex((letter) => !set.includes(letter));
  return start < 0 ? "" : letters.slice(start).join("");
}

function trimEnd(text: string, characters: string): string {
  return [...trimStart([...text].reverse().join(""), characters)].reverse().join("");
}

function trimPrefix(text: string, prefix: string): string {
  return text.startsWith(prefix) ? text.slice(prefix.length) : text;
}

function trimSuffix(text: string, suffix: string): string {
  return suffix !== "" && text.endsWith(suffix) ? text.slice(0, -suffix.length) : text;
}

/** A negative offset counts from the end; a length of −1 reaches to it. */
function substring(text: string, offset: number, length: number): string {
  const letters = graphemes(text);
  const start = offset < 0 ? Math.max(letters.length + offset, 0) : offset;
  return letters.slice(start, length < 0 ? undefined : start + length).join("");
}

/** One text for each item of the lists, which are equally long; single values are the same in each. */
function formatList(pattern: string, args: readonly Json[]): Json | undefined {
  const lists = args.filter(isList);
  const [length = 1, ...others] = lists.map((list) => list.length);
  if (others.some((other) => other !== length)) throw new InvalidExpression("the lists have different lengths");
  const texts = Array.from({ length }, (_, index) =>
    formatText(
      pattern,
      args.map((arg) => (isList(arg) ? (arg[index] ?? null) : arg)),
    ),
  );
  return texts.every((text): text is string => text !== undefined) ? texts : undefined;
}
