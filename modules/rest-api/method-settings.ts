import { present } from "../../definition/present";
import type { CacheControlStrategy } from "../../definition/stage";
import type { MethodLoggingLevel } from "../aws-values";
import type { Duration } from "../duration";
import type { Method } from "./method";
import { type Throttle, throttleLimits } from "./throttle";

/** Settings of cached answers, of a route or of all cached routes of a stage. */
export interface CacheSettings {
  /**
   * True keeps answers encrypted.
   * @default true
   */
  readonly cacheDataEncrypted?: boolean;
  /**
   * False lets every caller replace cached answers, by `Cache-Control: max-age=0`; else only who may
   * `execute-api:InvalidateCache`.
   * Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-caching.html
   * @default true
   */
  readonly requireAuthorizationForCacheControl?: boolean;
  /**
   * What callers get who send `Cache-Control: max-age=0` and may not: 403, or the cached answer with or without a
   * `Warning` header.
   * @default "SUCCEED_WITH_RESPONSE_HEADER"
   */
  readonly unauthorizedCacheControlHeaderStrategy?: CacheControlStrategy;
}

/** Settings of all routes of a stage, or of one. */
export interface MethodDeploymentOptions extends CacheSettings {
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
   * @default MethodLoggingLevel.OFF
   */
  readonly loggingLevel?: MethodLoggingLevel;
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
   * False switches caches off here, for all routes or for one; true for one route switches the cache of a route that
   * declares `cache` on again. A stage as a whole cannot be cached: what tells answers apart is known per route.
   * @default - routes with `cache` are cached
   */
  readonly cachingEnabled?: boolean;
  /**
   * For routes that are cached and say nothing. 0 to 3,600 s.
   * @default Duration.minutes(5)
   */
  readonly cacheTtl?: Duration;
}

type PlainSettings = Required<
  Pick<
    MethodDeploymentOptions,
    | "throttlingRateLimit"
    | "throttlingBurstLimit"
    | "loggingLevel"
    | "dataTraceEnabled"
    | "metricsEnabled"
    | "cachingEnabled"
    | "cacheDataEncrypted"
  >
>;

/** Settings complete: an entry of one route does not inherit from that of all. */
export interface CompleteSettings extends PlainSettings {
  readonly cacheTtlInSeconds: number;
  /** Present when answers are cached. */
  readonly requireAuthorizationForCacheControl?: boolean;
  /** Present when answers are cached. */
  readonly unauthorizedCacheControlHeaderStrategy?: CacheControlStrategy;
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
  { options: { throttle, cache } }: Pick<Method, "options">,
  stage: MethodDeploymentOptions,
  onStage: MethodDeploymentOptions = {},
): CompleteSettings {
  const settings = settingsOfStage({
    ...inNumbers(stage),
    ...(throttle === undefined ? {} : inNumbers({ throttle })),
    ...inNumbers(onStage),
  });
  const isCached = onStage.cachingEnabled ?? stage.cachingEnabled ?? true;
  if (cache === undefined || !isCached) return settings;
  const ttl = onStage.cacheTtl ?? cache.ttl ?? stage.cacheTtl;
  const chosen: CacheSettings = { ...cacheSettings(stage), ...cacheSettings(cache), ...cacheSettings(onStage) };
  return {
    ...settings,
    cachingEnabled: true,
    cacheTtlInSeconds:
      onStage.cacheTtl?.toSeconds() ?? cache.ttlSeconds ?? ttl?.toSeconds() ?? DEFAULT_CACHE_TTL_SECONDS,
    cacheDataEncrypted: chosen.cacheDataEncrypted ?? true,
    requireAuthorizationForCacheControl: chosen.requireAuthorizationForCacheControl ?? true,
    unauthorizedCacheControlHeaderStrategy:
      chosen.unauthorizedCacheControlHeaderStrategy ?? "SUCCEED_WITH_RESPONSE_HEADER",
  };
}

/** Names of the settings that mean nothing where answers are not cached. */
const CACHE_SETTINGS = [
  "cacheDataEncrypted",
  "requireAuthorizationForCacheControl",
  "unauthorizedCacheControlHeaderStrategy",
] as const satisfies readonly (keyof CacheSettings)[];

/** What of the settings is about cached answers, without what is not said. */
export function cacheSettings(settings: CacheSettings): CacheSettings {
  return present(Object.fromEntries(CACHE_SETTINGS.map((name) => [name, settings[name]])));
}

/** `throttle` as the two numbers that it stands for, so that options can be laid over each other. */
function inNumbers(settings: MethodDeploymentOptions): Omit<MethodDeploymentOptions, "throttle"> {
  const { throttle, ...options } = present(settings);
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
