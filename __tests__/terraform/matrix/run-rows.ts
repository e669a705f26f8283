import { join } from "node:path";
import type { EmissionName } from "../../../modules";
import type { Harness } from "../../support/terraform/harness";
import { changed } from "../../support/terraform/plan";
import type { Call } from "../../support/twin/call-log";
import { applyWith, deploymentsOf, nextPlan, ofRow, tryApply } from "./batch-root";
import { CallOwners } from "./call-owners";
import type { ChangeRow } from "./change-row";
import { deployedRow } from "./deployed-row";
import { liveFunctions } from "./functions";
import type { DeployedRow, RowOutcome } from "./row-outcome";
import { type Side, type SynthesizedRows, synthRows } from "./synth-rows";

/** What a batch did to each of its rows, by name. */
export interface BatchOutcome {
  readonly rows: ReadonlyMap<string, RowOutcome>;
  /** Mutating calls of the change that belong to no row. */
  readonly strays: readonly Call[];
}

/**
 * Takes rows through their changes together, as APIs of one root. Throws when a command of Terraform fails that the rows
 * do not say of.
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
  const deployed = async (synthesized: SynthesizedRows, of = rows): Promise<ReadonlyMap<string, DeployedRow>> => {
    const account = { twin, functions: await liveFunctions(harness.moto.url) };
    return new Map(of.map((row) => [row.name, deployedRow(account, synthesized, row)]));
  };

  const hasHistory = rows.some(({ earlier }) => earlier !== undefined);
  const earlierSynth = hasHistory ? await checkout("earlier") : undefined;
  if (hasHistory) {
    await root.init();
    await root.apply();
  }
  const beforeSynth = await checkout("before");
  if (!hasHistory) await root.init();
  await applyWith(root, "-refresh=false");
  const before = await deployed(beforeSynth);

  const afterSynth = await checkout("after");
  const plan = await root.plan();
  const mustFail = rows.some(({ emissions }) => emissions?.[emission]?.fails !== undefined);
  const since = twin.calls.mark();
  const attempts = mustFail ? [await tryApply(root), await tryApply(root)] : undefined;
  if (!mustFail) await root.applyPlan();
  const calls = since.find({ mutating: true });
  const after = await deployed(afterSynth);
  const secondPlan = await nextPlan(root);

  const hazardous = rows.filter(({ emissions }) => emissions?.[emission]?.hazard !== undefined);
  const settle = async (): Promise<ReadonlyMap<string, NonNullable<RowOutcome["settled"]>>> => {
    const replacements = hazardous.flatMap(({ name }) => deploymentsOf(afterSynth, name)).map((it) => `-replace=${it}`);
    await applyWith(root, ...replacements);
    const settled = await deployed(afterSynth, hazardous);
    const thirdPlan = await nextPlan(root);
    return new Map([...settled].map(([name, it]) => [name, { deployed: it, thirdPlan: ofRow(thirdPlan, name) }]));
  };
  const settled = hazardous.length > 0 ? await settle() : undefined;
  stopLearning();

  const outcomeOf = ({ name }: ChangeRow): RowOutcome => {
    const afterwards = settled?.get(name);
    const earlier = earlierSynth?.apis.get(name)?.api;
    return {
      ...(earlier && { earlier }),
      plan: ofRow(changed(plan), name),
      calls: calls.filter((call) => owners.of(call) === name),
      before: found(before, name),
      after: found(after, name),
      secondPlan: ofRow(secondPlan, name),
      ...(attempts && { attempts }),
      ...(afterwards && { settled: afterwards }),
      warnings: afterSynth.warnings.get(name) ?? [],
    };
  };
  return {
    rows: new Map(rows.map((row) => [row.name, outcomeOf(row)])),
    strays: calls.filter((call) => owners.of(call) === undefined),
  };
}

function found(deployed: ReadonlyMap<string, DeployedRow>, name: string): DeployedRow {
  const row = deployed.get(name);
  if (!row) throw new Error(`nothing is known of the row "${name}"`);
  return row;
}
