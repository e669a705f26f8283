import { Token } from "cdktf";
import type { IConstruct } from "constructs";
import type { ThrottleDefinition } from "../../definition/usage-plan";
import { quotasOf } from "../quotas";
import { type Check, outside, runChecks } from "./check";
import { findWarnings, type Warning, warnAtSynth } from "./warning";

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

interface AccountSubject extends ThrottleSubject {
  readonly quotas: ThrottleDefinition;
}

/** Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html */
const ACCOUNT_CHECKS: readonly Check<AccountSubject>[] = [
  {
    code: "THROTTLE_ABOVE_ACCOUNT",
    problem: ({ place, rateLimit, burstLimit, quotas }) => {
      const above = [
        ...(outside(rateLimit, -1, quotas.rateLimit) ? [["requests a second", rateLimit, quotas.rateLimit]] : []),
        ...(outside(burstLimit, -1, quotas.burstLimit) ? [["requests at once", burstLimit, quotas.burstLimit]] : []),
      ];
      const parts = above.map(([unit, limit, account]) => `${limit} ${unit}, and the account ${account}`);
      return parts.length === 0 ? undefined : `${place} allows ${parts.join("; ")} for all its APIs together`;
    },
    fix: "lower the limits, or pass quotas: { rateLimit: …, burstLimit: … } to the stack when AWS has raised them",
  },
];

/** `__tests__/terraform/blocked-route.test.ts` shows it, and turns red when the provider has learned it. */
const SETTINGS_CHECKS: readonly Check<ThrottleSubject>[] = [
  {
    code: "THROTTLE_ZERO_COMES_LATE",
    problem: ({ place, rateLimit, burstLimit }) =>
      rateLimit === 0 || burstLimit === 0
        ? `${place} is to let nothing through, but the AWS provider leaves out limits of 0 when it creates settings: requests pass until a second apply`
        : undefined,
    fix: "apply twice, the second plan shows the limit; or keep callers out by an authorizer or a resource policy",
  },
];

/** Checks a throttle of a route or of a stage. */
export function checkThrottle(scope: IConstruct, subject: ThrottleSubject): void {
  checkLimits(scope, subject);
  warnOf(scope, findWarnings(SETTINGS_CHECKS, subject));
}

/** Records each limit that API Gateway would refuse, and warns of those that the account's come before. */
export function checkLimits(scope: IConstruct, subject: ThrottleSubject): void {
  runChecks(scope, THROTTLE_CHECKS, subject);
  warnOf(scope, findWarnings(ACCOUNT_CHECKS, { ...subject, quotas: quotasOf(scope) }));
}

function warnOf(scope: IConstruct, warnings: readonly Warning[]): void {
  if (warnings.length > 0) warnAtSynth(scope, () => warnings);
}
