import type { MethodSetting, Stage } from "@aws-sdk/client-api-gateway";
import { DEFAULT_SETTINGS } from "../../definition/effective-settings";
import type { Json, JsonObject } from "../../definition/json";
import { present } from "../../definition/present";
import type { MethodSettingsDefinition, StageDefinition } from "../../definition/stage";
import { readMethodPath } from "../../definition/terraform/read-stages";
import { compareValues } from "./compare-values";
import type { DeclaredStage } from "./declared-stages";
import { type Comparison, difference, joined } from "./difference";
import { ownTags } from "./own-tags";

/**
 * Compares what GetStage says with a declared stage.
 *
 * @param place as in `shop/v1`
 * @param references ids that the stage refers to; absent where they are not known
 */
export function compareStage(
  place: string,
  declared: StageDefinition,
  references: DeclaredStage | undefined,
  deployed: Stage,
): Comparison {
  return joined([
    compareValues(place, "", propertiesOf(declared, references), deployedProperties(deployed)),
    compareSettings(place, declared.methodSettings, deployed.methodSettings ?? {}),
  ]);
}

/** Settings have a place of their own. */
type StageProperties = Required<Omit<StageDefinition, "name" | "methodSettings" | "hasClientCertificate">> &
  Record<"deploymentId" | "clientCertificateId" | "documentationVersion" | "webAclArn", unknown>;

function propertiesOf(stage: StageDefinition, references: DeclaredStage | undefined): JsonObject {
  return present({
    description: stage.description,
    variables: stage.variables,
    cacheClusterSize: stage.cacheClusterSize,
    xrayTracingEnabled: stage.xrayTracingEnabled,
    accessLog: stage.accessLog && { ...stage.accessLog, destinationArn: logArn(stage.accessLog.destinationArn) },
    canary: stage.canary && { ...stage.canary, deploymentId: references?.canaryDeploymentId ?? "" },
    tags: stage.tags,
    deploymentId: references?.deploymentId,
    clientCertificateId: references?.clientCertificateId,
    documentationVersion: references?.documentationVersion,
    webAclArn: references?.webAclArn,
  } satisfies Readonly<Record<keyof StageProperties, Json | undefined>>) as JsonObject;
}

function deployedProperties(stage: Stage): JsonObject {
  const { accessLogSettings: log, canarySettings: canary } = stage;
  return present({
    description: stage.description || undefined,
    variables: stage.variables ?? {},
    cacheClusterSize: stage.cacheClusterEnabled ? stage.cacheClusterSize : undefined,
    xrayTracingEnabled: stage.tracingEnabled ?? false,
    accessLog:
      log?.destinationArn === undefined
        ? undefined
        : { destinationArn: logArn(log.destinationArn), format: log.format ?? "" },
    canary:
      canary &&
      present({
        percentTraffic: canary.percentTraffic ?? 0,
        variables: canary.stageVariableOverrides ?? {},
        useStageCache: canary.useStageCache ?? false,
        deploymentId: canary.deploymentId ?? "",
      }),
    tags: ownTags(stage.tags),
    deploymentId: stage.deploymentId,
    clientCertificateId: stage.clientCertificateId || undefined,
    documentationVersion: stage.documentationVersion || undefined,
    webAclArn: stage.webAclArn || undefined,
  } satisfies Readonly<Record<keyof StageProperties, Json | undefined>>) as JsonObject;
}

/** A log group's ARN is written with and without what stands for its streams. */
function logArn(arn: string): string {
  return arn.replace(/:\*$/, "");
}

/** What a route is called here: settings of all routes are the stage's. */
type Entries = Readonly<Record<string, JsonObject>>;

function compareSettings(
  place: string,
  declared: readonly MethodSettingsDefinition[],
  deployed: Readonly<Record<string, MethodSetting>>,
): Comparison {
  const left = Object.fromEntries(
    declared.map(({ route, ...settings }) => [entryName(route), { ...DEFAULT_SETTINGS, ...settings }]),
  );
  const right: Entries = Object.fromEntries(
    Object.entries(deployed).map(([path, setting]) => [entryName(readMethodPath(path)), deployedSettings(setting)]),
  );
  return joined(
    [...new Set([...Object.keys(left), ...Object.keys(right)])].map((entry) => {
      const placeOfEntry = entry === ALL ? place : `${place} ${entry}`;
      if (left[entry] === undefined) return difference(placeOfEntry, "methodSettings", undefined, right[entry]);
      if (right[entry] === undefined) return difference(placeOfEntry, "methodSettings", left[entry], "missing");
      return compareValues(placeOfEntry, "methodSettings", left[entry], right[entry]);
    }),
  );
}

const ALL = "*";

function entryName(route: MethodSettingsDefinition["route"]): string {
  return route === "*" ? ALL : `${route.httpMethod} ${route.resourcePath}`;
}

function deployedSettings(setting: MethodSetting): JsonObject {
  return {
    metricsEnabled: setting.metricsEnabled ?? DEFAULT_SETTINGS.metricsEnabled,
    loggingLevel: setting.loggingLevel ?? DEFAULT_SETTINGS.loggingLevel,
    dataTraceEnabled: setting.dataTraceEnabled ?? DEFAULT_SETTINGS.dataTraceEnabled,
    throttlingRateLimit: setting.throttlingRateLimit ?? DEFAULT_SETTINGS.throttlingRateLimit,
    throttlingBurstLimit: setting.throttlingBurstLimit ?? DEFAULT_SETTINGS.throttlingBurstLimit,
    cachingEnabled: setting.cachingEnabled ?? DEFAULT_SETTINGS.cachingEnabled,
    cacheTtlSeconds: setting.cacheTtlInSeconds ?? DEFAULT_SETTINGS.cacheTtlSeconds,
    cacheDataEncrypted: setting.cacheDataEncrypted ?? DEFAULT_SETTINGS.cacheDataEncrypted,
    requireAuthorizationForCacheControl:
      setting.requireAuthorizationForCacheControl ?? DEFAULT_SETTINGS.requireAuthorizationForCacheControl,
    unauthorizedCacheControlHeaderStrategy:
      setting.unauthorizedCacheControlHeaderStrategy ?? DEFAULT_SETTINGS.unauthorizedCacheControlHeaderStrategy,
  } satisfies Readonly<Record<keyof typeof DEFAULT_SETTINGS, Json>>;
}
