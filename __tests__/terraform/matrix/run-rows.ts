import { join } from "node:path";
import type { EmissionName } from "../../../modules";
import type { Harness, Root } from "../../support/terraform/harness";
import { changed, type Plan, type ResourceChange } from "../../support/terraform/plan";
import type { Call } from "../../support/twin/call-log";
import { CallOwners } from "./call-owners";
import type { ChangeRow } from "./change-row";
import { liveDefinition } from "./live-definition";
import type { RowOutcome, ServedStage } from "./row-outcome";
import { rowId, type Side, type SynthesizedRows, synthRows } from "./synth-rows";

/** What a batch did to each of its rows, by name. */
export interface BatchOutcome {
  readonly rows: ReadonlyMap<string, RowOutcome>;
  /** Mutating calls of the change that belong to no row. */
  readonly strays: readonly Call[];
}

const FLAGS = ["-input=false", "-no-color"];

/**
 * Takes rows through their changes together, as APIs of one root. Throws when a command of Terraform fails.
 *
 * @param rootName unique in the harness
 */
export async function runRows(
  harness: Harness,
  rows: readonly ChangeRow[],
  { emission, rootName }: { readonly emission: EmissionName; readonly rootName: string },
): Promise<BatchOutcome> {
  const { twin } = harness;
  const owners = new CallOwners(rows.map(({ name }) => name));
  const stopLearning = twin.intercept({
    after: (call, answer) => {
      owners.learn(call, answer);
      return undefined;
    },
  });
  const root = await harness.root(rootName);
  const checkout = async (side: Side): Promise<SynthesizedRows> => {
    const outdir = join(harness.folder, `synthesized-${rootName}-${side}`);
    const synthesized = await synthRows(rows, side, { emission, stack: rootName, outdir });
    root.checkout(synthesized.folder);
    return synthesized;
  };
  const stagesOf = (synthesized: SynthesizedRows, row: ChangeRow) => servedStages(harness, synthesized, row);

  const hasHistory = rows.some(({ earlier }) => earlier !== undefined);
  const earlierSynth = hasHistory ? await checkout("earlier") : undefined;
  if (hasHistory) {
    await root.init();
    await root.apply();
  }
  const beforeSynth = await checkout("before");
  await root.init();
  await succeed(root, "apply", "-auto-approve", "-refresh=false");
  const before = new Map(rows.map((row) => [row.name, stagesOf(beforeSynth, row)]));

  const afterSynth = await checkout("after");
  const plan = await root.plan();
  const since = twin.calls.mark();
  await root.applyPlan();
  const calls = since.find({ mutating: true });
  const after = new Map(rows.map((row) => [row.name, stagesOf(afterSynth, row)]));
  const secondPlan = await nextPlan(root);

  const hazardous = rows.filter(({ emissions }) => emissions?.[emission]?.hazard !== undefined);
  const settled = new Map<string, RowOutcome["settled"]>();
  if (hazardous.length > 0) {
    const replacements = hazardous.flatMap(({ name }) => deploymentsOf(afterSynth, name)).map((it) => `-replace=${it}`);
    await succeed(root, "apply", "-auto-approve", ...replacements);
    const stages = new Map(hazardous.map((row) => [row.name, stagesOf(afterSynth, row)]));
    const thirdPlan = await nextPlan(root);
    for (const { name } of hazardous) {
      settled.set(name, { stages: stages.get(name) ?? new Map(), thirdPlan: ofRow(thirdPlan, name) });
    }
  }
  stopLearning();

  const outcomeOf = ({ name }: ChangeRow): RowOutcome => {
    const afterwards = settled.get(name);
    const earlier = earlierSynth?.apis.get(name)?.api;
    return {
      ...(earlier && { earlier }),
      plan: ofRow(changed(plan), name),
      calls: calls.filter((call) => owners.of(call) === name),
      before: before.get(name) ?? new Map(),
      after: after.get(name) ?? new Map(),
      secondPlan: ofRow(secondPlan, name),
      ...(afterwards && { settled: afterwards }),
      warnings: afterSynth.warnings.get(name) ?? [],
    };
  };
  return {
    rows: new Map(rows.map((row) => [row.name, outcomeOf(row)])),
    strays: calls.filter((call) => owners.of(call) === undefined),
  };
}

/** What is left to do; the plan is read only when there is something. */
async function nextPlan(root: Root): Promise<readonly ResourceChange[]> {
  const file = "next.tfplan";
  const { exitCode, output } = await root.run("plan", ...FLAGS, "-detailed-exitcode", `-out=${file}`);
  if (exitCode === 0) return [];
  if (exitCode !== 2) throw new Error(`terraform plan ended with ${exitCode}\n${output}`);
  const shown: Plan = JSON.parse(await succeed(root, "show", "-json", file));
  return changed(shown);
}

async function succeed(root: Root, command: string, ...args: readonly string[]): Promise<string> {
  const { exitCode, output } = await root.run(command, ...(command === "show" ? [] : FLAGS), ...args);
  if (exitCode !== 0) throw new Error(`terraform ${command} ended with ${exitCode}\n${output}`);
  return output;
}

function ofRow(changes: readonly ResourceChange[], name: string): readonly ResourceChange[] {
  return changes.filter(({ address }) => address.split(".")[1]?.startsWith(`${rowId(name)}_`));
}

function deploymentsOf({ configuration }: SynthesizedRows, name: string): readonly string[] {
  const { aws_api_gateway_deployment: deployments } = Object(configuration.resource);
  const own = Object.keys(Object(deployments)).filter((id) => id.startsWith(`${rowId(name)}_`));
  return own.map((id) => `aws_api_gateway_deployment.${id}`);
}

function servedStages({ twin }: Harness, { apis }: SynthesizedRows, { name }: ChangeRow): Map<string, ServedStage> {
  const api = twin.apis().find(({ properties }) => properties.name === name);
  const declared = apis.get(name);
  if (!api || !declared) throw new Error(`there is no API "${name}"`);
  return new Map(
    [...api.stages].map(([stageName, stage]) => [
      stageName,
      {
        stage,
        live: liveDefinition(api, stage.deploymentId),
        ...(stage.canarySettings && { canary: liveDefinition(api, stage.canarySettings.deploymentId) }),
        declared: declared.api,
        usagePlans: twin.usagePlans().filter(({ apiStages }) => apiStages.some(({ apiId }) => apiId === api.id)),
        mappings: twin.mappings(api.id),
        declaredStage: declared.stages.find(({ name: known }) => known === stageName),
      },
    ]),
  );
}
