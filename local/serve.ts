import { ConfigurationError } from "../definition/configuration-error";
import type { MethodDefinition } from "../definition/method";
import { compileModels } from "../definition/model-validators";
import { routeKey } from "../definition/openapi/operation-id";
import type { DeployedApiDefinition, StackDefinition } from "../definition/stack";
import type { StageDefinition } from "../definition/stage";
import { callersOfStage, type Trust } from "./auth/callers";
import type { Limitation, Route, ServedStage } from "./exchange";
import { missingEffectsOf, obstaclesOf } from "./not-emulated";
import { cacheOfRoute } from "./route-cache";
import type { RequestLimits } from "./state/request-limits";
import { ResponseCache } from "./state/response-cache";
import { apiKeysOfStage } from "./steps/check-api-key";

/** Stages by name: the first path segment of a request. */
export type ServedStages = ReadonlyMap<string, ServedStage>;

/** What all stages of a gateway share. */
export interface Shared {
  readonly stack: StackDefinition;
  readonly apiKeyValues: Readonly<Record<string, string>>;
  readonly limits: RequestLimits;
  readonly trust: Trust;
}

/**
 * Prepares all stages of a stack.
 *
 * @throws ConfigurationError `STAGE_NAME_SHARED` when two APIs have a stage of the same name
 */
export function serveStages(shared: Shared): ServedStages {
  const { stack } = shared;
  const served = new Map<string, ServedStage>();
  for (const deployed of stack.apis) {
    for (const stage of deployed.stages) {
      const other = served.get(stage.name);
      if (other) throw sharedStageName(stack, stage, other, deployed);
      served.set(stage.name, serveStage(shared, deployed, stage));
    }
  }
  return served;
}

function serveStage(shared: Shared, deployed: DeployedApiDefinition, stage: StageDefinition): ServedStage {
  const { stack, apiKeyValues, limits, trust } = shared;
  const validators = compileModels(deployed.api.models);
  const limiters = limits.ofRoutes(deployed, stage);
  const apiKeys = apiKeysOfStage(stack, deployed.address, stage.name, apiKeyValues, limits);
  const callers = callersOfStage(deployed.api, trust);
  const withVariables = (variables: StageDefinition["variables"], store: ResponseCache): ServedStage => {
    const definition = { ...stage, variables };
    const routes = deployed.api.methods.map((method): Route => {
      const route = { stack, deployed, stage: definition, method, validators };
      const cache = cacheOfRoute(definition, method, store);
      return {
        method,
        segments: method.resourcePath.split("/").filter(Boolean),
        obstacles: obstaclesOf(route),
        limiters: limiters.get(routeKey(method)) ?? [],
        withoutEffect: missingEffectsOf(route),
        ...(cache && { cache }),
      };
    });
    const { api, id: apiId } = deployed;
    return { definition, api, apiId, region: stack.region, routes, validators, apiKeys, callers };
  };
  const store = new ResponseCache();
  const served = withVariables(stage.variables, store);
  const { canary } = stage;
  if (!canary) return served;
  const ofCanary = withVariables(
    { ...stage.variables, ...canary.variables },
    canary.useStageCache ? store : new ResponseCache(),
  );
  return { ...served, canary: { percentTraffic: canary.percentTraffic, stage: ofCanary } };
}

function sharedStageName(
  stack: StackDefinition,
  stage: StageDefinition,
  other: ServedStage,
  deployed: DeployedApiDefinition,
): ConfigurationError {
  return new ConfigurationError(
    "STAGE_NAME_SHARED",
    stack.name,
    `the stage name "${stage.name}" is used by the APIs "${other.api.name}" and "${deployed.api.name}"; on localhost it is the first segment of the URL`,
    "give one of the stages another name, or put the APIs into separate stacks",
  );
}

/** A route for people to read. */
export interface RouteSummary {
  readonly stage: string;
  readonly verb: string;
  readonly path: string;
  /** What is behind the route, as in `AWS_PROXY orders-dev-create-order`. */
  readonly integration: string;
  readonly apiKeyRequired: boolean;
  /** What happens on the way, as in `["API key", "body model Order"]`. */
  readonly flags: readonly string[];
}

/** One thing that is not emulated. */
export interface NotEmulatedSummary extends Limitation {
  /** As in `GET /v1/orders/{orderId}`. */
  readonly route: string;
  readonly answers: "501" | "header";
}

/** All routes, in the order of the definition. */
export function summarizeRoutes(stages: ServedStages): RouteSummary[] {
  return [...stages.values()].flatMap(({ definition, api, routes }) =>
    routes.map(({ method }) => ({
      stage: definition.name,
      verb: method.httpMethod,
      path: method.resourcePath,
      integration: [method.integration.type, targetOf(method.integration.uri)].filter(Boolean).join(" "),
      apiKeyRequired: method.apiKeyRequired,
      flags: [
        accessFlag(method),
        method.apiKeyRequired && "API key",
        api.requestValidators[method.requestValidator ?? ""]?.validateRequestParameters && "parameters",
        api.requestValidators[method.requestValidator ?? ""]?.validateRequestBody &&
          `body model ${[...new Set(Object.values(method.requestModels))].join(", ") || "-"}`,
      ].filter((flag): flag is string => typeof flag === "string"),
    })),
  );
}

/** How callers of a route are authorized, as in `authorizer users`. */
function accessFlag({ authorizationType, authorizer }: MethodDefinition): string | undefined {
  if (authorizationType === "NONE") return undefined;
  return authorizationType === "AWS_IAM" ? "signature" : `authorizer ${authorizer ?? "-"}`;
}

/** Function name, service or URL of a URI. */
function targetOf(uri: string | undefined): string {
  const [, functionName] = /:function:(.+)\/invocations$/.exec(uri ?? "") ?? [];
  const [, service] = /^arn:aws[a-z-]*:apigateway:[^:]*:(.+)$/.exec(uri ?? "") ?? [];
  return functionName ?? service ?? uri ?? "";
}

/** Everything that is not emulated, by route. What hits the canary of a stage alone is named too. */
export function summarizeNotEmulated(stages: ServedStages): NotEmulatedSummary[] {
  return [...stages.values()].flatMap((stage) => {
    const ofStage = limitationsOf(stage);
    const known = new Set(ofStage.map((summary) => JSON.stringify(summary)));
    const ofCanary = stage.canary ? limitationsOf(stage.canary.stage) : [];
    return [...ofStage, ...ofCanary.filter((summary) => !known.has(JSON.stringify(summary)))];
  });
}

function limitationsOf(stage: ServedStage): NotEmulatedSummary[] {
  return stage.routes.flatMap((route) => {
    const named = (answers: NotEmulatedSummary["answers"]) => (limitation: Limitation) => ({
      route: routeName(stage, route),
      ...limitation,
      answers,
    });
    return [...route.obstacles.map(named("501")), ...route.withoutEffect.map(named("header"))];
  });
}

/** Verb, stage and resource path of a route. */
export function routeName({ definition }: ServedStage, { method }: Route): string {
  return `${method.httpMethod} /${definition.name}${method.resourcePath}`;
}
