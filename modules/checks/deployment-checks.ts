import type { IConstruct } from "constructs";
import type { CanaryOptions } from "../rest-api/canary";
import { type Check, outside, runChecks } from "./check";
import { checkVariables } from "./stage-variable-checks";

const HASH_CHECKS: readonly Check<string>[] = [
  {
    code: "DEPLOYMENT_HASH_INVALID",
    problem: (hash) =>
      /^[0-9a-f]{8}$/.test(hash)
        ? undefined
        : `the hash of a snapshot must be 8 digits 0 to 9 and a to f, got "${hash}"`,
    fix: 'use the last 8 digits of its address, which "terraform state list aws_api_gateway_deployment" prints after the apply that made it',
  },
];

/** Records a hash that names no snapshot. */
export function checkHash(scope: IConstruct, hash: string): void {
  runChecks(scope, HASH_CHECKS, hash);
}

interface CanarySubject extends CanaryOptions {
  readonly stageName: string;
}

const CANARY_CHECKS: readonly Check<CanarySubject>[] = [
  {
    code: "CANARY_PERCENT_OUT_OF_RANGE",
    problem: ({ stageName, percentTraffic }) =>
      outside(percentTraffic, 0, 100)
        ? `percentTraffic of the canary of stage "${stageName}" must be 0 to 100, got ${percentTraffic}`
        : undefined,
    fix: "use 10 or so",
  },
];

interface SnapshotChoice {
  readonly stageName: string;
  readonly servedHash: string | undefined;
  readonly declaredCanary: CanaryOptions | undefined;
}

const SNAPSHOT_CHECKS: readonly Check<SnapshotChoice>[] = [
  {
    code: "STAGE_SNAPSHOT_AMBIGUOUS",
    problem: ({ stageName, servedHash, declaredCanary }) =>
      servedHash !== undefined || declaredCanary !== undefined
        ? `stage "${stageName}" is told by more than one call of canary and rollback what to serve`
        : undefined,
    fix: "call canary or rollback once",
  },
];

/** Records what is wrong with a canary. */
export function checkCanary(scope: IConstruct, subject: CanarySubject): void {
  runChecks(scope, CANARY_CHECKS, subject);
  checkVariables(scope, subject.variables);
}

/** Records a second call of `canary` or `rollback`. */
export function checkSnapshotChoice(scope: IConstruct, subject: SnapshotChoice): void {
  runChecks(scope, SNAPSHOT_CHECKS, subject);
}
