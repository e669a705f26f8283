import type { IStage } from "../rest-api/existing-stage";
import type { UsagePlan } from "./usage-plan";

const plans = new WeakMap<IStage, UsagePlan[]>();

/** The plans of the app that cover a stage, as far as they are declared by now. */
export function plansOnStage(stage: IStage): readonly UsagePlan[] {
  return plans.get(stage) ?? [];
}

/** Called by each plan for each of its stages. */
export function registerPlan(stage: IStage, plan: UsagePlan): void {
  plans.set(stage, [...plansOnStage(stage), plan]);
}
