import { badRequest } from "./http";
import { type PatchOperation, unescapePointer, withEntry } from "./patch";
import type { PlanStageRecord, UsagePlanRecord } from "./usage-plan";

type Patch = (plan: UsagePlanRecord, operation: PatchOperation) => UsagePlanRecord;

/** Exact paths. Source: https://docs.aws.amazon.com/apigateway/latest/api/patch-operations.html#UpdateUsagePlan-Patch */
const PROPERTIES: Readonly<Record<string, Patch>> = {
  "/name": (plan, { value = "" }) => ({ ...plan, name: value }),
  "/description": (plan, { value }) => ({ ...plan, description: value || undefined }),
  "/productCode": (plan, { value }) => ({ ...plan, productCode: value || undefined }),
  "/quota": (plan) => ({ ...plan, quota: undefined }),
  "/quota/limit": (plan, { value }) => ({ ...plan, quota: { ...plan.quota, limit: Number(value) } }),
  "/quota/offset": (plan, { value }) => ({ ...plan, quota: { ...plan.quota, offset: Number(value) } }),
  "/quota/period": (plan, { value }) => ({ ...plan, quota: { ...plan.quota, period: value } }),
  "/throttle": (plan) => ({ ...plan, throttle: undefined }),
  "/throttle/rateLimit": (plan, { value }) => ({ ...plan, throttle: { ...plan.throttle, rateLimit: Number(value) } }),
  "/throttle/burstLimit": (plan, { value }) => ({ ...plan, throttle: { ...plan.throttle, burstLimit: Number(value) } }),
  "/apiStages": (plan, { op, value = "" }) => (op === "remove" ? withoutStage(plan, value) : withStage(plan, value)),
};

const STAGE_THROTTLE = /^\/apiStages\/([^/]+)\/throttle(?:\/(.+?))?(?:\/(rateLimit|burstLimit))?$/;

/** One operation of UpdateUsagePlan. */
export function patchUsagePlan(plan: UsagePlanRecord, operation: PatchOperation): UsagePlanRecord {
  const property = PROPERTIES[operation.path];
  return property ? property(plan, operation) : patchStageThrottle(plan, operation);
}

function patchStageThrottle(plan: UsagePlanRecord, { op, path, value }: PatchOperation): UsagePlanRecord {
  const [, id, pointer, limit] = STAGE_THROTTLE.exec(path) ?? [];
  if (id === undefined) throw badRequest(`Invalid patch path '${path}' specified for op '${op}'`);
  const stage = stageOf(plan, id);
  if (pointer === undefined) return changeStage(plan, { ...stage, throttle: {} });
  const route = unescapePointer(pointer);
  const throttle = limit === undefined ? undefined : { ...stage.throttle[route], [limit]: Number(value) };
  return changeStage(plan, { ...stage, throttle: withEntry(stage.throttle, route, throttle) });
}

function withStage(plan: UsagePlanRecord, id: string): UsagePlanRecord {
  const [apiId = "", stage = ""] = id.split(":");
  if (find(plan, id)) throw badRequest(`API Stage ${id} is already part of the usage plan`);
  return { ...plan, apiStages: [...plan.apiStages, { apiId, stage, throttle: {} }] };
}

function withoutStage(plan: UsagePlanRecord, id: string): UsagePlanRecord {
  const gone = stageOf(plan, id);
  return { ...plan, apiStages: plan.apiStages.filter((stage) => stage !== gone) };
}

function changeStage(plan: UsagePlanRecord, changed: PlanStageRecord): UsagePlanRecord {
  const isChanged = ({ apiId, stage }: PlanStageRecord) => apiId === changed.apiId && stage === changed.stage;
  return { ...plan, apiStages: plan.apiStages.map((stage) => (isChanged(stage) ? changed : stage)) };
}

/**
 * AWS refuses to take out what is not there: https://github.com/hashicorp/terraform-provider-aws/pull/26357
 * Source of the message: https://github.com/boto/boto3/issues/2629
 */
function stageOf(plan: UsagePlanRecord, id: string): PlanStageRecord {
  const stage = find(plan, id);
  if (!stage) throw badRequest("Invalid API Stage specified");
  return stage;
}

function find(plan: UsagePlanRecord, id: string): PlanStageRecord | undefined {
  return plan.apiStages.find(({ apiId, stage }) => `${apiId}:${stage}` === id);
}
