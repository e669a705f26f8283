import { Token } from "cdktf";
import type { IConstruct } from "constructs";
import { ConfigurationError } from "../../definition/configuration-error";
import type { ErrorCode } from "../../definition/error-code";
import { recordFinding } from "./findings";

/** One condition on one value: a row of a table of checks. */
export interface Check<Subject> {
  readonly code: ErrorCode;
  /** The message, with the value received; `undefined` when all is well. */
  readonly problem: (subject: Subject) => string | undefined;
  /** What to do; it may name values of the subject. */
  readonly fix: string | ((subject: Subject) => string);
}

/** Records the rows that find a problem, so that all of them are reported at synth, and goes on. */
export function runChecks<Subject>(scope: IConstruct, checks: readonly Check<Subject>[], subject: Subject): void {
  for (const finding of findProblems(scope, checks, subject)) recordFinding(scope, finding);
}

/** Throws for the first row that finds a problem: for values that nothing can be built from. */
export function refuseAtOnce<Subject>(scope: IConstruct, checks: readonly Check<Subject>[], subject: Subject): void {
  const [finding] = findProblems(scope, checks, subject);
  if (finding !== undefined) throw finding;
}

/** What the rows find: for validations, which run when everything is declared. */
export function findProblems<Subject>(
  scope: IConstruct,
  checks: readonly Check<Subject>[],
  subject: Subject,
): readonly ConfigurationError[] {
  return checks.flatMap(({ code, problem, fix }) => {
    const found = problem(subject);
    return found === undefined ? [] : [new ConfigurationError(code, scope.node.path, found, fixFor(fix, subject))];
  });
}

/** What to do about one subject. */
export function fixFor<Subject>(fix: Check<Subject>["fix"], subject: Subject): string {
  return typeof fix === "string" ? fix : fix(subject);
}

/** True for a number known at synth that lies outside of a closed range, or is no number at all. */
export function outside(value: number | undefined, least: number, most: number): boolean {
  return value !== undefined && !Token.isUnresolved(value) && !(value >= least && value <= most);
}

/** True for a text known at synth that a pattern does not match. */
export function mismatches(value: string | undefined, pattern: RegExp): boolean {
  return value !== undefined && !Token.isUnresolved(value) && !pattern.test(value);
}
