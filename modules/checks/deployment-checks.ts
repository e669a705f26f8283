import { TerraformStack } from "cdktf";
import type { IConstruct } from "constructs";
import type { CanaryOptions } from "../rest-api/canary";
import { type Check, findProblems, outside, runChecks } from "./check";
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

interface StackSubject {
  readonly ofStage: string;
  readonly ofDeployment: string;
}

const STACK_CHECKS: readonly Check<StackSubject>[] = [
  {
    code: "STAGE_IN_OTHER_STACK",
    problem: ({ ofStage, ofDeployment }) =>
      ofStage === ofDeployment
        ? undefined
        : `the stage is in the stack "${ofStage}", and its deployment in "${ofDeployment}", where no other snapshot could take its place while the stage serves it`,
    fix: "pass a new Deployment that stands beside the stage, or move the stage",
  },
];

/** Records a stage that is not applied together with what it serves. */
export function checkStack(scope: IConstruct, deployment: IConstruct): void {
  const [ofStage, ofDeployment] = [scope, deployment].map((it) => TerraformStack.of(it).node.path);
  runChecks(scope, STACK_CHECKS, { ofStage: ofStage ?? "", ofDeployment: ofDeployment ?? "" });
}

interface ApartSubject {
  readonly isApart: boolean;
  /** What the document of the API holds that only an apply can tell. */
  readonly references: readonly string[];
}

const APART_CHECKS: readonly Check<ApartSubject>[] = [
  {
    code: "DEPLOYMENT_IN_OTHER_STACK",
    problem: ({ isApart, references }) =>
      isApart && references.length > 0
        ? `the deployment is in another stack than its API, whose document holds ${references.join(", ")}: there it stands for nothing`
        : undefined,
    fix: "declare the deployment in the stack of the API, or give both stacks a literal accountId and the document literal ids",
  },
];

/** Messages for a deployment that cannot tell apart what its API refers to. */
export function deploymentProblems(deployment: IConstruct, api: IConstruct, references: readonly string[]): string[] {
  const isApart = TerraformStack.of(deployment) !== TerraformStack.of(api);
  return findProblems(deployment, APART_CHECKS, { isApart, references }).map(({ message }) => message);
}

interface AddedStage {
  readonly apiPath: string;
  /** Path of the API that the deployment is of. */
  readonly servedPath: string;
}

const ADDED_STAGE_CHECKS: readonly Check<AddedStage>[] = [
  {
    code: "STAGE_DEPLOYMENT_FOREIGN",
    problem: ({ apiPath, servedPath }) =>
      apiPath === servedPath ? undefined : `a stage of ${apiPath} is to serve a deployment of ${servedPath}`,
    fix: "leave deployment out, or add the stage to the other API",
  },
];

/** Records a stage that is added to one API and serves another. */
export function checkAddedStage(api: IConstruct, served: IConstruct): void {
  runChecks(api, ADDED_STAGE_CHECKS, { apiPath: api.node.path, servedPath: served.node.path });
}

/** Records what is wrong with a canary. */
export function checkCanary(scope: IConstruct, subject: CanarySubject): void {
  runChecks(scope, CANARY_CHECKS, subject);
  checkVariables(scope, subject.variables);
}

/** Records a second call of `canary` or `rollback`. */
export function checkSnapshotChoice(scope: IConstruct, subject: SnapshotChoice): void {
  runChecks(scope, SNAPSHOT_CHECKS, subject);
}
