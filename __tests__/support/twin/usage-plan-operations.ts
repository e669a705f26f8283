import type { Json, JsonObject } from "../../../definition/json";
import { type Answer, badRequest, conflict, jsonAnswer, notFound } from "./http";
import { objectOr, text, textMap } from "./json-values";
import { type Operation, type OperationContext, parameter } from "./operation";
import { patchOperations } from "./patch";
import { describeUsagePlan, type PlanStageRecord, type ThrottleRecord, type UsagePlanRecord } from "./usage-plan";
import { patchUsagePlan } from "./usage-plan-patches";

/** API Gateway's operations on usage plans. Ids, and which keys are in a plan, are moto's. */
export const USAGE_PLAN_OPERATIONS: Readonly<Record<string, Operation>> = {
  async CreateUsagePlan(context) {
    const plan = createdPlan(context);
    requireStages(plan, context);
    const answer = await context.forward();
    if (answer.status >= 300) return answer;
    const created = { ...plan, id: String(objectOr(JSON.parse(answer.body.toString())).id) };
    context.usagePlans.set(created);
    return jsonAnswer(201, describeUsagePlan(created));
  },

  GetUsagePlan: (context) => jsonAnswer(200, describeUsagePlan(planOf(context))),

  GetUsagePlans: async (context) =>
    jsonAnswer(200, { item: listed(await context.forward(), context).map(describeUsagePlan) }),

  UpdateUsagePlan(context) {
    const plan = patchOperations(context.call.parameters.patchOperations).reduce(patchUsagePlan, planOf(context));
    requireStages(plan, context);
    context.usagePlans.set(plan);
    return jsonAnswer(200, describeUsagePlan(plan));
  },

  /** Source of the refusal: https://github.com/aws/aws-sdk-js/issues/3841 */
  async DeleteUsagePlan(context) {
    const { id, apiStages } = planOf(context);
    const [first] = apiStages;
    if (first) {
      const including = `${first.apiId}:${first.stage}`;
      throw badRequest(
        `Cannot delete Usage Plan ${id} because there are API Stages associated with it, including ${including}`,
      );
    }
    const answer = await context.forward();
    if (answer.status < 300) context.usagePlans.delete(id);
    return answer;
  },

  /** A key belongs to one plan for a stage. Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-api-usage-plans.html */
  async CreateUsagePlanKey(context) {
    const { id, apiStages } = planOf(context);
    const keyId = parameter(context, "keyId");
    const isTaken = listed(
      await context.forward({ method: "GET", path: `/usageplans?keyId=${keyId}`, body: {} }),
      context,
    )
      .filter((plan) => plan.id !== id)
      .some((plan) => plan.apiStages.some((stage) => apiStages.some((own) => isSameStage(own, stage))));
    if (isTaken) {
      throw conflict(
        `Usage Plan ${id} cannot be added because API Key ${keyId} cannot reference multiple Usage Plans with the same API stage`,
      );
    }
    return context.forward();
  },
};

/** The plans that moto lists: it knows the account, and which key is in which plan. */
function listed({ body }: Answer, { usagePlans }: OperationContext): readonly UsagePlanRecord[] {
  const { item } = objectOr(JSON.parse(body.toString()));
  const ids = (Array.isArray(item) ? item : []).map((plan: Json) => objectOr(plan).id);
  return usagePlans.all().filter(({ id }) => ids.includes(id));
}

function planOf(context: OperationContext): UsagePlanRecord {
  return context.usagePlans.get(parameter(context, "usageplanId"));
}

/** Source of the message: https://github.com/aws/serverless-application-model/issues/1560 */
function requireStages({ apiStages }: UsagePlanRecord, { apis }: OperationContext): void {
  for (const { apiId, stage } of apiStages) {
    const isThere = apis.all().some((api) => api.id === apiId && api.stages.has(stage));
    if (!isThere) throw notFound(`API Stage not found: ${apiId}:${stage}`);
  }
}

function isSameStage(one: PlanStageRecord, other: PlanStageRecord): boolean {
  return one.apiId === other.apiId && one.stage === other.stage;
}

function createdPlan({ call: { parameters } }: OperationContext): UsagePlanRecord {
  const { quota, throttle, apiStages } = parameters;
  const { limit, offset, period } = objectOr(quota);
  return {
    id: "",
    name: String(parameters.name),
    description: text(parameters.description),
    apiStages: (Array.isArray(apiStages) ? apiStages : []).map((stage: Json) => createdStage(objectOr(stage))),
    throttle: throttle === undefined ? undefined : throttleOf(throttle),
    quota:
      quota === undefined ? undefined : { limit: numberOf(limit), offset: numberOf(offset) ?? 0, period: text(period) },
    tags: textMap(parameters.tags),
  };
}

function createdStage({ apiId, stage, throttle }: JsonObject): PlanStageRecord {
  const throttles = Object.entries(objectOr(throttle)).map(([route, limits]) => [route, throttleOf(limits)]);
  return { apiId: String(apiId), stage: String(stage), throttle: Object.fromEntries(throttles) };
}

function throttleOf(value: Json): ThrottleRecord {
  const { rateLimit, burstLimit } = objectOr(value);
  return { rateLimit: numberOf(rateLimit), burstLimit: numberOf(burstLimit) };
}

function numberOf(value: Json | undefined): number | undefined {
  return typeof value === "number" ? value : undefined;
}
