import { present } from "../../../definition/present";
import {
  CACHE_CLUSTER_SIZES,
  CACHE_CONTROL_STRATEGIES,
  LOGGING_LEVELS,
  type MethodSettingsDefinition,
  type StageDefinition,
} from "../../../definition/stage";
import { readMethodPath } from "../../../definition/terraform/read-stages";
import { DEFAULT_METHOD_SETTING, type MethodSettingRecord, type StageRecord } from "../../support/twin/stage";
import { ownTags } from "./own-tags";

/** A stage of the control plane as the definition that it is. */
export function liveStage(stage: StageRecord): StageDefinition {
  const { destinationArn, format } = stage.accessLogSettings ?? {};
  const { canarySettings: canary } = stage;
  return comparableStage(
    present({
      name: stage.stageName,
      description: stage.description || undefined,
      variables: stage.variables,
      cacheClusterSize: CACHE_CLUSTER_SIZES.find(
        (size) => stage.cacheClusterEnabled && size === stage.cacheClusterSize,
      ),
      xrayTracingEnabled: stage.tracingEnabled,
      accessLog: destinationArn === undefined ? undefined : { destinationArn, format: format ?? "" },
      canary: canary && {
        percentTraffic: canary.percentTraffic,
        variables: canary.stageVariableOverrides,
        useStageCache: canary.useStageCache,
      },
      methodSettings: Object.entries(stage.methodSettings).map(([path, setting]) => methodSettings(path, setting)),
      tags: ownTags(stage.tags),
    }),
  );
}

/** A stage without what only its account knows, with AWS's defaults, in one order. */
export function comparableStage(stage: StageDefinition): StageDefinition {
  const { accessLog } = stage;
  const settings = stage.methodSettings.map((own) => ({ ...methodSettings("*/*", DEFAULT_METHOD_SETTING), ...own }));
  return {
    ...stage,
    ...(accessLog && {
      accessLog: { ...accessLog, destinationArn: accessLog.destinationArn.replace(/:\d{12}:/, ":<account>:") },
    }),
    methodSettings: settings.sort((left, right) =>
      JSON.stringify(left.route).localeCompare(JSON.stringify(right.route)),
    ),
  };
}

function methodSettings(path: string, setting: MethodSettingRecord): MethodSettingsDefinition {
  const { cacheTtlInSeconds, loggingLevel, unauthorizedCacheControlHeaderStrategy: strategy, ...others } = setting;
  return present({
    ...others,
    route: readMethodPath(path),
    cacheTtlSeconds: cacheTtlInSeconds,
    loggingLevel: LOGGING_LEVELS.find((level) => level === loggingLevel),
    unauthorizedCacheControlHeaderStrategy: CACHE_CONTROL_STRATEGIES.find((known) => known === strategy),
  });
}
