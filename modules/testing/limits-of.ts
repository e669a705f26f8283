import { type EffectiveLimits, effectiveLimits } from "../../definition/effective-limits";
import { defaultQuotas } from "../../definition/quotas";
import type { ThrottleDefinition } from "../../definition/usage-plan";
import { readTerraform } from "./route-facts";
import type { TerraformJson } from "./synth-api";

/** Which limits are asked for. */
export interface LimitsOptions {
  /** @default - the only stage of the stack */
  readonly stage?: string;
  /** Name of the API. @default - the only API that has the stage */
  readonly api?: string;
  /**
   * Throttle of the account in the region.
   * @default - AWS's quota in the region: mostly 10,000 a second and 5,000 at once
   */
  readonly account?: ThrottleDefinition;
}

/**
 * The limits of every route of one stage, as far as the stack declares them, and which declaration each comes from: for a
 * snapshot, so that a review shows whose limit changes.
 */
export function limitsOf(
  terraform: TerraformJson,
  { stage: name, api, account }: LimitsOptions = {},
): readonly EffectiveLimits[] {
  const { apis, usagePlans, region } = readTerraform(terraform);
  const found = apis
    .filter((it) => (api ?? it.api.name) === it.api.name)
    .flatMap((deployed) => deployed.stages.map((stage) => ({ deployed, stage })))
    .filter(({ stage }) => (name ?? stage.name) === stage.name);
  const [only] = found;
  if (only === undefined || found.length > 1) {
    const places = found.map(({ deployed, stage }) => `"${stage.name}" of "${deployed.api.name}"`).join(", ") || "none";
    throw new Error(`limitsOf needs one stage, and found ${places}: name stage and api`);
  }
  return effectiveLimits(only.deployed, {
    stage: only.stage,
    usagePlans,
    account: account ?? defaultQuotas(region),
  });
}
