import { ApiGatewayUsagePlan } from "@cdktf/provider-aws/lib/api-gateway-usage-plan";
import { ApiGatewayUsagePlanKey } from "@cdktf/provider-aws/lib/api-gateway-usage-plan-key";
import { Lazy, Token } from "cdktf";
import { Construct } from "constructs";
import { ConfigurationError } from "../../definition/configuration-error";
import type { QuotaPeriod, ThrottleDefinition } from "../../definition/usage-plan";
import { checkThrottle } from "../checks/throttle-checks";
import { checkUsagePlan } from "../checks/usage-plan-checks";
import type { Method } from "../rest-api/method";
import type { Stage } from "../rest-api/stage";
import { attributeText } from "../terraform-text";
import type { ApiKey } from "./api-key";

/** Periods of a quota, as in `Period.MONTH`. */
export const Period = { DAY: "DAY", WEEK: "WEEK", MONTH: "MONTH" } as const satisfies Record<string, QuotaPeriod>;
/** One of the periods. */
export type Period = QuotaPeriod;

/** How many requests a key may send. */
export interface QuotaSettings {
  /** Requests in one period. */
  readonly limit: number;
  readonly period: Period;
  /**
   * Requests that the first period starts with: DAY 0, WEEK 0 to 6, MONTH 0 to 27.
   * @default 0
   */
  readonly offset?: number;
}

/** Limit of one key on one route. */
export interface ThrottlingPerMethod {
  readonly method: Method;
  readonly throttle: ThrottleDefinition;
}

/** A stage that a plan covers. */
export interface UsagePlanPerApiStage {
  readonly stage: Stage;
  /**
   * At most 20 routes.
   * @default - the limit of the plan
   */
  readonly throttle?: readonly ThrottlingPerMethod[];
}

/** Limits of a plan. All are optional. */
export interface UsagePlanOptions {
  /** @default - the construct id */
  readonly name?: string;
  readonly description?: string;
  /**
   * Limit of each key over all routes.
   * @default - no limit
   */
  readonly throttle?: ThrottleDefinition;
  /** @default - no quota */
  readonly quota?: QuotaSettings;
  /** More come by `addApiStage`. */
  readonly apiStages?: readonly UsagePlanPerApiStage[];
}

/**
 * Limits for a group of keys on stages of APIs.
 * Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-api-usage-plans.html
 */
export class UsagePlan extends Construct {
  readonly usagePlanName: string;
  readonly usagePlan: ApiGatewayUsagePlan;
  private readonly apiStages: UsagePlanPerApiStage[] = [];

  constructor(scope: Construct, id: string, options: UsagePlanOptions = {}) {
    super(scope, id);
    checkUsagePlan(this, options);
    this.usagePlanName = options.name ?? id;
    this.usagePlan = new ApiGatewayUsagePlan(this, "Resource", {
      name: attributeText(this, this.usagePlanName),
      ...(options.description === undefined ? {} : { description: attributeText(this, options.description) }),
      ...(options.throttle === undefined ? {} : { throttleSettings: { ...options.throttle } }),
      ...(options.quota === undefined ? {} : { quotaSettings: { ...options.quota } }),
      apiStages: Token.asAny(Lazy.anyValue({ produce: () => this.apiStages.map(toTerraformStage) })),
    });
    for (const apiStage of options.apiStages ?? []) this.addApiStage(apiStage);
  }

  /** Id of the plan: a reference. */
  get usagePlanId(): string {
    return this.usagePlan.id;
  }

  addApiStage(apiStage: UsagePlanPerApiStage): void {
    for (const { method, throttle } of apiStage.throttle ?? []) {
      checkThrottle(this, { place: `"${method.route}" in usage plan "${this.usagePlanName}"`, ...throttle });
    }
    if ((apiStage.throttle?.length ?? 0) > 20) {
      throw new ConfigurationError(
        "USAGE_PLAN_THROTTLES_TOO_MANY",
        this.node.path,
        `a usage plan may throttle 20 routes of a stage by themselves, got ${apiStage.throttle?.length}`,
        "declare throttle on the routes, which limits all callers together, or on the plan",
      );
    }
    this.apiStages.push(apiStage);
  }

  /** Puts a key into the plan. */
  addApiKey(apiKey: ApiKey): void {
    new ApiGatewayUsagePlanKey(this, `Key ${apiKey.node.id}`, {
      usagePlanId: this.usagePlan.id,
      keyId: apiKey.keyId,
      keyType: "API_KEY",
    });
  }
}

function toTerraformStage({ stage, throttle = [] }: UsagePlanPerApiStage): object {
  return {
    api_id: stage.api.restApiId,
    stage: stage.stage.stageName,
    throttle: throttle.map(({ method, throttle: limit }) => ({
      path: `${method.resource.path}/${method.httpMethod}`,
      rate_limit: limit.rateLimit,
      burst_limit: limit.burstLimit,
    })),
  };
}
