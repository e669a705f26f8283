import type { JsonObject } from "../../../definition/json";
import { withoutUndefined } from "./json-values";

/** What holds for one route of a stage, or for all of them. */
export interface MethodSettingRecord {
  readonly metricsEnabled: boolean;
  readonly loggingLevel: string;
  readonly dataTraceEnabled: boolean;
  readonly throttlingBurstLimit: number;
  readonly throttlingRateLimit: number;
  readonly cachingEnabled: boolean;
  readonly cacheTtlInSeconds: number;
  readonly cacheDataEncrypted: boolean;
  readonly requireAuthorizationForCacheControl: boolean;
  readonly unauthorizedCacheControlHeaderStrategy: string;
}

/** What a new entry holds before its first setting. Source: https://docs.aws.amazon.com/apigateway/latest/api/API_MethodSetting.html */
export const DEFAULT_METHOD_SETTING: MethodSettingRecord = {
  metricsEnabled: false,
  loggingLevel: "OFF",
  dataTraceEnabled: false,
  throttlingBurstLimit: 5000,
  throttlingRateLimit: 10000,
  cachingEnabled: false,
  cacheTtlInSeconds: 300,
  cacheDataEncrypted: false,
  requireAuthorizationForCacheControl: true,
  unauthorizedCacheControlHeaderStrategy: "SUCCEED_WITH_RESPONSE_HEADER",
};

/** A stage as GetStage answers it. */
export interface StageRecord {
  readonly stageName: string;
  readonly deploymentId: string;
  readonly description?: string;
  readonly cacheClusterEnabled: boolean;
  readonly cacheClusterSize?: string;
  readonly clientCertificateId?: string;
  readonly documentationVersion?: string;
  readonly tracingEnabled: boolean;
  readonly variables: Readonly<Record<string, string>>;
  readonly accessLogSettings?: { readonly destinationArn?: string; readonly format?: string };
  readonly canarySettings?: CanaryRecord;
  readonly methodSettings: Readonly<Record<string, MethodSettingRecord>>;
  readonly tags: Readonly<Record<string, string>>;
  readonly createdDate: number;
  readonly lastUpdatedDate: number;
}

export interface CanaryRecord {
  readonly deploymentId?: string;
  readonly percentTraffic: number;
  readonly stageVariableOverrides: Readonly<Record<string, string>>;
  readonly useStageCache: boolean;
}

/** GetStage's answer; a cache cluster is there at once, so that nobody waits for it. */
export function describeStage(stage: StageRecord): JsonObject {
  return {
    ...withoutUndefined({ ...structuredClone(stage) }),
    cacheClusterStatus: stage.cacheClusterEnabled ? "AVAILABLE" : "NOT_AVAILABLE",
  };
}

/** Does the stage log, so that the account needs a CloudWatch role? */
export function writesLogs(stage: StageRecord): boolean {
  return (
    stage.accessLogSettings?.destinationArn !== undefined ||
    Object.values(stage.methodSettings).some(({ loggingLevel }) => loggingLevel !== "OFF")
  );
}
