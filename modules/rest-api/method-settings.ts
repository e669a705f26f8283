import type { LoggingLevel } from "../../definition/stage";
import type { Duration } from "../duration";
import type { Method } from "./method";
import { type Throttle, throttleLimits } from "./throttle";

/** Settings of all routes of a stage, or of one. */
export interface MethodDeploymentOptions {
  /**
   * Limit in words or numbers: instead of `throttlingRateLimit` and `throttlingBurstLimit`.
   * @default - no limit but the account's
   */
  readonly throttle?: Throttle;
  /**
   * Requests a second, steady.
   * @default - no limit but the account's
   */
  readonly throttlingRateLimit?: number;
  /**
   * Requests at once.
   * @default - no limit but the account's
   */
  readonly throttlingBurstLimit?: number;
  /**
   * Execution log. Needs the account's CloudWatch role (`AccountLogging`).
   * @default "OFF"
   */
  readonly loggingLevel?: LoggingLevel;
  /**
   * Writes requests and answers, with all that is secret in them, into the execution log.
   * @default false
   */
  readonly dataTraceEnabled?: boolean;
  /**
   * Metrics per route, billed as custom metrics.
   * @default false
   */
  readonly metricsEnabled?: boolean;
  /**
   * False switches the caches of routes off here.
   * @default - routes with `cache` are cached
   */
  readonly cachingEnabled?: false;
  /**
   * For routes that are cached and say nothing.
   * @default Duration.minutes(5)
   */
  readonly cacheTtl?: Duration;
  /** @default true */
  readonly cacheDataEncrypted?: boolean;
}

/** Settings complete: an entry of one route does not inherit from that of all. */
export interface CompleteSettings
  extends Required<Omit<MethodDeploymentOptions, "throttle" | "cacheTtl" | "cachingEnabled" | "cacheDataEncrypted">> {
  readonly cachingEnabled: boolean;
  readonly cacheTtlInSeconds: number;
  readonly cacheDataEncrypted: boolean;
}

/** What AWS does without any entry. Source: https://docs.aws.amazon.com/apigateway/latest/api/API_MethodSetting.html */
const NO_LIMIT = -1;
const DEFAULT_CACHE_TTL_SECONDS = 300;

/** Settings of a whole stage with the defaults filled in: routes without `cache` are not cached. */
export function settingsOfStage(options: MethodDeploymentOptions): CompleteSettings {
  const { throttlingRateLimit = NO_LIMIT, throttlingBurstLimit = NO_LIMIT } = inNumbers(options);
  return {
    throttlingRateLimit,
    throttlingBurstLimit,
    loggingLevel: options.loggingLevel ?? "OFF",
    dataTraceEnabled: options.dataTraceEnabled ?? false,
    metricsEnabled: options.metricsEnabled ?? false,
    cachingEnabled: false,
    cacheTtlInSeconds: DEFAULT_CACHE_TTL_SECONDS,
    cacheDataEncrypted: false,
  };
}

/** Settings of one route on a stage: what the stage says about the route wins over the route, which wins over the stage. */
export function settingsOfRoute(
  { options: { throttle, cache } }: Method,
  stage: MethodDeploymentOptions,
  onStage: MethodDeploymentOptions = {},
): CompleteSettings {
  const settings = settingsOfStage({
    ...inNumbers(stage),
    ...inNumbers({ ...(throttle === undefined ? {} : { throttle }) }),
    ...inNumbers(onStage),
  });
  if (cache === undefined || stage.cachingEnabled === false || onStage.cachingEnabled === false) return settings;
  const ttl = onStage.cacheTtl ?? cache.ttl ?? stage.cacheTtl;
  return {
    ...settings,
    cachingEnabled: true,
    cacheTtlInSeconds:
      onStage.cacheTtl?.toSeconds() ?? cache.ttlSeconds ?? ttl?.toSeconds() ?? DEFAULT_CACHE_TTL_SECONDS,
    cacheDataEncrypted: onStage.cacheDataEncrypted ?? stage.cacheDataEncrypted ?? true,
  };
}

/** `throttle` as the two numbers that it stands for, so that options can be laid over each other. */
function inNumbers({ throttle, ...options }: MethodDeploymentOptions): Omit<MethodDeploymentOptions, "throttle"> {
  if (throttle === undefined) return options;
  const { rateLimit, burstLimit } = throttleLimits(throttle);
  return { ...options, throttlingRateLimit: rateLimit, throttlingBurstLimit: burstLimit };
}

/** True if the stage declares anything about all routes that differs from what AWS does anyway. */
export function hasSettings(options: MethodDeploymentOptions): boolean {
  return !areEqual(settingsOfStage(options), settingsOfStage({}));
}

/** True if two entries say the same. */
export function areEqual(left: CompleteSettings, right: CompleteSettings): boolean {
  return JSON.stringify(left) === JSON.stringify(right);
}

/** Key of a route in Terraform: slashes are `~1`, also the first. Source: https://datatracker.ietf.org/doc/html/rfc6901#section-3 */
export function methodPath(resourcePath: string, httpMethod: string): string {
  return `${resourcePath.replaceAll("/", "~1")}/${httpMethod}`;
}
