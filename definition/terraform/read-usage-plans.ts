import { choose } from "../choice";
import type { JsonObject } from "../json";
import { numberAt, textAt } from "../json-access";
import { present } from "../present";
import type { DeployedApiDefinition } from "../stack";
import {
  type ApiKeyDefinition,
  QUOTA_PERIODS,
  type ThrottleDefinition,
  type UsagePlanDefinition,
  type UsagePlanStageDefinition,
} from "../usage-plan";
import { type BlockReader, onlyBlock, readersOf } from "./block-reader";
import { blocksOf } from "./blocks";
import { readMethodPath } from "./read-stages";
import type { TerraformScope } from "./scope";

/** The API keys of a root. */
export function readApiKeys(scope: TerraformScope): readonly ApiKeyDefinition[] {
  return readersOf(scope, "aws_api_gateway_api_key").map((reader) =>
    present({
      name: reader.text("name") ?? "",
      value: reader.text("value"),
      enabled: reader.boolean("enabled") ?? true,
    }),
  );
}

/** The usage plans of a root, with the keys that are in them. */
export function readUsagePlans(
  scope: TerraformScope,
  apis: readonly DeployedApiDefinition[],
): readonly UsagePlanDefinition[] {
  const keys = readersOf(scope, "aws_api_gateway_api_key");
  const memberships = readersOf(scope, "aws_api_gateway_usage_plan_key");
  return readersOf(scope, "aws_api_gateway_usage_plan").map((plan) => {
    const keyIds = memberships
      .filter((membership) => membership.text("usage_plan_id") === plan.attribute("id"))
      .map((membership) => membership.text("key_id"));
    const members = keys.filter((key) => keyIds.includes(key.attribute("id")));
    return readUsagePlan(
      plan,
      members.map((key) => key.text("name") ?? ""),
      apis,
    );
  });
}

function readUsagePlan(
  reader: BlockReader,
  apiKeys: readonly string[],
  apis: readonly DeployedApiDefinition[],
): UsagePlanDefinition {
  return present({
    name: reader.text("name") ?? "",
    description: reader.text("description"),
    throttle: readThrottle(onlyBlock(reader.json("throttle_settings"))),
    quota: readQuota(reader),
    apiStages: reader.blocks("api_stages").map((stage) => readApiStage(stage, apis)),
    apiKeys,
  });
}

function readApiStage(stage: JsonObject, apis: readonly DeployedApiDefinition[]): UsagePlanStageDefinition {
  const apiId = textAt(stage.api_id) ?? "";
  return {
    // An API of another root has no address here; its id then says which one it is.
    apiAddress: apis.find(({ id }) => id === apiId)?.address ?? apiId,
    stageName: textAt(stage.stage) ?? "",
    throttle: blocksOf(stage.throttle).flatMap((throttle) => {
      const route = readMethodPath(textAt(throttle.path) ?? "*/*");
      const limits = readThrottle(throttle);
      return route === "*" || limits === undefined ? [] : [{ ...route, ...limits }];
    }),
  };
}

function readThrottle(block: JsonObject): ThrottleDefinition | undefined {
  const rateLimit = numberAt(block.rate_limit);
  const burstLimit = numberAt(block.burst_limit);
  if (rateLimit === undefined && burstLimit === undefined) return undefined;
  return { rateLimit: rateLimit ?? 0, burstLimit: burstLimit ?? 0 };
}

function readQuota(reader: BlockReader): UsagePlanDefinition["quota"] {
  const quota = reader.blockOf("quota_settings");
  return (
    quota && {
      limit: numberAt(quota.limit) ?? 0,
      offset: numberAt(quota.offset) ?? 0,
      period: choose(QUOTA_PERIODS, quota.period, `${reader.address}.quota_settings.period`),
    }
  );
}
