import type { MethodSettingsDefinition, StageDefinition } from "./stage";

/** Settings with nothing left open. */
export type EffectiveSettings = Required<Omit<MethodSettingsDefinition, "route">>;

/** What AWS does where an entry says nothing. Source: https://docs.aws.amazon.com/apigateway/latest/api/API_MethodSetting.html */
export const DEFAULT_SETTINGS: EffectiveSettings = {
  metricsEnabled: false,
  loggingLevel: "OFF",
  dataTraceEnabled: false,
  throttlingRateLimit: -1,
  throttlingBurstLimit: -1,
  cachingEnabled: false,
  cacheTtlSeconds: 300,
  cacheDataEncrypted: false,
  requireAuthorizationForCacheControl: true,
  unauthorizedCacheControlHeaderStrategy: "SUCCEED_WITH_RESPONSE_HEADER",
};

/**
 * Settings of a route on a stage, or of all routes that have no entry of their own. An entry of a route replaces that of all
 * routes, but for a throttle of −1.
 */
export function effectiveSettings(
  { methodSettings }: StageDefinition,
  method?: { readonly resourcePath: string; readonly httpMethod: string },
): EffectiveSettings {
  const ofAll = methodSettings.find(({ route }) => route === "*");
  const own = methodSettings.find(
    ({ route }) =>
      route !== "*" && route.resourcePath === method?.resourcePath && route.httpMethod === method.httpMethod,
  );
  const { route: _, ...entry } = own ?? ofAll ?? { route: "*" };
  const settings = { ...DEFAULT_SETTINGS, ...entry };
  if (own === undefined || ofAll === undefined) return settings;
  const { throttlingRateLimit, throttlingBurstLimit } = settings;
  return {
    ...settings,
    throttlingRateLimit: throttlingRateLimit < 0 ? (ofAll.throttlingRateLimit ?? -1) : throttlingRateLimit,
    throttlingBurstLimit: throttlingBurstLimit < 0 ? (ofAll.throttlingBurstLimit ?? -1) : throttlingBurstLimit,
  };
}
