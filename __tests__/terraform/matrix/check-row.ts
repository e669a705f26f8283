import type { StageDefinition } from "../../../definition/stage";
import { unknownsIn } from "../../../definition/unknown";
import type { EmissionName } from "../../../modules";
import type { ResourceChange } from "../../support/terraform/plan";
import type { Call } from "../../support/twin/call-log";
import { patchOperations } from "../../support/twin/patch";
import type { ChangeRow } from "./change-row";
import { comparableStage, liveStage } from "./live-stage";
import type { RowOutcome, ServedStage } from "./row-outcome";

/** What a new deployment adds to a plan. */
export const REDEPLOYMENT: Readonly<Record<EmissionName, readonly string[]>> = {
  openapi: [
    "aws_api_gateway_deployment create",
    "aws_api_gateway_deployment delete",
    "aws_api_gateway_rest_api_put create+delete",
    "aws_api_gateway_stage update",
  ],
  resources: ["aws_api_gateway_deployment create", "aws_api_gateway_deployment delete", "aws_api_gateway_stage update"],
};

/** Types that people and clients know by a name or an address. */
const PUBLIC_TYPES = [
  "aws_api_gateway_api_key",
  "aws_api_gateway_domain_name",
  "aws_api_gateway_rest_api",
  "aws_api_gateway_stage",
  "aws_api_gateway_usage_plan",
  "aws_lambda_function",
];

/** Order of a redeployment; a pair counts where both calls were made. */
const ORDER = [
  ["PutRestApi", "CreateDeployment"],
  ["CreateDeployment", "UpdateStage"],
] as const;

/** Parts of the API that no snapshot looks at again, and logs, which keep nothing alive. */
const UNUSED_BY_SNAPSHOTS =
  /^Delete(Method|MethodResponse|Integration|IntegrationResponse|Resource|Model|RequestValidator|Authorizer|GatewayResponse|LogGroup)$/;

/** Compares what Terraform did to a row with what the row says. */
export function checkRow(row: ChangeRow, outcome: RowOutcome, emission: EmissionName): void {
  const { hazard, plan: ofEmission = [] } = row.emissions?.[emission] ?? {};
  const redeployment = row.redeploys === false ? [] : REDEPLOYMENT[emission];
  const kept = row.redeploys === "beside" ? ["aws_api_gateway_deployment delete"] : [];
  const operations = outcome.calls.map(({ operation }) => operation);

  expect(actionsOf(outcome.plan)).toEqual(
    [...(row.plan ?? []), ...ofEmission, ...redeployment.filter((it) => !kept.includes(it))].sort(),
  );
  expect(replacedPublicly(outcome.plan, row.replaces ?? [])).toEqual([]);
  expect(operations.includes("CreateDeployment")).toBe(row.redeploys !== false);
  expect(outOfOrder(outcome.calls, [...ORDER, ...(row.order ?? [])])).toEqual([]);
  expect(takenAwayEarly(outcome.calls, row.takesAway ?? [])).toEqual([]);

  if (hazard === undefined) {
    checkStages(row, outcome, outcome.after);
    expect(actionsOf(outcome.secondPlan)).toEqual([]);
    return;
  }
  expect(outcome.warnings).toContainEqual(expect.stringContaining(hazard.warning));
  if (hazard.staysLive) expect(() => checkStages(row, outcome, outcome.after)).toThrow();
  else checkStages(row, outcome, outcome.after);
  expect(actionsOf(outcome.secondPlan)).toEqual([...(hazard.secondPlan ?? [])].sort());
  checkStages(row, outcome, outcome.settled?.stages ?? new Map());
  expect(actionsOf(outcome.settled?.thirdPlan ?? [])).toEqual([]);
}

function checkStages(row: ChangeRow, outcome: RowOutcome, stages: ReadonlyMap<string, ServedStage>): void {
  expect([...stages.keys()]).toContain("v1");
  for (const { stage, live, canary, declared, declaredStage } of stages.values()) {
    const older = outcome.before.get(stage.stageName);
    const choices = { earlier: outcome.earlier, before: older?.declared, after: declared };
    expect(live).toEqual(choices[row.serves ?? "after"]);
    expect(liveStage(stage)).toEqual(declaredStage && withAnyMinted(comparableStage(declaredStage)));
    if (canary !== undefined) expect(canary).toEqual(declared);
  }
  if (row.shows === undefined) return;
  expect(shown(row, outcome.before)).toEqual(row.shows.before);
  expect(shown(row, stages)).toEqual(row.shows.after);
}

/** What only AWS can mint may be anything in a variable: the second plan says whether it is right. */
function withAnyMinted({ variables, ...stage }: StageDefinition): object {
  const entries = Object.entries(variables).map(([name, value]) => [
    name,
    unknownsIn(value).length > 0 ? expect.any(String) : value,
  ]);
  return { ...stage, variables: Object.fromEntries(entries) };
}

function shown({ shows }: ChangeRow, stages: ReadonlyMap<string, ServedStage>): unknown {
  const served = stages.get("v1");
  return served && shows?.of({ ...served, api: served.live });
}

function actionsOf(changes: readonly ResourceChange[]): readonly string[] {
  return changes.map(({ type, change }) => `${type} ${change.actions.join("+")}`).sort();
}

function replacedPublicly(changes: readonly ResourceChange[], allowed: readonly string[]): readonly string[] {
  return changes
    .filter(({ type, change }) => PUBLIC_TYPES.includes(type) && change.actions.length > 1 && !allowed.includes(type))
    .map(({ address }) => address);
}

/** Pairs of which the second call came before the last of the first ones. */
function outOfOrder(calls: readonly Call[], pairs: readonly (readonly [string, string])[]): readonly string[] {
  const operations = calls.map(({ operation }) => operation);
  return pairs
    .filter(([first, then]) => {
      const earliest = operations.indexOf(then);
      return earliest !== -1 && earliest < operations.lastIndexOf(first);
    })
    .map(([first, then]) => `${first} after ${then}`);
}

/** What is taken away while the stage still serves the old snapshot, or at all where the stage does not move. */
function takenAwayEarly(calls: readonly Call[], allowed: readonly string[]): readonly string[] {
  const moved = calls.findIndex(movesStage);
  return calls
    .slice(0, moved === -1 ? calls.length : moved)
    .map(({ operation }) => operation)
    .filter((it) => /^(Delete|Remove|Detach)/.test(it) && !UNUSED_BY_SNAPSHOTS.test(it) && !allowed.includes(it));
}

function movesStage({ operation, parameters }: Call): boolean {
  if (operation !== "UpdateStage") return false;
  return patchOperations(parameters.patchOperations).some(({ path }) => /^\/(deploymentId$|canarySettings)/.test(path));
}
