import { canonicalJson } from "../../definition/canonical-json";
import type { Json, JsonObject } from "../../definition/json";
import { toOpenApi } from "../../definition/openapi/write";
import { LOCAL_ACCOUNT_ID } from "../../definition/terraform/computed-attributes";
import { escapeTemplate } from "../../definition/terraform/template";
import { apiBlocks } from "../../modules/rest-api/emission/api-blocks";
import { BlockNames, renderBlock } from "../../modules/rest-api/emission/block";
import type { EmissionName } from "../../modules/rest-api/emission/emission";
import { resourcePolicyOf } from "./callers";
import { type CaseApi, type CaseUsagePlan, type ConformanceCase, stepsOf } from "./conformance-case";
import { definitionOf, REGION } from "./definition-of";
import { methodSettingsOf } from "./method-settings-of";

const API = "aws_api_gateway_rest_api.api";
const API_ID = "${aws_api_gateway_rest_api.api.id}";

/** Stand-ins for tokens: literals are escaped, these are not. */
const TOKENS = { "@@id@@": API_ID, "@@execution-arn@@": `\${${API}.execution_arn}` };

/** The root module of a case in one of the emissions. */
export function terraformOf(given: ConformanceCase, emission: EmissionName): JsonObject {
  const { id, api, lambda_behaviour = {} } = given;
  const definition = definitionOf(api, id, resourcePolicyOf(api));
  const { endpointType, minimumCompressionSizeBytes, binaryMediaTypes, apiKeySource } = definition;
  const document = {
    aws_api_gateway_rest_api: { api: { name: id, endpoint_configuration: { types: [endpointType] } } },
    aws_api_gateway_rest_api_put: {
      document: { rest_api_id: API_ID, body: canonicalJson(asTemplates(toOpenApi(definition))) },
    },
  };
  const blocks = () =>
    apiBlocks({
      api: definition,
      apiAddress: API,
      restApiId: "@@id@@",
      executionArn: "@@execution-arn@@",
      names: new BlockNames("Api"),
    });
  const resources = () => ({
    aws_api_gateway_rest_api: {
      api: {
        name: id,
        endpoint_configuration: { types: [endpointType] },
        api_key_source: apiKeySource,
        binary_media_types: [...binaryMediaTypes],
        minimum_compression_size: String(minimumCompressionSizeBytes ?? -1),
      },
    },
    ...byType(blocks().map((block) => [block.type, block.name, renderBlock(block, asTemplates)])),
  });
  return {
    provider: { aws: [{ region: REGION }] },
    resource: {
      ...(emission === "openapi" ? document : resources()),
      ...stagesOf(api, hasExecutionLog(given)),
      ...usageOf(api),
      aws_lambda_function: named(functionsOf(api, Object.keys(lambda_behaviour)), functionOf),
    },
  };
}

/** A log is there where a case looks into it. */
function hasExecutionLog(given: ConformanceCase): boolean {
  if (given.steps === undefined && given.request === undefined) return false;
  return stepsOf(given).some(({ expect }) => expect.executionLogContains ?? expect.executionLogSuffixes);
}

function stagesOf(api: CaseApi, hasLog: boolean): JsonObject {
  const stages = api.stages ?? { [api.stage]: {} };
  const { cache, canary, accessLogFormat } = api;
  return {
    aws_api_gateway_stage: named(Object.keys(stages), (stageName) => ({
      rest_api_id: API_ID,
      stage_name: stageName,
      variables: asTemplates({ ...api.stageVariables, ...stages[stageName]?.stageVariables }),
      ...(accessLogFormat !== undefined && {
        access_log_settings: {
          destination_arn: `arn:aws:logs:${REGION}:${LOCAL_ACCOUNT_ID}:log-group:access`,
          format: escapeTemplate(accessLogFormat),
        },
      }),
      ...(canary && {
        canary_settings: {
          percent_traffic: canary.percentTraffic,
          stage_variable_overrides: asTemplates({ ...canary.stageVariableOverrides }),
          use_stage_cache: canary.useStageCache ?? false,
        },
      }),
      ...(cache && { cache_cluster_enabled: true, cache_cluster_size: "0.5" }),
    })),
    aws_api_gateway_method_settings: Object.fromEntries(
      Object.keys(stages).flatMap((stageName) =>
        methodSettingsOf(api, hasLog).map(([path, settings], index) => [
          `${stageName}-${index}`,
          { rest_api_id: API_ID, stage_name: stageName, method_path: path, settings },
        ]),
      ),
    ),
  };
}

function usageOf({ apiKeys = {}, usagePlans = {} }: CaseApi): JsonObject {
  const memberships = Object.entries(usagePlans).flatMap(([plan, { keys }]) => keys.map((key) => [plan, key] as const));
  return {
    aws_api_gateway_api_key: named(Object.keys(apiKeys), (key) => ({
      name: key,
      value: apiKeys[key]?.value ?? "",
      enabled: apiKeys[key]?.enabled ?? true,
    })),
    aws_api_gateway_usage_plan: named(Object.keys(usagePlans), (plan) => planOf(plan, usagePlans[plan])),
    aws_api_gateway_usage_plan_key: Object.fromEntries(
      memberships.map(([plan, key]) => [
        `${plan}-${key}`,
        {
          usage_plan_id: `\${aws_api_gateway_usage_plan.${plan}.id}`,
          key_id: `\${aws_api_gateway_api_key.${key}.id}`,
          key_type: "API_KEY",
        },
      ]),
    ),
  };
}

function planOf(name: string, plan: CaseUsagePlan | undefined): JsonObject {
  return compacted({
    name,
    api_stages: plan?.stages.map((stage) => ({ api_id: API_ID, stage })),
    throttle_settings: plan?.throttle && {
      rate_limit: plan.throttle.rateLimit,
      burst_limit: plan.throttle.burstLimit,
    },
    quota_settings: plan?.quota && { ...plan.quota },
  });
}

/** Functions with a behaviour, and those that an integration names. An authorizer may name one that does not exist. */
function functionsOf({ resources = {} }: CaseApi, behaving: readonly string[]): readonly string[] {
  const called = Object.values(resources).flatMap((methods) =>
    Object.values(methods).flatMap(({ integration }) => {
      const uri = integration?.uri;
      return typeof uri === "object" && uri.kind === "lambda" && uri.function !== undefined ? [uri.function] : [];
    }),
  );
  return [...new Set([...behaving, ...called])];
}

function functionOf(name: string): JsonObject {
  return { function_name: name, handler: "index.handler", runtime: "nodejs22.x", filename: `assets/${name}.zip` };
}

function asTemplates(value: JsonObject): JsonObject {
  const visit = (each: Json): Json => {
    if (typeof each === "string") return template(each);
    if (Array.isArray(each)) return each.map(visit);
    return each === null || typeof each !== "object" ? each : visitObject(each as JsonObject);
  };
  const visitObject = (object: JsonObject): JsonObject =>
    Object.fromEntries(Object.entries(object).map(([key, member]) => [template(key), visit(member)]));
  return visitObject(value);
}

function template(text: string): string {
  const escaped = escapeTemplate(text);
  return Object.entries(TOKENS).reduce(
    (result, [token, reference]) => result.replaceAll(token, () => reference),
    escaped,
  );
}

function named(names: readonly string[], block: (name: string) => JsonObject): JsonObject {
  return Object.fromEntries(names.map((name) => [name, block(name)]));
}

function byType(blocks: readonly (readonly [type: string, name: string, block: JsonObject])[]): JsonObject {
  const types: Record<string, Record<string, JsonObject>> = {};
  for (const [type, name, block] of blocks) types[type] = { ...types[type], [name]: block };
  return types;
}

function compacted(members: Readonly<Record<string, Json | undefined>>): JsonObject {
  return Object.fromEntries(Object.entries(members).filter((entry): entry is [string, Json] => entry[1] !== undefined));
}
