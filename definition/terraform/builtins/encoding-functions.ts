import { createHash } from "node:crypto";
import { canonicalJson, compareCodeUnits } from "../../canonical-json";
import type { Json, JsonObject } from "../../json";
import { isList, isObject } from "../../json-access";
import { parseYaml } from "../../yaml-text";
import {
  changing,
  type FunctionContext,
  type FunctionTable,
  InvalidExpression,
  keeping,
  textOf,
} from "./terraform-function";

type Encoding = "hex" | "base64";

/** Formats and digests. Source: https://developer.hashicorp.com/terraform/language/functions/jsonencode */
export const ENCODING_FUNCTIONS: FunctionTable = {
  jsonencode: keeping(([value]) => encodeJson(value ?? null)),
  jsondecode: changing(([text]) => decoded(() => JSON.parse(textOf(text)))),
  yamlencode: changing(([value]) => encodeYaml(value ?? null)),
  yamldecode: changing(([text]) => decoded(() => parseYaml(textOf(text)))),
  csvdecode: changing(([text]) => decodeCsv(textOf(text))),
  base64encode: changing(([text]) => Buffer.from(textOf(text), "utf8").toString("base64")),
  base64decode: changing(([text]) => Buffer.from(textOf(text), "base64").toString("utf8")),
  urlencode: changing(([text]) => encodeUrl(textOf(text))),
  ...digests("md5", "md5", [["", "hex"]]),
  ...digests("sha1", "sha1", [["", "hex"]]),
  ...digests("sha256", "sha256", [
    ["", "hex"],
    ["base64", "base64"],
  ]),
  ...digests("sha512", "sha512", [
    ["", "hex"],
    ["base64", "base64"],
  ]),
};

/** A digest of text, and the same of a file: `sha256`, `filesha256`, `base64sha256`, `filebase64sha256`. */
function digests(
  name: string,
  algorithm: string,
  forms: readonly (readonly [prefix: string, Encoding])[],
): FunctionTable {
  const digest = (content: string | Buffer, encoding: Encoding) =>
    createHash(algorithm).update(content).digest(encoding);
  return Object.fromEntries(
    forms.flatMap(([prefix, encoding]) => [
      [`${prefix}${name}`, changing(([text]) => digest(textOf(text), encoding))],
      [`file${prefix}${name}`, changing(([path], context) => digest(contentOf(textOf(path), context), encoding))],
    ]),
  );
}

/** @throws InvalidExpression for a file that is not there */
export function contentOf(path: string, context: FunctionContext): Buffer {
  const content = context.readFile(path);
  if (content === undefined) throw new InvalidExpression(`there is no file ${path}`);
  return content;
}

/** Terraform escapes the characters that HTML gives a meaning. */
export function encodeJson(value: Json): string {
  return canonicalJson(value).replace(
    /[<>&\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

function decoded(decode: () => unknown): Json {
  try {
    return (decode() ?? null) as Json;
  } catch (error) {
    throw new InvalidExpression(String(error));
  }
}

/** Everything but letters, digits, `-`, `_`, `.` and `~` is escaped; a space is `+`. */
function encodeUrl(text: string): string {
  const escaped = encodeURIComponent(text).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return escaped.replaceAll("%20", "+");
}

/** Block style with quoted texts, as Terraform writes it. Texts of several lines have a style of their own: not evaluated. */
function encodeYaml(value: Json): string | undefined {
  const lines = yamlLines(value);
  return JSON.stringify(value).includes("\\n") ? undefined : `${lines.join("\n")}\n`;
}

function yamlLines(value: Json): readonly string[] {
  if (isList(value) && value.length > 0) {
    return value.flatMap((item) => yamlLines(item).map((line, index) => `${index === 0 ? "- " : "  "}${line}`));
  }
  if (isObject(value) && Object.keys(value).length > 0) {
    return Object.entries(value)
      .sort(([left], [right]) => compareCodeUnits(left, right))
      .flatMap(([key, member]) => yamlMember(JSON.stringify(key), member));
  }
  return [typeof value === "string" ? JSON.stringify(value) : canonicalJson(value)];
}

function yamlMember(key: string, value: Json): readonly string[] {
  const lines = yamlLines(value);
  const isNested = (isList(value) && value.length > 0) || (isObject(value) && Object.keys(value).length > 0);
  if (!isNested) return [`${key}: ${lines.join("")}`];
  return [`${key}:`, ...lines.map((line) => (isList(value) ? line : `  ${line}`))];
}

/** RFC 4180: fields in quotes may hold commas, line ends and doubled quotes. */
function decodeCsv(text: string): readonly JsonObject[] {
  const rows: string[][] = [[]];
  for (const [, quoted, plain, end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^,\r\n]*))(,|\r?\n|$)/g)) {
    const field = quoted?.replaceAll('""', '"') ?? plain ?? "";
    if (end === "" && field === "" && rows.at(-1)?.length === 0) break;
    rows.at(-1)?.push(field);
    if (end === "") break;
    if (end !== ",") rows.push([]);
  }
  const [header = [], ...records] = rows.filter((row) => row.length > 0);
  return records.map((record) => Object.fromEntries(header.map((name, index) => [name, record[index] ?? ""])));
}
