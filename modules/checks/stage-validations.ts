import { ConfigurationError } from "../../definition/configuration-error";
import type { ErrorCode } from "../../definition/error-code";
import { nearestName } from "../nearest-name";
import type { Method } from "../rest-api/method";
import { cacheSettings } from "../rest-api/method-settings";
import { routeKey, type Stage } from "../rest-api/stage";
import { ALL_ROUTES } from "../rest-api/stage-options";
import { stageVariablesOf } from "./stage-variable-use";
import type { Warning } from "./warning";

type Validation = (stage: Stage) => readonly Found[];

interface Found {
  readonly code: ErrorCode;
  readonly problem: string;
  readonly fix: string;
}

/** What can be judged only when all routes and stages are declared. */
const VALIDATIONS: readonly Validation[] = [sharedName, unknownRoutes, uncachedRoutes, canaryWithoutDifference];

/** Messages for what is wrong with a stage, when everything is declared. */
export function declaredStageProblems(stage: Stage): string[] {
  return VALIDATIONS.flatMap((find) => find(stage)).map(
    ({ code, problem, fix }) => new ConfigurationError(code, stage.node.path, problem, fix).message,
  );
}

/** What is allowed, and does not do what was meant, or costs more than it gives. */
export function declaredStageWarnings(stage: Stage): readonly Warning[] {
  return [...missingVariables(stage), ...unusedCluster(stage), ...lateAuthorization(stage)];
}

/** `__tests__/terraform/blocked-route.test.ts` shows it, and turns red when the provider has learned it. */
function lateAuthorization(stage: Stage): readonly Warning[] {
  const open = stage.api.methods.filter(
    (method) => stage.settingsOf(method).requireAuthorizationForCacheControl === false,
  );
  if (open.length === 0) return [];
  const routes = open.map(({ route }) => `"${route}"`).join(", ");
  return [
    {
      code: "CACHE_AUTHORIZATION_COMES_LATE",
      problem: `everybody is to empty the cache of ${routes} on stage "${stage.stageName}", but the AWS provider leaves false out when it creates settings: only who may InvalidateCache can, until a second apply`,
      fix: "apply twice, the second plan shows the setting",
    },
  ];
}

function unusedCluster(stage: Stage): readonly Warning[] {
  if (stage.cacheCluster === undefined || stage.isAnythingCached) return [];
  return [
    {
      code: "CACHE_CLUSTER_UNUSED",
      problem: `stage "${stage.stageName}" has a cache cluster of ${stage.cacheCluster} GB, billed by the hour, but no route is cached there`,
      fix: "declare cache on a route, or remove cacheClusterEnabled and cacheClusterSize",
    },
  ];
}

function sharedName(stage: Stage): readonly Found[] {
  // The first of them is as it should be: each later one says so.
  const first = stage.api.stages.find((it) => it.stageName === stage.stageName);
  if (first === undefined || first === stage) return [];
  return [
    {
      code: "STAGE_NAME_TAKEN",
      problem: `"${first.node.path}" is a stage "${stage.stageName}" of the same API, too`,
      fix: "pass another stageName to one of them",
    },
  ];
}

function unknownRoutes({ api, options, stageName }: Stage): readonly Found[] {
  if (!api.knowsItsRoutes) return [];
  const known = [ALL_ROUTES, ...api.methods.map(routeKey)];
  return Object.keys(options.methodOptions ?? {})
    .filter((key) => !known.includes(key))
    .map((key) => ({
      code: "STAGE_ROUTE_UNKNOWN",
      ...(isPreflight(key, api.methods)
        ? {
            problem: `methodOptions of stage "${stageName}" names "${key}", a preflight of CORS, which has the settings of the stage`,
            fix: "remove the key, or declare the method OPTIONS itself, which then stands in place of the preflight",
          }
        : {
            problem: `methodOptions of stage "${stageName}" names "${key}", which is no route of the API; the nearest is "${nearestName(key, known)}"`,
            fix: "write <path>/<verb>, as in /orders/GET, or //GET for the root; or remove the key",
          }),
    }));
}

function isPreflight(key: string, methods: readonly Method[]): boolean {
  return methods.some(({ resource }) => resource.cors !== undefined && `${resource.path}/OPTIONS` === key);
}

/** API Gateway answers 500 where the URL of a backend names a variable that the stage does not have. */
function missingVariables({ api, options, stageName }: Stage): readonly Warning[] {
  const known = [...Object.keys(options.variables ?? {}), ...api.idVariables.map(({ name }) => name)];
  return api.methods.flatMap((method) =>
    stageVariablesOf(method)
      .filter((name) => !known.includes(name))
      .map((name) => ({
        code: "STAGE_VARIABLE_MISSING",
        problem: `"${method.route}" needs the stage variable ${name}, and stage "${stageName}" has ${known.length === 0 ? "no variables" : `only ${known.join(", ")}`}`,
        fix: `add ${name} to variables of the stage, or correct the name in the integration`,
      })),
  );
}

/** Whether a route is cached is said on the route: it decides what tells its answers apart. */
function uncachedRoutes({ api, options, stageName }: Stage): readonly Found[] {
  return api.methods
    .filter((method) => method.options.cache === undefined && setsCache(options.methodOptions?.[routeKey(method)]))
    .map((method: Method) => ({
      code: "STAGE_ROUTE_NOT_CACHED",
      problem: `methodOptions of stage "${stageName}" sets the cache of "${method.route}", which is not cached`,
      fix: "declare cache on the route, or remove the settings",
    }));
}

function setsCache(settings: NonNullable<Stage["options"]["methodOptions"]>[string] = {}): boolean {
  const { cacheTtl, cachingEnabled } = settings;
  return cacheTtl !== undefined || cachingEnabled === true || Object.keys(cacheSettings(settings)).length > 0;
}

function canaryWithoutDifference(stage: Stage): readonly Found[] {
  const { declaredCanary: canary, servedHash, deployment, stageName } = stage;
  if (canary === undefined || Object.keys(canary.variables ?? {}).length > 0) return [];
  const newest = deployment.currentHash();
  if (servedHash !== undefined && servedHash !== newest) return [];
  return [
    {
      code: "CANARY_WITHOUT_DIFFERENCE",
      problem: `the canary of stage "${stageName}" and its baseline are both the snapshot ${newest}, with the same variables`,
      fix: "name the snapshot that the stage served before as baseline, or give the canary variables, or remove it",
    },
  ];
}
