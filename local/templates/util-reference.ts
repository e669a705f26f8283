import { decodeForm } from "../http/query";
import { parseLiterally } from "./literal-number";
import { printed, TemplateObject, type TemplateValue } from "./values";

const SHORT_ESCAPES: Readonly<Record<string, string>> = {
  "\b": "\\b",
  "\t": "\\t",
  "\n": "\\n",
  "\f": "\\f",
  "\r": "\\r",
  "'": "\\'",
  '"': '\\"',
  "\\": "\\\\",
  "/": "\\/",
};

/**
 * `$util`. An argument that does not exist reads as the empty string.
 * Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-mapping-template-reference.html#util-template-reference
 */
export const UTIL_REFERENCE = new TemplateObject({
  escapeJavaScript: (value) => escapeJavaScript(printed(value)),
  parseJson: (value) => parseJson(value),
  urlEncode: (value) => urlEncode(printed(value)),
  urlDecode: (value) => decodeForm(printed(value)),
  base64Encode: (value) => Buffer.from(printed(value)).toString("base64"),
  base64Decode: (value) => Buffer.from(printed(value), "base64").toString(),
});

/** Java's `StringEscapeUtils.escapeJavaScript`: also quotes, slashes and everything beyond ASCII. */
function escapeJavaScript(text: string): string {
  return Array.from({ length: text.length }, (_, index) => text.charAt(index))
    .map((unit) => SHORT_ESCAPES[unit] ?? (/[\x20-\x7e]/.test(unit) ? unit : unicodeEscape(unit)))
    .join("");
}

function unicodeEscape(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0")}`;
}

function parseJson(value: TemplateValue): TemplateValue {
  return value === undefined || value === null ? null : (parseLiterally(printed(value)) as TemplateValue);
}

/** Java's `URLEncoder`: a space becomes `+`, only letters, digits and `.-*_` stay. */
function urlEncode(text: string): string {
  return encodeURIComponent(text)
    .replaceAll("%20", "+")
    .replace(/[!'()~]/g, (unit) => `%${unit.charCodeAt(0).toString(16).toUpperCase()}`);
}
