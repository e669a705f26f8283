import { isDeepStrictEqual } from "node:util";
import type { Matcher } from "./conformance-case";
import { matchesText, type PlaceholderValues } from "./placeholders";

/** Problems of bytes; none when they are what the matcher says. */
export function bytesProblems(bytes: Buffer, matcher: Matcher, values: PlaceholderValues): readonly string[] {
  const text = bytes.toString();
  const problem = (what: string) => [`${what}, got ${shown(text)}`];
  if (matcher.anyOf) {
    return matcher.anyOf.some((each) => bytesProblems(bytes, each, values).length === 0)
      ? []
      : problem("none of the alternatives matches");
  }
  if (matcher.empty !== undefined) {
    return (bytes.length === 0) === matcher.empty ? [] : problem(`expected ${matcher.empty ? "no" : "a"} body`);
  }
  if (matcher.base64 !== undefined) {
    return bytes.equals(Buffer.from(matcher.base64, "base64"))
      ? []
      : problem(`expected bytes ${shown(matcher.base64)}`);
  }
  if (matcher.text !== undefined) {
    return matchesText(matcher.text, text, values) ? [] : problem(`expected text ${shown(matcher.text)}`);
  }
  if (matcher.matches !== undefined) {
    return new RegExp(matcher.matches, "s").test(text) ? [] : problem(`expected ${matcher.matches}`);
  }
  const parsed = parse(text);
  return parsed === undefined ? problem("expected JSON") : valueProblems(parsed.value, matcher, values);
}

/** Problems of a JSON value, as in an event. */
export function valueProblems(value: unknown, matcher: Matcher, values: PlaceholderValues): readonly string[] {
  const problem = (what: string, got: unknown) => `${what}, got ${shown(JSON.stringify(got))}`;
  const { json, jsonSubset, absentPaths = [], exactPaths = [], keysOf = {} } = matcher;
  const problems: string[] = [];
  if (json !== undefined) problems.push(...differences(json, value, values, "exact"));
  if (jsonSubset !== undefined) problems.push(...differences(jsonSubset, value, values, "subset"));
  for (const path of absentPaths) {
    if (at(value, path) !== undefined) problems.push(problem(`expected nothing at ${path}`, at(value, path)));
  }
  for (const path of exactPaths)
    problems.push(...differences(at(jsonSubset ?? json, path), at(value, path), values, "exact"));
  for (const [path, keys] of Object.entries(keysOf)) {
    const found = Object.keys((at(value, path) ?? {}) as object).sort();
    if (!isDeepStrictEqual(found, [...keys].sort()))
      problems.push(problem(`expected the keys ${keys} at ${path}`, found));
  }
  return problems;
}

/** Where a value is not what is expected. In a subset, objects may have further members; lists may not. */
export function differences(
  expected: unknown,
  actual: unknown,
  values: PlaceholderValues,
  mode: "exact" | "subset",
  path = "$",
): readonly string[] {
  const differs = () => [`${path}: expected ${shown(JSON.stringify(expected))}, got ${shown(JSON.stringify(actual))}`];
  if (typeof expected === "string") return matchesText(expected, actual, values) ? [] : differs();
  if (Array.isArray(expected)) {
    if (!Array.isArray(actual) || actual.length !== expected.length) return differs();
    return expected.flatMap((item, index) => differences(item, actual[index], values, mode, `${path}[${index}]`));
  }
  if (!isRecord(expected)) return isDeepStrictEqual(expected, actual) ? [] : differs();
  if (!isRecord(actual)) return differs();
  const surplus = mode === "exact" ? Object.keys(actual).filter((key) => !Object.hasOwn(expected, key)) : [];
  return [
    ...surplus.map((key) => `${path}.${key}: not expected`),
    ...Object.entries(expected).flatMap(([key, member]) =>
      Object.hasOwn(actual, key)
        ? differences(member, actual[key], values, mode, `${path}.${key}`)
        : [`${path}.${key}: missing`],
    ),
  ];
}

function at(value: unknown, path: string): unknown {
  const steps = path
    .replace(/^\$?\.?/, "")
    .split(".")
    .filter(Boolean);
  return steps.reduce<unknown>(
    (each, key) => (isRecord(each) && Object.hasOwn(each, key) ? each[key] : undefined),
    value,
  );
}

function parse(text: string): { readonly value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return undefined;
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return value !== null && typeof value === "object" && !Array.isArray(value);
}

/** Long texts make failures unreadable. */
export function shown(text: string | undefined): string {
  return text === undefined ? "nothing" : text.length > 300 ? `${text.slice(0, 300)}…` : text;
}
