import { JSONPath } from "jsonpath-plus";
import { isRecord, type TemplateValue } from "./values";

/** Functions at the end of a path, as Jayway's JSONPath has them. */
const FUNCTIONS: Readonly<Record<string, (found: TemplateValue) => TemplateValue>> = {
  length: (found) => (Array.isArray(found) || typeof found === "string" ? found.length : undefined),
  keys: (found) => (isRecord(found) ? Object.keys(found) : undefined),
  min: ofNumbers((numbers) => Math.min(...numbers)),
  max: ofNumbers((numbers) => Math.max(...numbers)),
  sum: ofNumbers((numbers) => numbers.reduce((sum, each) => sum + each, 0)),
  avg: ofNumbers((numbers) => numbers.reduce((sum, each) => sum + each, 0) / numbers.length),
};

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
  const [, inner, name = ""] = /^(.+)\.(\w+)\(\)$/s.exec(path) ?? [];
  if (inner !== undefined && Object.hasOwn(FUNCTIONS, name)) return FUNCTIONS[name]?.(findByJsonPath(inner, json));
  if (json === null || typeof json !== "object") return INDEFINITE.test(path) ? [] : undefined;
  const found: TemplateValue[] = JSONPath({ path, json, wrap: true, eval: "safe" }) ?? [];
  return INDEFINITE.test(path) ? found : found[0];
}

function ofNumbers(calculate: (numbers: readonly number[]) => number): (found: TemplateValue) => TemplateValue {
  return (found) => {
    const numbers = Array.isArray(found) ? found.filter((each): each is number => typeof each === "number") : [];
    return numbers.length === 0 ? undefined : calculate(numbers);
  };
}
