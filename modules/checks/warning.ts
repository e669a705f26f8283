import { Annotations, Aspects } from "cdktf";
import type { IConstruct } from "constructs";
import { ConfigurationError } from "../../definition/configuration-error";
import type { ErrorCode } from "../../definition/error-code";
import { isAcknowledged } from "../acknowledge-warning";
import { type Check, fixFor } from "./check";

/** Something that is allowed, and probably not meant. */
export interface Warning {
  readonly code: ErrorCode;
  /** What is the case, with the value received. */
  readonly problem: string;
  readonly fix: string;
}

/** Annotates a construct at synth, when everything is declared, with what was not acknowledged. cdktf prints it and goes on. */
export function warnAtSynth(scope: IConstruct, find: () => readonly Warning[]): void {
  Aspects.of(scope).add({
    visit: (visited) => {
      if (visited !== scope) return;
      for (const { code, problem, fix } of find()) {
        if (isAcknowledged(scope, code)) continue;
        Annotations.of(scope).addWarning(new ConfigurationError(code, scope.node.path, problem, fix).message);
      }
    },
  });
}

/** What the rows find, as warnings. */
export function findWarnings<Subject>(checks: readonly Check<Subject>[], subject: Subject): readonly Warning[] {
  return checks.flatMap(({ code, problem, fix }) => {
    const found = problem(subject);
    return found === undefined ? [] : [{ code, problem: found, fix: fixFor(fix, subject) }];
  });
}
