import type { Exchange, Step } from "../exchange";
import { throttledText } from "../execution-log/usage-plan-lines";
import { GatewayError } from "../refusals/gateway-error";
import type { Limiter } from "../state/request-limits";
import { callersKey, presentedKey } from "./check-api-key";

/**
 * Refuses a request when a token bucket is empty: that of the caller's key on the route, of the key, of the route, or of
 * the account. A request that is refused costs no token.
 * Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-request-throttling.html
 */
export const throttle: Step = {
  name: "throttle",
  request(exchange) {
    const nowMillis = exchange.host.now();
    const limiters = limitersOf(exchange);
    for (const limiter of limiters) {
      const { bucket, by } = limiter;
      if (bucket.hasToken(nowMillis)) continue;
      const { rateLimit, burstLimit } = bucket.limits;
      const key = callersKey(exchange);
      const caller = key && { key, value: presentedKey(exchange) ?? "" };
      throw new GatewayError("THROTTLED", {
        logged: [throttledText(exchange, limiter, caller)],
        reason: `the limit of the ${by} is ${rateLimit} a second, ${burstLimit} at once; --no-throttle switches limits off`,
      });
    }
    for (const { bucket } of limiters) bucket.take();
    return undefined;
  },
};

/** In the order in which AWS applies them. */
function limitersOf(exchange: Exchange): readonly Limiter[] {
  const { limiters, method } = exchange.route;
  const key = callersKey(exchange);
  if (key === undefined) return limiters;
  const { ofPlan, ofRoutes } = key.limits;
  const ofRoute = ofRoutes.get(`${method.httpMethod} ${method.resourcePath}`);
  return [...(ofRoute ? [ofRoute] : []), ...(ofPlan ? [ofPlan] : []), ...limiters];
}
