import type { EmissionName } from "../../../modules";
import type { ResourceChange } from "../../support/terraform/plan";
import type { ChangeRow, Hazard, Refusal } from "./change-row";
import { checkCalls } from "./check-calls";
import { checkDeployed, checkUnchanged } from "./check-deployed";
import type { RowOutcome } from "./row-outcome";

/** What a new deployment adds to a plan. */
export const REDEPLOYMENT: Readonly<Record<EmissionName, readonly string[]>> = {
  openapi: [
    "aws_api_gateway_deployment create",
    "aws_api_gateway_deployment delete",
    "aws_api_gateway_rest_api_put create+delete",
    "aws_api_gateway_stage update",
    "terraform_data update",
  ],
  resources: [
    "aws_api_gateway_deployment create",
    "aws_api_gateway_deployment delete",
    "aws_api_gateway_stage update",
    "terraform_data update",
  ],
};

/** Types that people and clients know by a name or an address. */
const PUBLIC_TYPES = [
  "aws_api_gateway_api_key",
  "aws_api_gateway_base_path_mapping",
  "aws_api_gateway_domain_name",
  "aws_api_gateway_rest_api",
  "aws_api_gateway_stage",
  "aws_api_gateway_usage_plan",
  "aws_cognito_user_pool",
  "aws_dynamodb_table",
  "aws_lambda_alias",
  "aws_lambda_function",
  "aws_sqs_queue",
];

/** Compares what Terraform did to a row with what the row says. */
export function checkRow(row: ChangeRow, outcome: RowOutcome, emission: EmissionName): void {
  const { hazard, fails, plan: ofEmission = [] } = row.emissions?.[emission] ?? {};
  const redeployment = row.redeploys === false ? [] : REDEPLOYMENT[emission];
  const kept = row.redeploys === "beside" ? ["aws_api_gateway_deployment delete"] : [];
  const planned = [...(row.plan ?? []), ...ofEmission, ...redeployment.filter((it) => !kept.includes(it))].sort();

  expect(actionsOf(outcome.plan)).toEqual(planned);
  expect(replacedPublicly(outcome.plan, row.replaces ?? [])).toEqual([]);
  checkCalls(row, outcome.calls);
  if (fails !== undefined) {
    checkRefused(row, outcome, fails);
    return;
  }
  const snapshots = outcome.calls.filter(({ operation }) => operation === "CreateDeployment");
  expect(snapshots).toHaveLength(planned.filter((it) => it === "aws_api_gateway_deployment create").length);
  if (hazard !== undefined) {
    checkHazard(row, outcome, hazard);
    return;
  }
  checkDeployed(row, outcome, outcome.after);
  expect(actionsOf(outcome.secondPlan)).toEqual([]);
}

function checkHazard(row: ChangeRow, outcome: RowOutcome, hazard: Hazard): void {
  const { warnings, after, secondPlan, settled } = outcome;
  expect(warnings).toContainEqual(expect.stringContaining(hazard.warning));
  const served = after.stages.get("v1");
  if (hazard.staysLive) expect(served?.live).not.toEqual(served?.declared);
  else checkDeployed(row, outcome, after);
  expect(actionsOf(secondPlan)).toEqual([...(hazard.secondPlan ?? [])].sort());
  expect(settled).toBeDefined();
  if (settled === undefined) return;
  checkDeployed(row, outcome, settled.deployed);
  expect(actionsOf(settled.thirdPlan)).toEqual([]);
}

function checkRefused(row: ChangeRow, outcome: RowOutcome, { message, again, warning }: Refusal): void {
  const { attempts = [], warnings, before, after, secondPlan } = outcome;
  const [first, second] = attempts;
  if (warning !== undefined) expect(warnings).toContainEqual(expect.stringContaining(warning));
  expect(first).toContain(message);
  expect(second).toContain(again === "fails" ? message : "Apply complete!");
  if (again === "fails") {
    checkUnchanged(row, before, after);
    return;
  }
  checkDeployed(row, outcome, after);
  expect(actionsOf(secondPlan)).toEqual([]);
}

function actionsOf(changes: readonly ResourceChange[]): readonly string[] {
  return changes.map(({ type, change }) => `${type} ${change.actions.join("+")}`).sort();
}

function replacedPublicly(changes: readonly ResourceChange[], allowed: readonly string[]): readonly string[] {
  return changes
    .filter(({ type, change }) => PUBLIC_TYPES.includes(type) && change.actions.length > 1 && !allowed.includes(type))
    .map(({ address }) => address);
}
