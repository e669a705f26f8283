import type { IConstruct } from "constructs";
import type { ApiKeyOptions } from "../usage-plans/api-key";
import type { UsagePlanOptions } from "../usage-plans/usage-plan";
import { type Check, outside, runChecks } from "./check";
import { checkThrottle } from "./throttle-checks";

/** Largest offset by period. Source: provider's validation of `quota_settings`. */
const LARGEST_OFFSET = { DAY: 0, WEEK: 6, MONTH: 27 } as const;

const PLAN_CHECKS: readonly Check<UsagePlanOptions>[] = [
  {
    code: "QUOTA_LIMIT_INVALID",
    problem: ({ quota }) =>
      quota !== undefined && !(Number.isInteger(quota.limit) && quota.limit > 0)
        ? `quota.limit must be a positive whole number, got ${quota.limit}`
        : undefined,
    fix: "use the number of requests in one period",
  },
  {
    code: "QUOTA_OFFSET_OUT_OF_RANGE",
    problem: ({ quota }) =>
      quota !== undefined && outside(quota.offset, 0, LARGEST_OFFSET[quota.period])
        ? `quota.offset of a ${quota.period} must be 0 to ${LARGEST_OFFSET[quota.period]}, got ${quota.offset}`
        : undefined,
    fix: "leave it out, or use a smaller one",
  },
];

const KEY_CHECKS: readonly Check<ApiKeyOptions>[] = [
  {
    code: "API_KEY_VALUE_INVALID",
    problem: ({ value }) =>
      value !== undefined && outside(value.length, 20, 128)
        ? `the value of an API key must have 20 to 128 characters, got ${value.length}`
        : undefined,
    fix: "leave the value to AWS, or use a longer one",
  },
];

/** Records each limit of a plan that API Gateway would refuse. */
export function checkUsagePlan(scope: IConstruct, options: UsagePlanOptions): void {
  runChecks(scope, PLAN_CHECKS, options);
  checkThrottle(scope, { place: "the usage plan", ...options.throttle });
}

/** Records `API_KEY_VALUE_INVALID`. */
export function checkApiKey(scope: IConstruct, options: ApiKeyOptions): void {
  runChecks(scope, KEY_CHECKS, options);
}
