/** Sizes of a stage's cache cluster, in GB. Source: https://docs.aws.amazon.com/apigateway/latest/api/API_CreateStage.html */
export const CACHE_CLUSTER_SIZES = ["0.5", "1.6", "6.1", "13.5", "28.4", "58.2", "118", "237"] as const;
/** One of the sizes. */
export type CacheClusterSize = (typeof CACHE_CLUSTER_SIZES)[number];

/** What an execution log may hold. */
export const LOGGING_LEVELS = ["OFF", "ERROR", "INFO"] as const;
/** One of the levels. */
export type LoggingLevel = (typeof LOGGING_LEVELS)[number];

/** What happens to callers who ask for a fresh answer and may not. Source: https://docs.aws.amazon.com/apigateway/latest/api/API_MethodSetting.html */
export const CACHE_CONTROL_STRATEGIES = [
  "FAIL_WITH_403",
  "SUCCEED_WITH_RESPONSE_HEADER",
  "SUCCEED_WITHOUT_RESPONSE_HEADER",
] as const;
/** One of the strategies. */
export type CacheControlStrategy = (typeof CACHE_CONTROL_STRATEGIES)[number];

/** A stage: a deployed snapshot of an API under a name. */
export interface StageDefinition {
  /** First path segment of the invoke URL. */
  readonly name: string;
  readonly description?: string;
  readonly variables: Readonly<Record<string, string>>;
  readonly cacheClusterSize?: CacheClusterSize;
  readonly xrayTracingEnabled: boolean;
  /** Backends over HTTP are shown a certificate of the stage. @default false */
  readonly hasClientCertificate?: boolean;
  readonly accessLog?: { readonly destinationArn: string; readonly format: string };
  readonly canary?: {
    readonly percentTraffic: number;
    readonly variables: Readonly<Record<string, string>>;
    readonly useStageCache: boolean;
  };
  /** Settings of all routes, then of single ones. Entries do not inherit from each other (except a throttle of −1). */
  readonly methodSettings: readonly MethodSettingsDefinition[];
  readonly tags: Readonly<Record<string, string>>;
}

/** Settings of one route on one stage, or of all. */
export interface MethodSettingsDefinition {
  /** `"*"` (all) or one route. */
  readonly route: "*" | { readonly resourcePath: string; readonly httpMethod: string };
  readonly metricsEnabled?: boolean;
  readonly loggingLevel?: LoggingLevel;
  readonly dataTraceEnabled?: boolean;
  /** Requests a second; −1 means no limit of its own, 0 blocks all. */
  readonly throttlingRateLimit?: number;
  /** Requests; −1 means no limit of its own. */
  readonly throttlingBurstLimit?: number;
  readonly cachingEnabled?: boolean;
  /** 0 to 3,600 s. */
  readonly cacheTtlSeconds?: number;
  readonly cacheDataEncrypted?: boolean;
  readonly requireAuthorizationForCacheControl?: boolean;
  readonly unauthorizedCacheControlHeaderStrategy?: CacheControlStrategy;
}
