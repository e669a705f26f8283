import type { ThrottleDefinition } from "../../definition/usage-plan";

/**
 * A limit in words or numbers: requests a second and at once, or `"account-limit"` (no limit of its own), or `"blocked"`
 * (all requests are answered 429).
 * Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-request-throttling.html
 */
export type Throttle = ThrottleDefinition | "account-limit" | "blocked";

const IN_WORDS = {
  "account-limit": { rateLimit: -1, burstLimit: -1 },
  blocked: { rateLimit: 0, burstLimit: 0 },
} as const;

/** The numbers that API Gateway stores: −1 stands for no limit, 0 lets nothing through. */
export function throttleLimits(throttle: Throttle): ThrottleDefinition {
  return typeof throttle === "string" ? IN_WORDS[throttle] : throttle;
}
