import { effectiveLimits, type LimitSource } from "../../definition/effective-limits";
import { defaultQuotas } from "../../definition/quotas";
import type { DeployedApiDefinition } from "../../definition/stack";
import type { StageDefinition } from "../../definition/stage";
import type { ThrottleDefinition, UsagePlanDefinition, UsagePlanStageDefinition } from "../../definition/usage-plan";
import { QuotaCounter } from "./quota-counter";
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
export function requestLimits(region: string): RequestLimits {
  const account = defaultQuotas(region);
  const ofAccount = limiter("account", account);
  // By plan itself: two plans may have one name.
  const byPlan = new Map<UsagePlanDefinition, Map<string, Omit<KeyLimits, "ofRoutes">>>();
  return {
    ofRoutes: (deployed, stage) =>
      new Map(
        effectiveLimits(deployed, { stage, usagePlans: [], account }).map(({ route, everyone }) => {
          const { rateLimitBy, burstLimitBy } = everyone;
          const by = rateLimitBy === "account" ? burstLimitBy : rateLimitBy;
          return [route, by === "account" ? [ofAccount] : [limiter(by, everyone), ofAccount]];
        }),
      ),
    ofKey: (keyName, plan, covered) => {
      const byKey = byPlan.get(plan) ?? new Map<string, Omit<KeyLimits, "ofRoutes">>();
      const shared = byKey.get(keyName) ?? {
        ...(plan.throttle && { ofPlan: limiter("plan", bounded(plan.throttle, account)) }),
        ...(plan.quota && { quota: new QuotaCounter(plan.quota) }),
      };
      byPlan.set(plan, byKey.set(keyName, shared));
      const ofRoutes = covered.throttle.map(
        ({ resourcePath, httpMethod, ...limits }) =>
          [`${httpMethod} ${resourcePath}`, limiter("plan route", bounded(limits, account))] as const,
      );
      return { ...shared, ofRoutes: new Map(ofRoutes) };
    },
  };
}

function limiter(by: LimitSource, { rateLimit, burstLimit }: ThrottleDefinition): Limiter {
  return { by, bucket: new TokenBucket({ rateLimit, burstLimit }) };
}

/** −1 is "no limit of its own". */
function bounded({ rateLimit, burstLimit }: ThrottleDefinition, account: ThrottleDefinition): ThrottleDefinition {
  return {
    rateLimit: rateLimit < 0 ? account.rateLimit : rateLimit,
    burstLimit: burstLimit < 0 ? account.burstLimit : burstLimit,
  };
}
