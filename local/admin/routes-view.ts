import { effectiveLimits } from "../../definition/effective-limits";
import type { MethodDefinition } from "../../definition/method";
import { routeKey } from "../../definition/openapi/operation-id";
import { defaultQuotas } from "../../definition/quotas";
import type { DeployedApiDefinition, StackDefinition } from "../../definition/stack";
import type { StageDefinition } from "../../definition/stage";
import type { ThrottleDefinition, UsagePlanDefinition } from "../../definition/usage-plan";
import { stageAddresses } from "../addresses/stage-addresses";
import type { Limitation } from "../exchange";
import { cacheSettingsOf, storesAnswersTo } from "../route-cache";
import type { NotEmulatedSummary } from "../serve";

/** A route with all that happens on its way, for tools. */
export interface RouteView {
  readonly api: string;
  readonly stage: string;
  readonly method: string;
  readonly path: string;
  /** Below the gateway's URL, as in `/v1/orders/{orderId}`. */
  readonly localPath: string;
  readonly integration: { readonly type: string; readonly uri?: string; readonly timeoutMillis: number };
  readonly authorization: { readonly type: string; readonly authorizer?: string; readonly scopes: readonly string[] };
  readonly apiKeyRequired: boolean;
  /** The limits that are declared and bite first, for all callers together. */
  readonly throttle: ThrottleDefinition;
  /** What one key has, by name of its plan. */
  readonly plans: Readonly<Record<string, ThrottleDefinition & Pick<UsagePlanDefinition, "quota">>>;
  /** Null where no answers are stored. */
  readonly cache: { readonly ttlSeconds: number; readonly keys: readonly string[] } | null;
  readonly notEmulated: readonly (Limitation & Pick<NotEmulatedSummary, "answers">)[];
}

/** What a gateway serves. */
export interface ServedApis {
  readonly stacks: readonly StackDefinition[];
  readonly notEmulated: readonly NotEmulatedSummary[];
}

/** All routes of all stages, in the order of the definition. */
export function routesView({ stacks, notEmulated }: ServedApis): readonly RouteView[] {
  const addressOf = stageAddresses(stacks.flatMap(({ apis }) => apis));
  return stacks.flatMap((stack) =>
    stack.apis.flatMap((deployed) =>
      deployed.stages.flatMap((stage) => {
        const around = {
          stage,
          usagePlans: plansFor(deployed, stack.usagePlans),
          account: defaultQuotas(stack.region),
        };
        const limits = new Map(effectiveLimits(deployed, around).map((limit) => [limit.route, limit]));
        const address = addressOf(deployed.id, stage.name);
        return deployed.api.methods.map((method) => {
          const { everyone, plans = {} } = limits.get(routeKey(method)) ?? {};
          const localPath = `/${address}${method.resourcePath}`;
          const name = `${method.httpMethod} ${localPath}`;
          return {
            ...declared(deployed, stage, method),
            localPath,
            throttle: limitOf(everyone ?? around.account),
            plans: Object.fromEntries(
              Object.entries(plans).map(([plan, { quota, ...throttle }]) => [
                plan,
                { ...limitOf(throttle), ...(quota && { quota }) },
              ]),
            ),
            cache: cacheView(stage, method),
            notEmulated: notEmulated
              .filter(({ route }) => route === name)
              .map(({ attribute, reason, answers }) => ({ attribute, reason, answers })),
          };
        });
      }),
    ),
  );
}

/** Plans that were declared in another stack know an API by its id. */
function plansFor(
  { id, address }: DeployedApiDefinition,
  plans: readonly UsagePlanDefinition[],
): readonly UsagePlanDefinition[] {
  return plans.map((plan) => ({
    ...plan,
    apiStages: plan.apiStages.map((covered) =>
      covered.apiAddress === id ? { ...covered, apiAddress: address } : covered,
    ),
  }));
}

function declared({ api }: DeployedApiDefinition, stage: StageDefinition, method: MethodDefinition) {
  const { httpMethod, resourcePath, integration, authorizationType, authorizer, authorizationScopes } = method;
  const { type, uri, timeoutMillis } = integration;
  return {
    api: api.name,
    stage: stage.name,
    method: httpMethod,
    path: resourcePath,
    integration: { type, ...(uri !== undefined && { uri }), timeoutMillis },
    authorization: {
      type: authorizationType,
      ...(authorizer !== undefined && { authorizer }),
      scopes: authorizationScopes,
    },
    apiKeyRequired: method.apiKeyRequired,
  };
}

function limitOf({ rateLimit, burstLimit }: ThrottleDefinition): ThrottleDefinition {
  return { rateLimit, burstLimit };
}

function cacheView(stage: StageDefinition, method: MethodDefinition): RouteView["cache"] {
  const cache = cacheSettingsOf(stage, method);
  const isStored = cache && storesAnswersTo(cache, method.httpMethod === "ANY" ? "GET" : method.httpMethod);
  return isStored ? { ttlSeconds: cache.ttlMillis / 1_000, keys: method.integration.cacheKeyParameters } : null;
}
