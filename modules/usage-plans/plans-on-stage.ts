import type { Stage } from "../rest-api/stage";
import type { UsagePlan } from "./usage-plan";

const plans = new WeakMap<Stage, UsagePlan[]>();

/** The plans of the app that cover a stage, as far as they are declared by now. */
export function plansOnStage(stage: Stage): readonly UsagePlan[] {
  return plans.get(stage) ?? [];
}

/** Called by each plan for each of its stages. */
export function registerPlan(stage: Stage, plan: UsagePlan): void {
  plans.set(stage, [...plansOnStage(stage), plan]);
}
