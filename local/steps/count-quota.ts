import type { Step } from "../exchange";
import { passedLines, quotaText } from "../execution-log/usage-plan-lines";
import { GatewayError } from "../refusals/gateway-error";
import { callersKey, presentedKey } from "./check-api-key";

/**
 * Counts the requests of a key, and refuses those beyond what its plan gives in a period.
 * Source: https://docs.aws.amazon.com/apigateway/latest/api/API_QuotaSettings.html
 */
export const countQuota: Step = {
  name: "count quota",
  request(exchange) {
    const key = callersKey(exchange);
    const quota = key?.limits.quota;
    if (key === undefined || quota === undefined || quota.count(exchange.host.now())) {
      exchange.log?.write(...passedLines(exchange, presentedKey(exchange)));
      return undefined;
    }
    const { limit, period } = quota.quota;
    const caller = { key, value: presentedKey(exchange) ?? "" };
    throw new GatewayError("QUOTA_EXCEEDED", {
      logged: [quotaText(exchange, caller, limit, period)],
      reason: `the plan "${key.plan.name}" gives each key ${limit} requests a ${period.toLowerCase()}; --no-throttle switches quotas off`,
    });
  },
};
