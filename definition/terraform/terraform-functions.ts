import { canonicalJson } from "../canonical-json";
import type { Json, JsonObject } from "../json";
import { isList, isObject, textAt } from "../json-access";

/** A Terraform function; gives nothing for arguments that it cannot evaluate. */
export interface TerraformFunction {
  readonly call: (...args: Json[]) => Json | undefined;
  /** True if an unknown inside an argument may travel on inside the result. */
  readonly keepsUnknowns: boolean;
}

/**
 * The functions that expressions around an API use.
 * Source: https://developer.hashicorp.com/terraform/language/functions
 */
export const FUNCTIONS: Readonly<Record<string, TerraformFunction>> = {
  jsonencode: keeping((value) => encodeJson(value ?? null)),
  join: keeping((separator, ...lists) => join(separator, lists)),
  format: keeping((pattern, ...args) => format(pattern, args)),
  concat: keeping((...lists) => (lists.every(isList) ? lists.flat() : undefined)),
  merge: keeping((...maps) => (maps.every((map) => isObject(map)) ? Object.assign({}, ...maps) : undefined)),
  tostring: keeping((value) => textAt(value)),
  tolist: keeping((value) => (isList(value) ? value : undefined)),
  tomap: keeping((value) => (isObject(value) ? value : undefined)),
  sensitive: keeping((value) => value),
  nonsensitive: keeping((value) => value),
  lower: changing((value) => textAt(value)?.toLowerCase()),
  upper: changing((value) => textAt(value)?.toUpperCase()),
  replace: changing((text, search, replacement) => replace(textAt(text), textAt(search), textAt(replacement))),
  trimprefix: changing((text, prefix) => trim(textAt(text), textAt(prefix), "start")),
  trimsuffix: changing((text, suffix) => trim(textAt(text), textAt(suffix), "end")),
  base64encode: changing((value) => encode(textAt(value))),
  jsondecode: changing((value) => decodeJson(textAt(value))),
  tonumber: changing((value) => (textAt(value) === undefined ? undefined : Number(textAt(value)))),
  length: changing((value) => length(value)),
};

function keeping(call: TerraformFunction["call"]): TerraformFunction {
  return { call, keepsUnknowns: true };
}

function changing(call: TerraformFunction["call"]): TerraformFunction {
  return { call, keepsUnknowns: false };
}

/** Terraform escapes the characters that HTML gives a meaning. */
function encodeJson(value: Json): string {
  return canonicalJson(value).replace(
    /[<>&\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

function join(separator: Json | undefined, lists: readonly Json[]): string | undefined {
  const texts = lists.flatMap((list) => (isList(list) ? list : [])).map(textAt);
  const between = textAt(separator);
  if (between === undefined || !lists.every(isList) || texts.includes(undefined)) return undefined;
  return texts.join(between);
}

/** `%s`, `%d`, `%v`, `%%`; widths and flags are not evaluated. */
function format(pattern: Json | undefined, args: readonly Json[]): string | undefined {
  const parts = textAt(pattern)?.split(/(%[^%sdv]?.)/) ?? [];
  const rest = [...args];
  const texts = parts.map((part) => {
    if (!part.startsWith("%")) return part;
    if (part === "%%") return "%";
    return ["%s", "%d", "%v"].includes(part) ? textAt(rest.shift()) : undefined;
  });
  return parts.length === 0 || texts.includes(undefined) ? undefined : texts.join("");
}

/** A search text between slashes is a regular expression in Go's syntax: not evaluated. */
function replace(text?: string, search?: string, replacement?: string): string | undefined {
  if (text === undefined || search === undefined || replacement === undefined) return undefined;
  const isPattern = search.length > 1 && search.startsWith("/") && search.endsWith("/");
  return isPattern ? undefined : text.split(search).join(replacement);
}

function trim(text: string | undefined, affix: string | undefined, side: "start" | "end"): string | undefined {
  if (text === undefined || affix === undefined) return undefined;
  if (side === "start") return text.startsWith(affix) ? text.slice(affix.length) : text;
  return affix !== "" && text.endsWith(affix) ? text.slice(0, -affix.length) : text;
}

function encode(text: string | undefined): string | undefined {
  return text === undefined ? undefined : Buffer.from(text, "utf8").toString("base64");
}

function decodeJson(text: string | undefined): Json | undefined {
  try {
    return text === undefined ? undefined : (JSON.parse(text) as Json);
  } catch {
    return undefined;
  }
}

function length(value: Json | undefined): number | undefined {
  if (typeof value === "string") return [...new Intl.Segmenter().segment(value)].length;
  if (isList(value)) return value.length;
  return isObject(value) ? Object.keys(value as JsonObject).length : undefined;
}
