import type { Call } from "./call-log";
import { AwsError } from "./http";
import type { Interceptor } from "./intercept";

interface Rate {
  readonly perSecond: number;
  readonly burst: number;
}

/** Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html */
const TOTAL: Rate = { perSecond: 10, burst: 40 };
const RATES: Readonly<Record<string, Rate>> = {
  CreateDeployment: { perSecond: 1 / 5, burst: 1 },
  CreateResource: { perSecond: 5, burst: 5 },
  DeleteResource: { perSecond: 5, burst: 5 },
  GetResources: { perSecond: 5 / 2, burst: 5 },
  CreateRestApi: { perSecond: 1 / 3, burst: 1 },
  PutRestApi: { perSecond: 1, burst: 1 },
  DeleteRestApi: { perSecond: 1 / 30, burst: 1 },
  CreateApiKey: { perSecond: 5, burst: 5 },
  DeleteApiKey: { perSecond: 5, burst: 5 },
  UpdateUsagePlan: { perSecond: 1 / 20, burst: 1 },
  UpdateAccount: { perSecond: 1 / 20, burst: 1 },
  CreateDomainName: { perSecond: 1 / 30, burst: 1 },
  UpdateDomainName: { perSecond: 1 / 30, burst: 1 },
  DeleteDomainName: { perSecond: 1 / 30, burst: 1 },
};

/**
 * Answers API Gateway calls above AWS's fixed control-plane rates with 429, as AWS does per account and region.
 *
 * @param now milliseconds
 */
export function controlPlaneRates(now: () => number): Interceptor {
  const buckets = new Map<string, { tokens: number; at: number }>();

  const take = (name: string, rate: Rate): boolean => {
    const at = now();
    const last = buckets.get(name) ?? { tokens: rate.burst, at };
    const tokens = Math.min(rate.burst, last.tokens + ((at - last.at) / 1000) * rate.perSecond);
    const taken = tokens >= 1;
    buckets.set(name, { tokens: taken ? tokens - 1 : tokens, at });
    return taken;
  };

  return {
    before(call: Call) {
      if (call.service !== "apigateway") return undefined;
      const own = RATES[call.operation];
      const within = take("total", TOTAL) && (own === undefined || take(call.operation, own));
      return within ? undefined : new AwsError(429, "TooManyRequestsException", "Too Many Requests").toAnswer();
    },
  };
}
