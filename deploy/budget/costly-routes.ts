import { type EffectiveSettings, effectiveSettings } from "../../definition/effective-settings";
import type { StackDefinition } from "../../definition/stack";
import type { StageDefinition } from "../../definition/stage";

/** A route with settings of its own on a stage: two calls at creation, one in every plan. */
export interface CostlyRoute {
  /** As in `orders-dev/v1`. */
  readonly stage: string;
  /** As in `GET /orders`. */
  readonly route: string;
  /** Its settings that are not those of the stage, with their values. */
  readonly differences: Readonly<Partial<EffectiveSettings>>;
  /** Groups of `differences`. */
  readonly kinds: readonly SettingKind[];
}

const KINDS = ["throttle", "cache", "logging and metrics"] as const;
/** What a setting is about. */
export type SettingKind = (typeof KINDS)[number];

const KIND_OF: Readonly<Record<keyof EffectiveSettings, SettingKind>> = {
  throttlingRateLimit: "throttle",
  throttlingBurstLimit: "throttle",
  cachingEnabled: "cache",
  cacheTtlSeconds: "cache",
  cacheDataEncrypted: "cache",
  requireAuthorizationForCacheControl: "cache",
  unauthorizedCacheControlHeaderStrategy: "cache",
  loggingLevel: "logging and metrics",
  dataTraceEnabled: "logging and metrics",
  metricsEnabled: "logging and metrics",
};

/** Routes with entries of their own in the settings of stages, in the order of the stages. */
export function costlyRoutes({ apis }: StackDefinition): readonly CostlyRoute[] {
  return apis.flatMap(({ api, stages }) => stages.flatMap((stage) => routesOf(`${api.name}/${stage.name}`, stage)));
}

function routesOf(name: string, stage: StageDefinition): readonly CostlyRoute[] {
  const ofAll = effectiveSettings(stage);
  return stage.methodSettings.flatMap(({ route }) => {
    if (route === "*") return [];
    const own = effectiveSettings(stage, route);
    const names = (Object.keys(KIND_OF) as (keyof EffectiveSettings)[]).filter((key) => own[key] !== ofAll[key]);
    const kinds = KINDS.filter((kind) => names.some((key) => KIND_OF[key] === kind));
    const differences = Object.fromEntries(names.map((key) => [key, own[key]]));
    return [{ stage: name, route: `${route.httpMethod} ${route.resourcePath}`, differences, kinds }];
  });
}

/** How the calls of routes can be saved, one sentence for each way. */
export function suggestions(routes: readonly CostlyRoute[]): readonly string[] {
  const stages = [...new Set(routes.map(({ stage }) => stage))];
  return stages.flatMap((stage) => {
    const here = routes.filter((route) => route.stage === stage);
    return [
      ...advice(stage, here.filter(saysNothing), "says what the stage says: remove the entry"),
      ...groups(here.filter(mayBeDefault)).flatMap((group) =>
        advice(stage, group, `the same ${group[0]?.kinds.join(" and ")} as default of the stage costs 2 calls for all`),
      ),
      ...advice(
        stage,
        here.filter(isThrottle),
        "throttles of a usage plan cost no calls; they limit each API key, not all callers together",
      ),
      ...advice(stage, here.filter(isCached), "a cached route needs its entry: nothing saves it"),
    ];
  });
}

const saysNothing = ({ kinds }: CostlyRoute) => kinds.length === 0;
const isCached = ({ kinds }: CostlyRoute) => kinds.includes("cache");
const isThrottle = ({ kinds }: CostlyRoute) => kinds.join() === "throttle";
const mayBeDefault = (route: CostlyRoute) => !saysNothing(route) && !isCached(route);

const NAMED_ROUTES = 3;

function advice(stage: string, routes: readonly CostlyRoute[], text: string): readonly string[] {
  if (routes.length === 0) return [];
  const names = routes.slice(0, NAMED_ROUTES).map(({ route }) => route);
  const more = routes.length - names.length;
  return [`${stage}: ${names.join(", ")}${more === 0 ? "" : ` and ${more} more`}: ${text}`];
}

/** Several routes with the same differences, which could be the default of the stage. */
function groups(routes: readonly CostlyRoute[]): readonly (readonly CostlyRoute[])[] {
  const found = new Map<string, CostlyRoute[]>();
  for (const route of routes) {
    const key = JSON.stringify(route.differences);
    found.set(key, [...(found.get(key) ?? []), route]);
  }
  return [...found.values()].filter(({ length }) => length > 1);
}
