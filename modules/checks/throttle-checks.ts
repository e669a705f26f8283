import { Token } from "cdktf";
import type { IConstruct } from "constructs";
import { type Check, outside, runChecks } from "./check";

/** A throttle, wherever it is declared. */
export interface ThrottleSubject {
  /** Where the values stand, in the caller's words. */
  readonly place: string;
  readonly rateLimit?: number;
  readonly burstLimit?: number;
}

/** -1 is "no limit of its own". Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-request-throttling.html */
export const THROTTLE_CHECKS: readonly Check<ThrottleSubject>[] = [
  {
    code: "THROTTLE_RATE_OUT_OF_RANGE",
    problem: ({ place, rateLimit }) =>
      rateLimit !== -1 && outside(rateLimit, 0, Number.MAX_SAFE_INTEGER)
        ? `the rateLimit of ${place} must be 0 or more requests a second, got ${rateLimit}`
        : undefined,
    fix: "use 0 to block the route, or a positive rate",
  },
  {
    code: "THROTTLE_BURST_OUT_OF_RANGE",
    problem: ({ place, burstLimit }) =>
      burstLimit !== undefined &&
      burstLimit !== -1 &&
      !Token.isUnresolved(burstLimit) &&
      !(Number.isInteger(burstLimit) && burstLimit >= 0)
        ? `the burstLimit of ${place} must be a whole number of requests, 0 or more, got ${burstLimit}`
        : undefined,
    fix: "use 0 to block the route, or a positive whole number",
  },
];

/** Records each limit of a throttle that API Gateway would refuse. */
export function checkThrottle(scope: IConstruct, subject: ThrottleSubject): void {
  runChecks(scope, THROTTLE_CHECKS, subject);
}
