import { ConfigurationError } from "../definition/configuration-error";
import { compileModels } from "../definition/model-validators";
import type { DeployedApiDefinition, StackDefinition } from "../definition/stack";
import type { StageDefinition } from "../definition/stage";
import type { Limitation, Route, ServedStage } from "./exchange";
import { missingEffectsOf, obstaclesOf } from "./not-emulated";
import { apiKeysOfStage } from "./steps/check-api-key";

/** Stages by name: the first path segment of a request. */
export type ServedStages = ReadonlyMap<string, ServedStage>;

/**
 * Prepares all stages of a stack.
 *
 * @throws ConfigurationError `STAGE_NAME_SHARED` when two APIs have a stage of the same name
 */
export function serveStages(stack: StackDefinition, apiKeyValues: Readonly<Record<string, string>>): ServedStages {
  const served = new Map<string, ServedStage>();
  for (const deployed of stack.apis) {
    for (const stage of deployed.stages) {
      const other = served.get(stage.name);
      if (other) throw sharedStageName(stack, stage, other, deployed);
      served.set(stage.name, serveStage(stack, deployed, stage, apiKeyValues));
    }
  }
  return served;
}

function serveStage(
  stack: StackDefinition,
  deployed: DeployedApiDefinition,
  stage: StageDefinition,
  apiKeyValues: Readonly<Record<string, string>>,
): ServedStage {
  const validators = compileModels(deployed.api.models);
  const routes = deployed.api.methods.map((method): Route => {
    const route = { stack, deployed, stage, method, validators };
    return {
      method,
      segments: method.resourcePath.split("/").filter(Boolean),
      obstacles: obstaclesOf(route),
      withoutEffect: missingEffectsOf(route),
    };
  });
  return {
    definition: stage,
    api: deployed.api,
    apiId: deployed.id,
    region: stack.region,
    routes,
    validators,
    apiKeys: apiKeysOfStage(stack, deployed.address, stage.name, apiKeyValues),
  };
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
        method.apiKeyRequired && "API key",
        api.requestValidators[method.requestValidator ?? ""]?.validateRequestParameters && "parameters",
        api.requestValidators[method.requestValidator ?? ""]?.validateRequestBody &&
          `body model ${[...new Set(Object.values(method.requestModels))].join(", ") || "-"}`,
      ].filter((flag): flag is string => typeof flag === "string"),
    })),
  );
}

/** Function name, service or URL of a URI. */
function targetOf(uri: string | undefined): string {
  const [, functionName] = /:function:(.+)\/invocations$/.exec(uri ?? "") ?? [];
  const [, service] = /^arn:aws[a-z-]*:apigateway:[^:]*:(.+)$/.exec(uri ?? "") ?? [];
  return functionName ?? service ?? uri ?? "";
}

/** Everything that is not emulated, by route. */
export function summarizeNotEmulated(stages: ServedStages): NotEmulatedSummary[] {
  return [...stages.values()].flatMap((stage) =>
    stage.routes.flatMap((route) => {
      const named = (answers: NotEmulatedSummary["answers"]) => (limitation: Limitation) => ({
        route: routeName(stage, route),
        ...limitation,
        answers,
      });
      return [...route.obstacles.map(named("501")), ...route.withoutEffect.map(named("header"))];
    }),
  );
}

/** Verb, stage and resource path of a route. */
export function routeName({ definition }: ServedStage, { method }: Route): string {
  return `${method.httpMethod} /${definition.name}${method.resourcePath}`;
}
