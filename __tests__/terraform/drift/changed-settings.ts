import type { PatchOperation } from "@aws-sdk/client-api-gateway";
import type { UpdateFunctionConfigurationCommandInput } from "@aws-sdk/client-lambda";
import type { RestApiDefinition } from "../../../definition/rest-api";
import type { MethodSettingsDefinition, StageDefinition } from "../../../definition/stage";
import type { VersionConfiguration } from "../../../deploy/drift/compare-functions";

/** For every field: what the report calls it, and the patch that changes it. */
type Patches<Field extends string> = { readonly [Name in Field]: readonly [field: string, patch: PatchOperation] };

const replace = (path: string, value: string): PatchOperation => ({ op: "replace", path, value });
const add = (path: string, value: string): PatchOperation => ({ op: "add", path, value });

/** Of an API that is no part of its snapshots; type and tags have calls of their own. */
export const API_PATCHES: Patches<
  Exclude<
    keyof RestApiDefinition,
    "methods" | "models" | "requestValidators" | "authorizers" | "gatewayResponses" | "tags"
  >
> = {
  name: ["name", replace("/name", "other")],
  description: ["description", replace("/description", "Sells nothing")],
  endpointType: ["endpointType", replace("/endpointConfiguration/types/REGIONAL", "EDGE")],
  vpcEndpointIds: ["vpcEndpointIds", add("/endpointConfiguration/vpcEndpointIds", "vpce-1")],
  disableExecuteApiEndpoint: ["disableExecuteApiEndpoint", replace("/disableExecuteApiEndpoint", "true")],
  binaryMediaTypes: ["binaryMediaTypes", add("/binaryMediaTypes/*~1*", "")],
  minimumCompressionSizeBytes: ["minimumCompressionSizeBytes", replace("/minimumCompressionSize", "0")],
  apiKeySource: ["apiKeySource", replace("/apiKeySource", "AUTHORIZER")],
  policy: ["policy.Statement", replace("/policy", JSON.stringify({ Version: "2012-10-17", Statement: [] }))],
};

type StageField = Exclude<keyof StageDefinition, "name" | "canary" | "accessLog" | "methodSettings" | "tags">;

/** Of the stage `v1`. */
export const STAGE_PATCHES: Patches<StageField | "logDestination" | "logFormat" | "documentationVersion"> = {
  description: ["description", replace("/description", "What nobody sees")],
  variables: ["variables.backend", replace("/variables/backend", "evil.example.com")],
  cacheClusterSize: ["cacheClusterSize", replace("/cacheClusterSize", "1.6")],
  xrayTracingEnabled: ["xrayTracingEnabled", replace("/tracingEnabled", "false")],
  hasClientCertificate: ["clientCertificateId", replace("/clientCertificateId", "other")],
  logDestination: [
    "accessLog.destinationArn",
    replace("/accessLogSettings/destinationArn", "arn:aws:logs:eu-west-1:111111111111:log-group:other"),
  ],
  logFormat: ["accessLog.format", replace("/accessLogSettings/format", "$context.status")],
  documentationVersion: ["documentationVersion", replace("/documentationVersion", "2")],
};

/** Of the stage `next`. */
export const CANARY_PATCHES: Patches<keyof NonNullable<StageDefinition["canary"]>> = {
  percentTraffic: ["canary.percentTraffic", replace("/canarySettings/percentTraffic", "100")],
  variables: ["canary.variables.backend", replace("/canarySettings/stageVariableOverrides/backend", "c.example.com")],
  useStageCache: ["canary.useStageCache", replace("/canarySettings/useStageCache", "false")],
};

/** Of one route or all; paths end in these. */
export const SETTING_PATCHES: Patches<Exclude<keyof MethodSettingsDefinition, "route">> = {
  metricsEnabled: ["methodSettings.metricsEnabled", replace("/metrics/enabled", "false")],
  loggingLevel: ["methodSettings.loggingLevel", replace("/logging/loglevel", "OFF")],
  dataTraceEnabled: ["methodSettings.dataTraceEnabled", replace("/logging/dataTrace", "false")],
  throttlingRateLimit: ["methodSettings.throttlingRateLimit", replace("/throttling/rateLimit", "1000")],
  throttlingBurstLimit: ["methodSettings.throttlingBurstLimit", replace("/throttling/burstLimit", "1000")],
  cachingEnabled: ["methodSettings.cachingEnabled", replace("/caching/enabled", "false")],
  cacheTtlSeconds: ["methodSettings.cacheTtlSeconds", replace("/caching/ttlInSeconds", "3600")],
  cacheDataEncrypted: ["methodSettings.cacheDataEncrypted", replace("/caching/dataEncrypted", "false")],
  requireAuthorizationForCacheControl: [
    "methodSettings.requireAuthorizationForCacheControl",
    replace("/caching/requireAuthorizationForCacheControl", "false"),
  ],
  unauthorizedCacheControlHeaderStrategy: [
    "methodSettings.unauthorizedCacheControlHeaderStrategy",
    replace("/caching/unauthorizedCacheControlHeaderStrategy", "SUCCEED_WITHOUT_RESPONSE_HEADER"),
  ],
};

/** Of the version behind the alias. */
export const FUNCTION_CHANGES: {
  readonly [Field in Exclude<keyof VersionConfiguration, "architectures">]: readonly [
    field: string,
    change: Omit<UpdateFunctionConfigurationCommandInput, "FunctionName">,
  ];
} = {
  handler: ["handler", { Handler: "other.handler" }],
  runtime: ["runtime", { Runtime: "nodejs20.x" }],
  memorySizeMb: ["memorySizeMb", { MemorySize: 128 }],
  timeoutSeconds: ["timeoutSeconds", { Timeout: 900 }],
  environment: ["environment.API_KEY", { Environment: { Variables: { API_KEY: "looking glass" } } }],
  role: ["role", { Role: "arn:aws:iam::111111111111:role/other" }],
  layers: ["layers", { Layers: ["arn:aws:lambda:eu-west-1:111111111111:layer:other:1"] }],
  tracingMode: ["tracingMode", { TracingConfig: { Mode: "PassThrough" } }],
  ephemeralStorageMb: ["ephemeralStorageMb", { EphemeralStorage: { Size: 512 } }],
};
