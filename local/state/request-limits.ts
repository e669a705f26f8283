import { effectiveLimits, type LimitSource } from "../../definition/effective-limits";
import { defaultQuotas } from "../../definition/quotas";
import type { DeployedApiDefinition } from "../../definition/stack";
import type { StageDefinition } from "../../definition/stage";
import type { ThrottleDefinition, UsagePlanDefinition, UsagePlanStageDefinition } from "../../definition/usage-plan";
import type { GatewayState } from "./gateway-state";
import { QuotaCounter, type QuotaDefinition } from "./quota-counter";
import { TokenBucket } from "./token-bucket";

/** A bucket together with who declares it. */
export interface Limiter {
  readonly by: LimitSource;
  readonly bucket: TokenBucket;
}

/** What limits one key on one stage. */
export interface KeyLimits {
  /** On all routes and stages of the plan together. */
  readonly ofPlan?: Limiter;
  /** By route, as in `GET /orders`. */
  readonly ofRoutes: ReadonlyMap<string, Limiter>;
  readonly quota?: QuotaCounter;
}

/** Makes the limits of a gateway: each bucket and counter once for those who share it. */
export interface RequestLimits {
  /** What all callers of a route share, by route: the stage's limit of this route, and the account's. */
  ofRoutes(deployed: DeployedApiDefinition, stage: StageDefinition): ReadonlyMap<string, readonly Limiter[]>;
  /** What limits a key under the plan that lets it into a stage. */
  ofKey(keyName: string, plan: UsagePlanDefinition, covered: UsagePlanStageDefinition): KeyLimits;
}

/** No limits at all. */
export const UNLIMITED: RequestLimits = { ofRoutes: () => new Map(), ofKey: () => ({ ofRoutes: new Map() }) };

/**
 * The limits that stacks of one region declare, and those that their account has there by default.
 * Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-request-throttling.html
 */
export function requestLimits(region: string, { buckets, counters }: GatewayState): RequestLimits {
  const account = defaultQuotas(region);
  const limiter = (by: LimitSource, { rateLimit, burstLimit }: ThrottleDefinition, place: unknown): Limiter => {
    const limits = { rateLimit, burstLimit };
    return { by, bucket: buckets.of([by, region, place, limits], () => new TokenBucket(limits)) };
  };
  const ofAccount = limiter("account", account, region);
  const counterOf = (quota: QuotaDefinition, place: unknown) =>
    counters.of([place, quota], () => new QuotaCounter(quota));
  // By plan itself: two plans may have one name.
  const byPlan = new Map<UsagePlanDefinition, Map<string, Omit<KeyLimits, "ofRoutes">>>();
  return {
    ofRoutes: (deployed, stage) =>
      new Map(
        effectiveLimits(deployed, { stage, usagePlans: [], account }).map(({ route, everyone }) => {
          const { rateLimitBy, burstLimitBy } = everyone;
          const by = rateLimitBy === "account" ? burstLimitBy : rateLimitBy;
          const own = () => limiter(by, everyone, [deployed.id, stage.name, route]);
          return [route, by === "account" ? [ofAccount] : [own(), ofAccount]];
        }),
      ),
    ofKey: (keyName, plan, covered) => {
      const sameNamed = [...byPlan.keys()].filter(({ name }) => name === plan.name);
      const ofCaller = [
        region,
        plan.name,
        sameNamed.includes(plan) ? sameNamed.indexOf(plan) : sameNamed.length,
        keyName,
      ];
      const byKey = byPlan.get(plan) ?? new Map<string, Omit<KeyLimits, "ofRoutes">>();
      const shared = byKey.get(keyName) ?? {
        ...(plan.throttle && { ofPlan: limiter("plan", bounded(plan.throttle, account), ofCaller) }),
        ...(plan.quota && { quota: counterOf(plan.quota, ofCaller) }),
      };
      byPlan.set(plan, byKey.set(keyName, shared));
      const ofRoutes = covered.throttle.map(
        ({ resourcePath, httpMethod, ...limits }) =>
          [
            `${httpMethod} ${resourcePath}`,
            limiter("plan route", bounded(limits, account), [
              ofCaller,
              covered.apiAddress,
              covered.stageName,
              httpMethod,
              resourcePath,
            ]),
          ] as const,
      );
      return { ...shared, ofRoutes: new Map(ofRoutes) };
    },
  };
}

/** −1 is "no limit of its own". */
function bounded({ rateLimit, burstLimit }: ThrottleDefinition, account: ThrottleDefinition): ThrottleDefinition {
  return {
    rateLimit: rateLimit < 0 ? account.rateLimit : rateLimit,
    burstLimit: burstLimit < 0 ? account.burstLimit : burstLimit,
  };
}
