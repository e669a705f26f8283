import { type CallRate, EDGE, OPERATION_RATES, TOTAL_RATE } from "../../../deploy/budget/control-plane-rates";
import type { Call } from "./call-log";
import { AwsError } from "./http";
import type { Interceptor } from "./intercept";
import { objectOr, texts } from "./json-values";

/**
 * Answers API Gateway calls above AWS's fixed control-plane rates with 429, as AWS does per account and region.
 *
 * @param now milliseconds
 */
export function controlPlaneRates(now: () => number): Interceptor {
  const buckets = new Map<string, { tokens: number; at: number }>();

  const take = (name: string, rate: CallRate): boolean => {
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
      const name = limitedOperation(call);
      const own = OPERATION_RATES[name];
      const within = take("total", TOTAL_RATE) && (own === undefined || take(name, own));
      return within ? undefined : new AwsError(429, "TooManyRequestsException", "Too Many Requests").toAnswer();
    },
  };
}

/** The name under which AWS limits a call: `CreateRestApi EDGE` for an edge-optimized API, its operation otherwise. */
export function limitedOperation({ operation, parameters }: Pick<Call, "operation" | "parameters">): string {
  if (operation !== "CreateRestApi") return operation;
  const { types } = objectOr(parameters.endpointConfiguration);
  return types === undefined || texts(types).includes("EDGE") ? `${operation}${EDGE}` : operation;
}
