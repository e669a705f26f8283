import type { JsonObject } from "../../../definition/json";
import { notFound } from "./http";
import { withoutUndefined } from "./json-values";

/** Requests a second and at once. */
export interface ThrottleRecord {
  readonly rateLimit?: number;
  readonly burstLimit?: number;
}

/** One stage that a plan covers. */
export interface PlanStageRecord {
  readonly apiId: string;
  readonly stage: string;
  /** By route, as in `/orders/GET`. */
  readonly throttle: Readonly<Record<string, ThrottleRecord>>;
}

/** A usage plan as GetUsagePlan answers it. */
export interface UsagePlanRecord {
  readonly id: string;
  readonly name: string;
  readonly description?: string;
  readonly productCode?: string;
  readonly apiStages: readonly PlanStageRecord[];
  readonly throttle?: ThrottleRecord;
  readonly quota?: { readonly limit?: number; readonly offset?: number; readonly period?: string };
  readonly tags: Readonly<Record<string, string>>;
}

/** Plans that were created through the twin, by id. */
export class UsagePlans {
  readonly #plans = new Map<string, UsagePlanRecord>();

  set(plan: UsagePlanRecord): void {
    this.#plans.set(plan.id, plan);
  }

  get(id: string): UsagePlanRecord {
    const plan = this.#plans.get(id);
    if (!plan) throw notFound("Invalid Usage Plan ID specified");
    return plan;
  }

  delete(id: string): void {
    this.#plans.delete(id);
  }

  /**
   * A stage that is deleted leaves its plans.
   * Source: https://github.com/hashicorp/terraform-provider-aws/issues/14100
   */
  forgetStage(apiId: string, stage?: string): void {
    for (const plan of this.#plans.values()) {
      const apiStages = plan.apiStages.filter((it) => it.apiId !== apiId || (stage ?? it.stage) !== it.stage);
      this.set({ ...plan, apiStages });
    }
  }

  all(): readonly UsagePlanRecord[] {
    return [...this.#plans.values()];
  }
}

/** GetUsagePlan's answer; a stage without throttles has no map of them. */
export function describeUsagePlan({ apiStages, ...plan }: UsagePlanRecord): JsonObject {
  return { ...withoutUndefined(structuredClone(plan)), apiStages: apiStages.map(describeStage) };
}

function describeStage({ apiId, stage, throttle }: PlanStageRecord): JsonObject {
  const limits = Object.entries(throttle).map(([route, limit]) => [route, withoutUndefined({ ...limit })]);
  return { apiId, stage, ...(limits.length > 0 && { throttle: Object.fromEntries(limits) }) };
}
