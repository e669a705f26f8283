import { JSONPath } from "jsonpath-plus";
import type { TemplateValue } from "./values";

/** Wildcards, descents, filters, slices and unions may find several values, so their result is always a list. */
const INDEFINITE = /\.\.|\*|\?\(|\[[^\]'"]*[:,][^\]]*\]|\['[^']*',/;

/**
 * Evaluates a JSONPath expression.
 *
 * @returns the value, a list for an expression that may find several, or undefined
 * @throws Error when the expression cannot be parsed
 */
export function findByJsonPath(path: string, json: TemplateValue): TemplateValue {
  if (path === "$") return json;
  if (json === null || typeof json !== "object") return INDEFINITE.test(path) ? [] : undefined;
  const found: TemplateValue[] = JSONPath({ path, json, wrap: true, eval: "safe" }) ?? [];
  return INDEFINITE.test(path) ? found : found[0];
}
