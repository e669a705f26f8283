import { ConfigurationError } from "../../definition/configuration-error";
import type { IStage } from "../rest-api/existing-stage";
import type { Stage } from "../rest-api/stage";
import { literal } from "../terraform-text";
import type { IApiKey } from "../usage-plans/api-key";
import { plansOnStage } from "../usage-plans/plans-on-stage";
import type { UsagePlan } from "../usage-plans/usage-plan";
import { routeList } from "./route-list";
import type { Warning } from "./warning";

/**
 * Keys of a plan that an earlier plan of one of its stages holds as well: AWS could not tell which limits count.
 * Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-api-usage-plans.html
 */
export function sharedKeys(plan: UsagePlan): readonly ConfigurationError[] {
  return plan.apiStages.flatMap(({ stage }) => {
    const all = plansOnStage(stage);
    return all.slice(0, all.indexOf(plan)).flatMap((other) =>
      plan.apiKeys
        .filter((key) => other.apiKeys.some((held) => identity(held) === identity(key)))
        .map((key) => {
          const problem = `the API key "${key.node.id}" is in the plans "${other.usagePlanName}" and "${plan.usagePlanName}" of the stage "${stage.stageName}", and a key may be in one plan of a stage`;
          const fix = "take the key out of one of the plans, or give the caller another key";
          return new ConfigurationError("API_KEY_IN_TWO_PLANS", plan.node.path, problem, fix);
        }),
    );
  });
}

/** Two imports of one key are one key. */
function identity(key: IApiKey): unknown {
  return literal(key.keyId) ?? key;
}

/** Stages of a plan whose routes never ask for a key, so that the limits of the plan never apply. */
export function uselessStages(plan: UsagePlan): readonly Warning[] {
  return plan.apiStages
    .filter(({ stage: { api } }) => api.knowsItsRoutes && api.methods.length > 0)
    .filter(({ stage }) => routesWithKey(stage).length === 0)
    .map(({ stage }) => ({
      code: "USAGE_PLAN_WITHOUT_EFFECT",
      problem: `usage plan "${plan.usagePlanName}" covers the stage "${stage.stageName}", but no route of ${stage.api.node.path} asks for an API key: its limits never apply`,
      fix: "set apiKeyRequired: true on the routes that the plan is to limit",
    }));
}

/** A warning and no error: the plan may be declared in another stack, or by a portal that sells keys. */
export function unreachableRoutes(stage: Stage): readonly Warning[] {
  const routes = routesWithKey(stage);
  if (routes.length === 0 || plansOnStage(stage).length > 0) return [];
  return [
    {
      code: "API_KEY_ROUTES_WITHOUT_PLAN",
      problem: `${routeList(routes)} on the stage "${stage.stageName}" ${routes.length === 1 ? "asks" : "ask"} for an API key, but no usage plan of this app covers the stage: without one, all callers get 403`,
      fix: "add the stage to a usage plan, as in api.addUsagePlan(…).addApiStage({ stage })",
    },
  ];
}

function routesWithKey(stage: IStage): readonly string[] {
  return stage.api.methods.filter(({ options }) => options.apiKeyRequired === true).map(({ route }) => route);
}
