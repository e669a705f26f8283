import { Token } from "cdktf";
import type { IConstruct } from "constructs";
import { ConfigurationError } from "../../definition/configuration-error";
import type { ErrorCode } from "../../definition/error-code";

/** One condition on one value: a row of a table of checks. */
export interface Check<Subject> {
  readonly code: ErrorCode;
  /** The message, with the value received; `undefined` when all is well. */
  readonly problem: (subject: Subject) => string | undefined;
  readonly fix: string;
}

/** Throws for the first row that finds a problem. */
export function runChecks<Subject>(scope: IConstruct, checks: readonly Check<Subject>[], subject: Subject): void {
  for (const { code, problem, fix } of checks) {
    const found = problem(subject);
    if (found !== undefined) throw new ConfigurationError(code, scope.node.path, found, fix);
  }
}

/** True for a number known at synth that lies outside of a closed range, or is no number at all. */
export function outside(value: number | undefined, least: number, most: number): boolean {
  return value !== undefined && !Token.isUnresolved(value) && !(value >= least && value <= most);
}

/** True for a text known at synth that a pattern does not match. */
export function mismatches(value: string | undefined, pattern: RegExp): boolean {
  return value !== undefined && !Token.isUnresolved(value) && !pattern.test(value);
}
