import { chooseOptional } from "../choice";
import { booleanAt, numberAt, textAt, textRecordAt } from "../json-access";
import { present } from "../present";
import {
  CACHE_CLUSTER_SIZES,
  CACHE_CONTROL_STRATEGIES,
  LOGGING_LEVELS,
  type MethodSettingsDefinition,
  type StageDefinition,
} from "../stage";
import { type BlockReader, readersOf } from "./block-reader";
import type { TerraformScope } from "./scope";

/** The stages of one API. */
export function readStages(scope: TerraformScope, apiId: string): readonly StageDefinition[] {
  const settings = readersOf(scope, "aws_api_gateway_method_settings").filter(
    (reader) => reader.text("rest_api_id") === apiId,
  );
  return readersOf(scope, "aws_api_gateway_stage")
    .filter((reader) => reader.text("rest_api_id") === apiId)
    .map((reader) => {
      const name = reader.text("stage_name");
      return readStage(
        reader,
        settings.filter((candidate) => candidate.text("stage_name") === name).map(readMethodSettings),
      );
    });
}

function readStage(reader: BlockReader, methodSettings: readonly MethodSettingsDefinition[]): StageDefinition {
  const hasCache = reader.boolean("cache_cluster_enabled") ?? false;
  const size = chooseOptional(CACHE_CLUSTER_SIZES, reader.json("cache_cluster_size"), reader.address);
  return present({
    name: reader.text("stage_name") ?? "",
    description: reader.text("description"),
    variables: reader.textRecord("variables"),
    cacheClusterSize: hasCache ? (size ?? "0.5") : undefined,
    xrayTracingEnabled: reader.boolean("xray_tracing_enabled") ?? false,
    hasClientCertificate: reader.text("client_certificate_id") ? true : undefined,
    accessLog: readAccessLog(reader),
    canary: readCanary(reader),
    methodSettings: [...methodSettings].sort((left, right) => Number(right.route === "*") - Number(left.route === "*")),
    tags: reader.textRecord("tags"),
  });
}

function readAccessLog(reader: BlockReader): StageDefinition["accessLog"] {
  const log = reader.blockOf("access_log_settings");
  return log && { destinationArn: textAt(log.destination_arn) ?? "", format: textAt(log.format) ?? "" };
}

function readCanary(reader: BlockReader): StageDefinition["canary"] {
  const canary = reader.blockOf("canary_settings");
  return (
    canary && {
      percentTraffic: numberAt(canary.percent_traffic) ?? 0,
      variables: textRecordAt(canary.stage_variable_overrides),
      useStageCache: booleanAt(canary.use_stage_cache) ?? false,
    }
  );
}

function readMethodSettings(reader: BlockReader): MethodSettingsDefinition {
  const settings = reader.blockOf("settings") ?? {};
  return present({
    route: readMethodPath(reader.text("method_path") ?? "*/*"),
    metricsEnabled: booleanAt(settings.metrics_enabled),
    loggingLevel: chooseOptional(LOGGING_LEVELS, settings.logging_level, reader.address),
    dataTraceEnabled: booleanAt(settings.data_trace_enabled),
    throttlingRateLimit: numberAt(settings.throttling_rate_limit),
    throttlingBurstLimit: numberAt(settings.throttling_burst_limit),
    cachingEnabled: booleanAt(settings.caching_enabled),
    cacheTtlSeconds: numberAt(settings.cache_ttl_in_seconds),
    cacheDataEncrypted: booleanAt(settings.cache_data_encrypted),
    requireAuthorizationForCacheControl: booleanAt(settings.require_authorization_for_cache_control),
    unauthorizedCacheControlHeaderStrategy: chooseOptional(
      CACHE_CONTROL_STRATEGIES,
      settings.unauthorized_cache_control_header_strategy,
      reader.address,
    ),
  });
}

/**
 * A method path of API Gateway: `*\/*`, or path and verb, where slashes inside the path may be written as `~1`.
 * `orders~1{id}/GET` and `/orders/{id}/GET` are `GET /orders/{id}`; `~1/GET` and `/GET` are `GET /`.
 * Source: https://docs.aws.amazon.com/apigateway/latest/api/API_UpdateStage.html
 */
export function readMethodPath(methodPath: string): MethodSettingsDefinition["route"] {
  if (methodPath === "*/*") return "*";
  const end = methodPath.lastIndexOf("/");
  const path = methodPath.slice(0, Math.max(end, 0)).replaceAll("~1", "/").replaceAll("~0", "~");
  return { resourcePath: path.startsWith("/") ? path : `/${path}`, httpMethod: methodPath.slice(end + 1) };
}
