import type { Construct } from "constructs";
import { ApiKey, type ApiKeyOptions } from "./api-key";
import { UsagePlan } from "./usage-plan";
import type { UsagePlanOptions } from "./usage-plan-options";

/** A key together with limits of its own. */
export interface RateLimitedApiKeyProps
  extends ApiKeyOptions,
    Pick<UsagePlanOptions, "apiStages" | "throttle" | "quota"> {}

/**
 * A key in a plan of its own, which no other key shares. Where several keys have equal limits, use a `UsagePlan`.
 * Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-api-usage-plans.html
 */
export class RateLimitedApiKey extends ApiKey {
  /** The plan that holds the key. */
  readonly usagePlan: UsagePlan;

  constructor(scope: Construct, id: string, props: RateLimitedApiKeyProps = {}) {
    const { apiStages, throttle, quota, ...key } = props;
    super(scope, id, key);
    this.usagePlan = new UsagePlan(this, "UsagePlan", {
      name: this.apiKeyName,
      ...(apiStages === undefined ? {} : { apiStages }),
      ...(throttle === undefined ? {} : { throttle }),
      ...(quota === undefined ? {} : { quota }),
    });
    this.usagePlan.addApiKey(this);
  }
}
