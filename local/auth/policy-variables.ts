import type { ConditionKeys } from "./policy-conditions";

/** First version of the policy language that knows variables; documents that name none are older. */
const VERSION = "2012-10-17";

/** As in `${aws:username}`, `${aws:PrincipalTag/team, 'none'}` or `${*}`. */
const VARIABLE = /\$\{\s*([^},]+?)\s*(?:,\s*'([^']*)'\s*)?\}/g;

/** What stands for itself between the braces. */
const ESCAPES: ReadonlySet<string> = new Set(["*", "?", "$"]);

/** Stand for `*` and `?` that are no wildcards, here and in the texts that patterns are held against. */
const MASKS: Readonly<Record<string, string>> = { "*": "\uE000", "?": "\uE001" };

/** Whether the texts of a document may hold variables. */
export function knowsVariables(version: unknown): boolean {
  return version === VERSION;
}

/**
 * A pattern with its variables replaced; undefined when a request has no such fact and the pattern no default, so that it
 * matches nothing. Wildcards in what callers say are none.
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
 */
export function resolveVariables(pattern: string, keys: ConditionKeys): string | undefined {
  let isKnown = true;
  const resolved = pattern.replace(VARIABLE, (_, name: string, fallback: string | undefined) => {
    if (ESCAPES.has(name)) return withoutWildcards(name);
    const values = keys.get(name.toLowerCase());
    // A fact with several values cannot take the place of one text.
    const value = values?.length === 1 ? values[0] : fallback;
    if (value === undefined) isKnown = false;
    return withoutWildcards(value ?? "");
  });
  return isKnown ? resolved : undefined;
}

/** A text that patterns with resolved variables are held against. */
export function withoutWildcards(text: string): string {
  return /[*?]/.test(text) ? text.replace(/[*?]/g, (wildcard) => MASKS[wildcard] ?? wildcard) : text;
}

/** A resolved pattern as text, for operators that know no wildcards. */
export function asText(resolved: string): string {
  return resolved.replace(/\uE000/g, "*").replace(/\uE001/g, "?");
}
