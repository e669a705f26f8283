import { effectiveSettings } from "../definition/effective-settings";
import type { MethodDefinition } from "../definition/method";
import { compileModels } from "../definition/model-validators";
import { routeKey } from "../definition/openapi/operation-id";
import type { DeployedApiDefinition, StackDefinition } from "../definition/stack";
import type { StageDefinition } from "../definition/stage";
import { withoutMarkers } from "../definition/unknown";
import { routeIndex } from "./addresses/route-index";
import { stageAddresses } from "./addresses/stage-addresses";
import { callersOfStage, type Trust } from "./auth/callers";
import type { Limitation, Route, ServedStage } from "./exchange";
import { logOfRoute } from "./execution-log/route-log";
import { matchUserPattern } from "./patterns/user-pattern";
import { missingEffectsOf, obstaclesOf } from "./refusals/not-emulated";
import { cacheOfRoute } from "./route-cache";
import type { GatewayState } from "./state/gateway-state";
import { type RequestLimits, requestLimits, UNLIMITED } from "./state/request-limits";
import type { ResponseCache } from "./state/response-cache";
import { apiKeysOfStage } from "./steps/check-api-key";

/** What AWS calls the stage of a test. */
const TEST_STAGE = "test-invoke-stage";

/** What all stages of a gateway share. */
export interface Shared {
  /** Their custom domains, plans and functions count for each other. */
  readonly stacks: readonly StackDefinition[];
  readonly apiKeyValues: Readonly<Record<string, string>>;
  /** False lets all requests pass. */
  readonly hasLimits: boolean;
  readonly trust: Trust;
  /** Functions that run as the local file says, whatever they are. */
  readonly localFunctions: ReadonlySet<string>;
  readonly state: GatewayState;
}

/** Prepares all stages of all stacks. */
export function serveStages(shared: Shared): readonly ServedStage[] {
  const { stacks, hasLimits, state } = shared;
  const functions = stacks.flatMap((stack) => stack.functions);
  const addressOf = stageAddresses(stacks.flatMap(({ apis }) => apis));
  const limitsOf = limitsByRegion(hasLimits, state);
  return stacks.flatMap((stack) =>
    stack.apis.flatMap((deployed) =>
      deployed.stages.map((stage) =>
        serveStage(shared, {
          stack: { ...stack, functions },
          deployed,
          stage,
          address: addressOf(deployed.id, stage.name),
          limits: limitsOf(stack.region),
        }),
      ),
    ),
  );
}

/** An API as a stage of its own, for tests of its methods. */
export function serveTest(
  shared: Shared,
  { stack, deployed }: Pick<Place, "stack" | "deployed">,
  variables: StageDefinition["variables"],
): ServedStage {
  const functions = shared.stacks.flatMap((each) => each.functions);
  const stage = { name: TEST_STAGE, variables, xrayTracingEnabled: false, methodSettings: [], tags: {} };
  return serveStage(shared, {
    stack: { ...stack, functions },
    deployed,
    stage,
    address: TEST_STAGE,
    limits: UNLIMITED,
  });
}

/** An account has one set of limits in each region. */
function limitsByRegion(hasLimits: boolean, state: GatewayState): (region: string) => RequestLimits {
  const known = new Map<string, RequestLimits>();
  return (region) => {
    const limits = known.get(region) ?? (hasLimits ? requestLimits(region, state) : UNLIMITED);
    known.set(region, limits);
    return limits;
  };
}

interface Place {
  /** With the functions of all stacks. */
  readonly stack: StackDefinition;
  readonly deployed: DeployedApiDefinition;
  readonly stage: StageDefinition;
  readonly address: string;
  readonly limits: RequestLimits;
}

function serveStage({ stacks, apiKeyValues, trust, localFunctions, state }: Shared, place: Place): ServedStage {
  const { stack, deployed, stage, address, limits } = place;
  const validators = compileModels(deployed.api.models, matchUserPattern);
  const limiters = limits.ofRoutes(deployed, stage);
  const apiKeys = apiKeysOfStage(stacks, deployed, stage.name, apiKeyValues, limits);
  const callers = callersOfStage(deployed.api, trust, state.decisionsOf(place));
  const withVariables = (variables: StageDefinition["variables"], store: ResponseCache): ServedStage => {
    const definition = { ...stage, variables };
    const routes = deployed.api.methods.map((method): Route => {
      const route = { stack, deployed, stage: definition, method, validators, localFunctions };
      const cache = cacheOfRoute(definition, method, store);
      const logs = logOfRoute(effectiveSettings(definition, method));
      return {
        method,
        segments: method.resourcePath.split("/").filter(Boolean),
        obstacles: obstaclesOf(route),
        limiters: limiters.get(routeKey(method)) ?? [],
        withoutEffect: missingEffectsOf(route),
        ...(cache && { cache }),
        ...(logs && { logs }),
      };
    });
    const { api, id: apiId } = deployed;
    const routesFor = routeIndex(routes);
    return { definition, address, api, apiId, region: stack.region, routes, routesFor, validators, apiKeys, callers };
  };
  const store = state.cacheOf(place, "stage");
  const served = withVariables(stage.variables, store);
  const { canary } = stage;
  if (!canary) return served;
  const ofCanary = withVariables(
    { ...stage.variables, ...canary.variables },
    canary.useStageCache ? store : state.cacheOf(place, "canary"),
  );
  return { ...served, canary: { percentTraffic: canary.percentTraffic, stage: ofCanary } };
}

/** A route for people to read. */
export interface RouteSummary {
  readonly stage: string;
  /** Where the stage is on localhost, as in `v1`. */
  readonly address: string;
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
export function summarizeRoutes(stages: readonly ServedStage[]): RouteSummary[] {
  return stages.flatMap(({ definition, address, api, routes }) =>
    routes.map(({ method }) => ({
      stage: definition.name,
      address,
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
  return authorizationType === "AWS_IAM" ? "signature" : `authorizer ${withoutMarkers(authorizer ?? "-")}`;
}

/** Function name, service or URL of a URI. */
function targetOf(uri: string | undefined): string {
  const [, functionName] = /:function:(.+)\/(?:response-streaming-)?invocations$/.exec(uri ?? "") ?? [];
  const [, service] = /^arn:aws[a-z-]*:apigateway:[^:]*:(.+)$/.exec(uri ?? "") ?? [];
  return withoutMarkers(functionName ?? service ?? uri ?? "");
}

/** Everything that is not emulated, by route. What hits the canary of a stage alone is named too. */
export function summarizeNotEmulated(stages: readonly ServedStage[]): NotEmulatedSummary[] {
  return stages.flatMap((stage) => {
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

/** Verb, address of the stage, and resource path of a route. */
export function routeName({ address }: ServedStage, { method }: Route): string {
  return `${method.httpMethod} /${address}${method.resourcePath}`;
}
