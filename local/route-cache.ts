import type { MethodDefinition } from "../definition/method";
import type { CacheControlStrategy, StageDefinition } from "../definition/stage";
import type { Exchange } from "./exchange";
import { headerValues } from "./http/headers";
import { mappedValues } from "./integrations/mapping-expression";
import type { ResponseCache } from "./state/response-cache";

/** How long answers of one route are stored, and for whom. */
export interface CacheSettings {
  readonly ttlMillis: number;
  /** Whether requests of every verb are answered from the cache, or those of GET alone. */
  readonly isOfEveryVerb: boolean;
  /** Absent when every caller may ask for a fresh answer, else what others get. */
  readonly unauthorized?: CacheControlStrategy;
}

/** How answers of one route are stored. */
export interface RouteCache extends CacheSettings {
  readonly store: ResponseCache;
  keyOf(exchange: Exchange): string;
}

/** Whether answers to requests of a verb are stored. */
export function storesAnswersTo({ isOfEveryVerb }: CacheSettings, httpMethod: string): boolean {
  return isOfEveryVerb || httpMethod === "GET";
}

/** AWS's defaults of settings. */
const DEFAULT_TTL_SECONDS = 300;
const DEFAULT_STRATEGY = "SUCCEED_WITH_RESPONSE_HEADER";

/** The cache of a route, if it has one. */
export function cacheOfRoute(
  stage: StageDefinition,
  method: MethodDefinition,
  store: ResponseCache,
): RouteCache | undefined {
  const settings = cacheSettingsOf(stage, method);
  return settings && { ...settings, store, keyOf: cacheKeyOf(method) };
}

/**
 * The settings of a route's cache, if its stage has one and switches it on. Settings of all routes mean GET alone; those of one route
 * mean that route, whatever its verb.
 * Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-caching.html
 */
export function cacheSettingsOf(
  { cacheClusterSize, methodSettings }: StageDefinition,
  method: MethodDefinition,
): CacheSettings | undefined {
  const own = methodSettings.find(
    ({ route }) =>
      route !== "*" && route.resourcePath === method.resourcePath && route.httpMethod === method.httpMethod,
  );
  const settings = own ?? methodSettings.find(({ route }) => route === "*");
  const ttlSeconds = settings?.cacheTtlSeconds ?? DEFAULT_TTL_SECONDS;
  if (cacheClusterSize === undefined || !settings?.cachingEnabled || ttlSeconds === 0) return undefined;
  const isGuarded = settings.requireAuthorizationForCacheControl ?? true;
  return {
    ttlMillis: ttlSeconds * 1000,
    isOfEveryVerb: own !== undefined,
    ...(isGuarded && { unauthorized: settings.unauthorizedCacheControlHeaderStrategy ?? DEFAULT_STRATEGY }),
  };
}

type Reader = (exchange: Exchange) => readonly string[];

/** What is no parameter of the key tells no answers apart: not the path, not the query, not the caller. */
function cacheKeyOf({ integration, resourcePath }: MethodDefinition): RouteCache["keyOf"] {
  const namespace = integration.cacheNamespace ?? resourcePath;
  const readers = integration.cacheKeyParameters.map((parameter) =>
    parameter.startsWith("integration.")
      ? mappedParameter(integration.requestParameters[parameter])
      : clientsParameter(parameter),
  );
  return (exchange) => JSON.stringify([namespace, exchange.httpMethod, ...readers.map((read) => read(exchange))]);
}

/** What the backend would get. */
function mappedParameter(expression: string | undefined): Reader {
  return expression === undefined ? () => [] : (exchange) => mappedValues(expression, exchange);
}

/** What the client has sent: all values, names of headers in any case. */
function clientsParameter(parameter: string): Reader {
  const [, place = "", name = ""] = /^method\.request\.([^.]+)\.(.+)$/.exec(parameter) ?? [];
  const read = READERS[place.replace("multivalue", "")];
  return read ? (exchange) => read(exchange, name) : () => [];
}

const READERS: Readonly<Record<string, (exchange: Exchange, name: string) => readonly string[]>> = {
  path: ({ pathParameters }, name) => [pathParameters[name] ?? ""],
  querystring: ({ query }, name) => query.filter(([known]) => known === name).map(([, value]) => value),
  header: ({ headers }, name) => headerValues(headers, name),
};
