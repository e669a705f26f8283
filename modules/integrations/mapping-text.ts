import { Token } from "cdktf";
import type { IConstruct } from "constructs";
import { ConfigurationError } from "../../definition/configuration-error";

/** What begins like this is evaluated for each request. */
const EXPRESSION = /^\$!?\{?(?:input|util|context|stageVariables)\b/;
const REFERENCE = /\$!?\{?(?:input|util|context|stageVariables)\b/;

/** A VTL expression as a JSON string. escapeJavaScript writes `\'`, which JSON does not have. */
export function jsonExpression(expression: string): string {
  return `"$util.escapeJavaScript(${expression}).replaceAll("\\\\'","'")"`;
}

/**
 * A text or a VTL expression as a JSON string in a mapping template. Throws `MAPPING_EXPRESSION_MIXED` for a text with an
 * expression inside.
 */
export function jsonText(scope: IConstruct, text: string): string {
  return isExpression(scope, text) ? jsonExpression(text) : jsonLiteral(text);
}

/** The same as a value of a form (`application/x-www-form-urlencoded`). */
export function formText(scope: IConstruct, text: string): string {
  if (isExpression(scope, text)) return `$util.urlEncode(${text})`;
  return Token.isUnresolved(text) ? text : formLiteral(text);
}

/** A text as a JSON string without the signs that a template would evaluate. */
export function jsonLiteral(text: string): string {
  if (Token.isUnresolved(text)) return `"${text}"`;
  return JSON.stringify(text).replaceAll("$", "\\u0024").replaceAll("#", "\\u0023");
}

/** A text as a value of a form without the signs that a template would evaluate. */
export function formLiteral(text: string): string {
  return new URLSearchParams({ "": text }).toString().slice("=".length);
}

/** Members of a JSON object, without those that have no value. */
export function jsonObject(members: Readonly<Record<string, string | undefined>>): string {
  const present = Object.entries(members).filter(([, value]) => value !== undefined);
  return `{${present.map(([name, value]) => `${jsonLiteral(name)}: ${value}`).join(", ")}}`;
}

function isExpression(scope: IConstruct, text: string): boolean {
  if (EXPRESSION.test(text)) return true;
  if (!REFERENCE.test(text)) return false;
  throw new ConfigurationError(
    "MAPPING_EXPRESSION_MIXED",
    scope.node.path,
    `"${text}" mixes text with an expression, and would be sent as it is written`,
    "pass the expression alone, as in $input.params('orderId'), or override requestTemplates with an AwsIntegration",
  );
}
