import { Token } from "cdktf";
import type { IConstruct } from "constructs";
import { type Check, mismatches, runChecks } from "./check";

/** Source: https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html */
const CHECKS: readonly Check<{ readonly roleName: string }>[] = [
  {
    code: "ROLE_NAME_INVALID",
    problem: ({ roleName }) =>
      Token.isUnresolved(roleName) || mismatches(roleName, /^[\w+=,.@-]+$/)
        ? `roleName must be a literal of letters, digits and "_+=,.@-", got "${roleName}"`
        : undefined,
    fix: "pass such a name, or leave it out",
  },
];

/** Records a name that IAM would refuse, or from which no ARN follows. */
export function checkRoleName(scope: IConstruct, roleName: string): void {
  runChecks(scope, CHECKS, { roleName });
}
