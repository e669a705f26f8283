import type { StageDefinition } from "../../../definition/stage";
import { unknownsIn } from "../../../definition/unknown";
import type { ChangeRow } from "./change-row";
import { comparableStage, liveStage } from "./live-stage";
import type { DeployedRow, RowOutcome } from "./row-outcome";

/** Compares what stands there with what is declared: snapshots, stages, functions, and what the row shows of the change. */
export function checkDeployed(row: ChangeRow, { before, earlier }: RowOutcome, deployed: DeployedRow): void {
  const { stages, declaredStages, functions, declaredFunctions } = deployed;
  expect([...stages.keys()].sort()).toEqual([...declaredStages].sort());
  for (const { stage, live, canary, declared, declaredStage } of stages.values()) {
    const choices = { earlier, before: before.stages.get(stage.stageName)?.declared, after: declared };
    expect(live).toEqual(choices[row.serves ?? "after"]);
    expect(liveStage(stage)).toEqual(declaredStage && withAnyMinted(comparableStage(declaredStage)));
    if (canary !== undefined) expect(canary).toEqual(declared);
  }
  expect(functions).toEqual(declaredFunctions);
  expect(shown(row, before)).toEqual(row.shows?.before);
  expect(shown(row, deployed)).toEqual(row.shows?.after);
}

/** What callers get is what they got before the change. */
export function checkUnchanged(row: ChangeRow, before: DeployedRow, deployed: DeployedRow): void {
  expect(deployed.stages.get("v1")?.live).toEqual(before.stages.get("v1")?.declared);
  expect(shown(row, deployed)).toEqual(row.shows?.before);
}

/** What only AWS can mint may be anything in a variable: the second plan says whether it is right. */
function withAnyMinted({ variables, ...stage }: StageDefinition): object {
  const entries = Object.entries(variables).map(([name, value]) => [
    name,
    unknownsIn(value).length > 0 ? expect.any(String) : value,
  ]);
  return { ...stage, variables: Object.fromEntries(entries) };
}

function shown({ shows }: ChangeRow, { stages }: DeployedRow): unknown {
  const served = stages.get("v1");
  return served && shows?.of({ ...served, api: served.live });
}
