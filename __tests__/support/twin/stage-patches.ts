import { badRequest } from "./http";
import { type PatchOperation, unescapePointer, withEntry } from "./patch";
import { type CanaryRecord, DEFAULT_METHOD_SETTING, type MethodSettingRecord, type StageRecord } from "./stage";

type Patch = (stage: StageRecord, operation: PatchOperation) => StageRecord;

const NO_CANARY: CanaryRecord = { percentTraffic: 0, stageVariableOverrides: {}, useStageCache: false };

/** Paths of properties, exact. Source: https://docs.aws.amazon.com/apigateway/latest/api/patch-operations.html#UpdateStage-Patch */
const PROPERTIES: Readonly<Record<string, Patch>> = {
  "/deploymentId": (stage, { op, from, value }) => {
    const promoted = op === "copy" && from === "/canarySettings/deploymentId";
    return { ...stage, deploymentId: (promoted ? stage.canarySettings?.deploymentId : value) ?? stage.deploymentId };
  },
  "/variables": (stage, { op, from }) =>
    op === "copy" && from === "/canarySettings/stageVariableOverrides"
      ? { ...stage, variables: { ...stage.variables, ...stage.canarySettings?.stageVariableOverrides } }
      : stage,
  "/description": (stage, { value }) => ({ ...stage, description: value }),
  "/cacheClusterEnabled": (stage, { value }) => ({ ...stage, cacheClusterEnabled: value === "true" }),
  "/cacheClusterSize": (stage, { value }) => ({ ...stage, cacheClusterSize: value }),
  "/clientCertificateId": (stage, { value }) => ({ ...stage, clientCertificateId: value || undefined }),
  "/documentationVersion": (stage, { value }) => ({ ...stage, documentationVersion: value || undefined }),
  "/tracingEnabled": (stage, { value }) => ({ ...stage, tracingEnabled: value === "true" }),
  "/accessLogSettings": (stage) => ({ ...stage, accessLogSettings: undefined }),
  "/accessLogSettings/destinationArn": (stage, { value }) => ({
    ...stage,
    accessLogSettings: { ...stage.accessLogSettings, destinationArn: value },
  }),
  "/accessLogSettings/format": (stage, { value }) => ({
    ...stage,
    accessLogSettings: { ...stage.accessLogSettings, format: singleLine(value) },
  }),
  "/canarySettings": (stage) => ({ ...stage, canarySettings: undefined }),
  "/canarySettings/deploymentId": (stage, { value }) => withCanary(stage, { deploymentId: value }),
  "/canarySettings/percentTraffic": (stage, { value }) => withCanary(stage, { percentTraffic: Number(value) }),
  "/canarySettings/useStageCache": (stage, { value }) => withCanary(stage, { useStageCache: value === "true" }),
};

/** Paths that end in a name. */
const MEMBERS: Readonly<Record<string, (stage: StageRecord, name: string, value: string | undefined) => StageRecord>> =
  {
    "/variables/": (stage, name, value) => ({ ...stage, variables: withEntry(stage.variables, name, value) }),
    "/canarySettings/stageVariableOverrides/": (stage, name, value) =>
      withCanary(stage, {
        stageVariableOverrides: withEntry(stage.canarySettings?.stageVariableOverrides ?? {}, name, value),
      }),
  };

/** Last part of a method setting's path → what it sets. */
const SETTINGS: Readonly<Record<string, (value: string) => Partial<MethodSettingRecord>>> = {
  "metrics/enabled": (value) => ({ metricsEnabled: value === "true" }),
  "logging/loglevel": (value) => ({ loggingLevel: value }),
  "logging/dataTrace": (value) => ({ dataTraceEnabled: value === "true" }),
  "throttling/burstLimit": (value) => ({ throttlingBurstLimit: Number(value) }),
  "throttling/rateLimit": (value) => ({ throttlingRateLimit: Number(value) }),
  "caching/enabled": (value) => ({ cachingEnabled: value === "true" }),
  "caching/ttlInSeconds": (value) => ({ cacheTtlInSeconds: Number(value) }),
  "caching/dataEncrypted": (value) => ({ cacheDataEncrypted: value === "true" }),
  "caching/requireAuthorizationForCacheControl": (value) => ({ requireAuthorizationForCacheControl: value === "true" }),
  "caching/unauthorizedCacheControlHeaderStrategy": (value) => ({ unauthorizedCacheControlHeaderStrategy: value }),
};

/** One operation of UpdateStage. The key of a method setting is kept as it was written, as AWS does. */
export function patchStage(stage: StageRecord, operation: PatchOperation): StageRecord {
  const property = PROPERTIES[operation.path];
  if (property) return property(stage, operation);
  for (const [prefix, patch] of Object.entries(MEMBERS)) {
    if (!operation.path.startsWith(prefix)) continue;
    const name = unescapePointer(operation.path.slice(prefix.length));
    return patch(stage, name, operation.op === "remove" ? undefined : operation.value);
  }
  return patchMethodSetting(stage, operation);
}

function patchMethodSetting(stage: StageRecord, { op, path, value }: PatchOperation): StageRecord {
  const key = path.slice(1);
  if (op === "remove") {
    if (!(key in stage.methodSettings)) {
      throw badRequest(`Cannot remove method setting ${key} because there is no method setting for this method`);
    }
    return { ...stage, methodSettings: withEntry(stage.methodSettings, key, undefined) };
  }
  const [, route, setting] = /^(.+\/[^/]+)\/([^/]+\/[^/]+)$/.exec(key) ?? [];
  const change = SETTINGS[setting ?? ""];
  if (!route || !change || route.startsWith("/")) throw badRequest(`Invalid method setting path: ${path}`);
  const current = stage.methodSettings[route] ?? DEFAULT_METHOD_SETTING;
  return { ...stage, methodSettings: withEntry(stage.methodSettings, route, { ...current, ...change(value ?? "") }) };
}

function withCanary(stage: StageRecord, change: Partial<CanaryRecord>): StageRecord {
  return { ...stage, canarySettings: { ...NO_CANARY, ...stage.canarySettings, ...change } };
}

function singleLine(format: string | undefined): string | undefined {
  if (format?.trimEnd().includes("\n")) {
    throw badRequest("Access Log format must be single line, new line character is allowed only at end of the format");
  }
  return format;
}
