import type { MethodDefinition } from "./method";
import { routeKey } from "./openapi/operation-id";
import type { DeployedApiDefinition } from "./stack";
import type { MethodSettingsDefinition, StageDefinition } from "./stage";
import type { ThrottleDefinition, UsagePlanDefinition } from "./usage-plan";

/** Where a limit is declared; `route` and `plan route` speak of one route alone. */
export type LimitSource = "account" | "stage" | "route" | "plan" | "plan route";

/** The limits that bite first, and who declares them. */
export interface EffectiveThrottle extends ThrottleDefinition {
  readonly rateLimitBy: LimitSource;
  readonly burstLimitBy: LimitSource;
}

/** What callers of one route on one stage can reach. */
export interface EffectiveLimits {
  /** `GET /orders/{orderId}`. */
  readonly route: string;
  /** All callers of the route together. */
  readonly everyone: EffectiveThrottle;
  /** One key, by name of its plan. Only routes that ask for a key have any. */
  readonly plans: Readonly<Record<string, EffectiveThrottle & Pick<UsagePlanDefinition, "quota">>>;
}

/** What `effectiveLimits` has to know besides the API. */
export interface LimitsAround {
  readonly stage: StageDefinition;
  readonly usagePlans: readonly UsagePlanDefinition[];
  /** Of the account in the region. */
  readonly account: ThrottleDefinition;
}

/**
 * The limits of every route of a stage. A route's own limit stands in place of the stage's; of that, the account's and, for
 * holders of a key, those of their plan, the smallest counts, rate and burst each by itself. AWS treats all of them as
 * targets, not guarantees, and does not say that a plan's limit of one route may exceed the plan's own: it is not assumed.
 * Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-request-throttling.html
 */
export function effectiveLimits(api: DeployedApiDefinition, around: LimitsAround): readonly EffectiveLimits[] {
  const { stage, account, usagePlans } = around;
  return api.api.methods.map((method) => {
    const shared = [{ by: "account", ...account } as const, ...ownBounds(stage, method)];
    const covering = method.apiKeyRequired ? usagePlans : [];
    return {
      route: routeKey(method),
      everyone: smallest(shared),
      plans: Object.fromEntries(
        covering.flatMap((plan) => {
          const covered = plan.apiStages.find((it) => it.apiAddress === api.address && it.stageName === stage.name);
          if (covered === undefined) return [];
          const ofRoute = covered.throttle.find((it) => isSameRoute(it, method));
          const throttle = smallest([...shared, { by: "plan", ...plan.throttle }, { by: "plan route", ...ofRoute }]);
          return [[plan.name, { ...throttle, ...(plan.quota === undefined ? {} : { quota: plan.quota }) }]];
        }),
      ),
    };
  });
}

/** Absent and −1 are "no limit of its own". */
interface Bound extends Partial<ThrottleDefinition> {
  readonly by: LimitSource;
}

/** What the stage says about a route: by the route's own entry, else by that of all routes. */
function ownBounds({ methodSettings }: StageDefinition, method: MethodDefinition): readonly Bound[] {
  const ofStage = limitsOf(methodSettings.find(({ route }) => route === "*"));
  const ofRoute = limitsOf(methodSettings.find(({ route }) => route !== "*" && isSameRoute(route, method)));
  return (["rateLimit", "burstLimit"] as const).map((limit) => {
    const own = ofRoute[limit];
    // Entries are complete, so that of a route repeats what it has from the stage.
    const isOwn = own >= 0 && own !== ofStage[limit];
    return { by: isOwn ? "route" : "stage", [limit]: isOwn ? own : ofStage[limit] };
  });
}

function limitsOf(entry: MethodSettingsDefinition | undefined): ThrottleDefinition {
  return { rateLimit: entry?.throttlingRateLimit ?? -1, burstLimit: entry?.throttlingBurstLimit ?? -1 };
}

function smallest(bounds: readonly Bound[]): EffectiveThrottle {
  const rate = smallestOf(bounds, "rateLimit");
  const burst = smallestOf(bounds, "burstLimit");
  return { rateLimit: rate.value, rateLimitBy: rate.by, burstLimit: burst.value, burstLimitBy: burst.by };
}

function smallestOf(bounds: readonly Bound[], limit: keyof ThrottleDefinition): { value: number; by: LimitSource } {
  return bounds
    .flatMap(({ by, [limit]: value = -1 }) => (value < 0 ? [] : [{ value, by }]))
    .reduce((least, next) => (next.value < least.value ? next : least));
}

function isSameRoute(
  { resourcePath, httpMethod }: { readonly resourcePath: string; readonly httpMethod: string },
  method: MethodDefinition,
): boolean {
  return resourcePath === method.resourcePath && httpMethod === method.httpMethod;
}
