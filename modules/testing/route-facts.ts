import type { JsonObject } from "../../definition/json";
import type { MethodDefinition } from "../../definition/method";
import type { DeployedApiDefinition, StackDefinition } from "../../definition/stack";
import type { MethodSettingsDefinition, StageDefinition } from "../../definition/stage";
import { readStackAtOnce } from "../../definition/terraform/read-stack";
import type { ThrottleDefinition } from "../../definition/usage-plan";
import type { TerraformJson } from "./synth-api";

/** How a route is cached on one stage. */
export interface RouteCache {
  /** How long an answer is kept, in seconds. */
  readonly ttlSeconds: number;
  /** Parameters that tell answers apart, sorted. */
  readonly keys: readonly string[];
  /** True when answers are kept encrypted. */
  readonly encrypted: boolean;
}

/** All that a route is on one stage, whatever it was declared by. */
export interface RouteFacts extends Omit<MethodDefinition, "resourcePath" | "httpMethod"> {
  /** The limit of all callers together that route or stage declare; −1 is "no limit but the account's". */
  readonly throttle: ThrottleDefinition;
  /** False where answers are not cached. */
  readonly cache: RouteCache | false;
}

/** A route on a stage of an API. */
export interface DeployedRoute {
  /** `GET /orders/{orderId}`. */
  readonly route: string;
  /** Name of the API. */
  readonly api: string;
  /** Absent for an API without stages, whose routes have neither throttle nor cache. */
  readonly stage?: string;
  readonly facts: Omit<RouteFacts, "throttle" | "cache"> & Partial<RouteFacts>;
}

/** What a synthesized stack declares, as the local gateway reads it. */
export function readTerraform(terraform: TerraformJson): StackDefinition {
  const root: JsonObject = JSON.parse(JSON.stringify(terraform));
  return readStackAtOnce(root, "test");
}

/** Every route on every stage of a synthesized stack. */
export function deployedRoutes(terraform: TerraformJson): readonly DeployedRoute[] {
  return readTerraform(terraform).apis.flatMap((deployed) => {
    const stages = deployed.stages.length > 0 ? deployed.stages : [undefined];
    return stages.flatMap((stage) => deployed.api.methods.map((method) => describe(deployed, stage, method)));
  });
}

function describe(
  { api }: DeployedApiDefinition,
  stage: StageDefinition | undefined,
  { resourcePath, httpMethod, ...method }: MethodDefinition,
): DeployedRoute {
  const place = { route: `${httpMethod} ${resourcePath}`, api: api.name };
  if (stage === undefined) return { ...place, facts: method };
  const ofStage = stage.methodSettings.find(({ route }) => route === "*");
  const ofRoute = stage.methodSettings.find(
    ({ route }) => route !== "*" && route.resourcePath === resourcePath && route.httpMethod === httpMethod,
  );
  const facts = {
    ...method,
    throttle: throttleOf(ofStage, ofRoute),
    cache: cacheOf(stage, ofRoute ?? ofStage, method.integration.cacheKeyParameters),
  };
  return { ...place, stage: stage.name, facts };
}

/** An entry of a route that says −1 leaves the limit to that of all routes. */
function throttleOf(
  ofStage: MethodSettingsDefinition | undefined,
  ofRoute: MethodSettingsDefinition | undefined,
): ThrottleDefinition {
  const [rateLimit, burstLimit] = (["throttlingRateLimit", "throttlingBurstLimit"] as const).map((limit) => {
    const own = ofRoute?.[limit] ?? -1;
    return own >= 0 ? own : (ofStage?.[limit] ?? -1);
  });
  return { rateLimit: rateLimit ?? -1, burstLimit: burstLimit ?? -1 };
}

function cacheOf(
  stage: StageDefinition,
  settings: MethodSettingsDefinition | undefined,
  keys: readonly string[],
): RouteCache | false {
  if (stage.cacheClusterSize === undefined || settings?.cachingEnabled !== true) return false;
  return { ttlSeconds: settings.cacheTtlSeconds ?? 300, keys, encrypted: settings.cacheDataEncrypted ?? false };
}
