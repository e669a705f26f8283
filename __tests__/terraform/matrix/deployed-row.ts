import type { Twin } from "../../support/twin/twin";
import type { ChangeRow } from "./change-row";
import { declaredFunctions, type Functions, functionsOf } from "./functions";
import { liveDefinition } from "./live-definition";
import type { DeployedRow, ServedStage } from "./row-outcome";
import type { SynthesizedRows } from "./synth-rows";

/** An account at one moment. */
export interface Account {
  readonly twin: Twin;
  readonly functions: Functions;
}

/** What stands in the account of a row, beside what is declared. */
export function deployedRow(
  { twin, functions }: Account,
  { apis, configuration }: SynthesizedRows,
  { name }: ChangeRow,
): DeployedRow {
  const api = twin.apis().find(({ properties }) => properties.name === name);
  const declared = apis.get(name);
  if (!api || !declared) throw new Error(`there is no API "${name}"`);
  const stages = [...api.stages].map(([stageName, stage]): [string, ServedStage] => [
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
  ]);
  return {
    stages: new Map(stages),
    declaredStages: declared.stages.map((stage) => stage.name),
    functions: functionsOf(name, functions),
    declaredFunctions: declaredFunctions(configuration, name),
  };
}
