import { ApiGatewayUsagePlan } from "@cdktf/provider-aws/lib/api-gateway-usage-plan";
import { ApiGatewayUsagePlanKey } from "@cdktf/provider-aws/lib/api-gateway-usage-plan-key";
import { Lazy, TerraformStack, Token } from "cdktf";
import { Construct } from "constructs";
import { checkApiStage, checkUsagePlan } from "../checks/usage-plan-checks";
import { sharedKeys, uselessStages } from "../checks/usage-plan-reach";
import { warnAtSynth } from "../checks/warning";
import { quotasOf } from "../quotas";
import type { RestApiBase } from "../rest-api/rest-api-base";
import { attributeText, attributeTexts, templateText } from "../terraform-text";
import type { IApiKey } from "./api-key";
import { registerPlan } from "./plans-on-stage";
import type { UsagePlanOptions, UsagePlanPerApiStage } from "./usage-plan-options";

/** A plan, of this stack or of elsewhere. */
export interface IUsagePlan extends Construct {
  /** Id of the plan. */
  readonly usagePlanId: string;
  /** Puts a key into the plan. Has no effect when the plan holds it already. */
  addApiKey(apiKey: IApiKey): void;
}

/**
 * Limits for a group of keys on stages of APIs.
 * Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-api-usage-plans.html
 */
export class UsagePlan extends Construct implements IUsagePlan {
  readonly usagePlanName: string;
  /** `aws_api_gateway_usage_plan`. */
  readonly usagePlan: ApiGatewayUsagePlan;
  private readonly covered: UsagePlanPerApiStage[] = [];
  private readonly keys = new Map<IApiKey, ApiGatewayUsagePlanKey>();

  /** A plan that exists already: keys can be put into it, its limits and stages are its owner's. */
  static fromUsagePlanId(scope: Construct, id: string, usagePlanId: string): IUsagePlan {
    return new ExistingUsagePlan(scope, id, usagePlanId);
  }

  /**
   * One plan for each tier of an API, under its name, on the API's own stage where a tier names no stages:
   *
   * ```ts
   * const plans = UsagePlan.tiers(api, {
   *   free: { throttle: { rateLimit: 5, burstLimit: 10 }, quota: { limit: 1_000, period: Period.DAY } },
   *   pro: { throttle: { rateLimit: 100, burstLimit: 200 } },
   * });
   * plans.pro.addApiKey(api.addApiKey("Acme"));
   * ```
   *
   * @param tiers limits by name; the names are those of the result
   */
  static tiers<Name extends string>(
    api: RestApiBase,
    tiers: Readonly<Record<Name, UsagePlanOptions>>,
  ): Readonly<Record<Name, UsagePlan>> {
    const plans: Partial<Record<Name, UsagePlan>> = {};
    for (const name of Object.keys(tiers) as Name[]) {
      const { apiStages = [{ stage: api.deploymentStage }], ...limits } = tiers[name];
      plans[name] = new UsagePlan(api, name, { ...limits, apiStages });
    }
    return plans as Record<Name, UsagePlan>;
  }

  constructor(scope: Construct, id: string, options: UsagePlanOptions = {}) {
    super(scope, id);
    this.usagePlanName = options.name ?? id;
    checkUsagePlan(this, { ...options, name: this.usagePlanName });
    const { description, throttle, quota, productCode, tags } = options;
    this.usagePlan = new ApiGatewayUsagePlan(this, "Resource", {
      name: attributeText(this, this.usagePlanName),
      ...(description === undefined ? {} : { description: attributeText(this, description) }),
      ...(throttle === undefined ? {} : { throttleSettings: { ...throttle } }),
      ...(quota === undefined ? {} : { quotaSettings: { ...quota } }),
      ...(productCode === undefined ? {} : { productCode }),
      ...(tags === undefined ? {} : { tags: attributeTexts(this, tags) }),
      apiStages: Token.asAny(Lazy.anyValue({ produce: () => this.covered.map((it) => toTerraformStage(this, it)) })),
    });
    for (const apiStage of options.apiStages ?? []) this.addApiStage(apiStage);
    this.node.addValidation({ validate: () => sharedKeys(this).map(({ message }) => message) });
    warnAtSynth(this, () => uselessStages(this));
  }

  /** Id of the plan: a reference. */
  get usagePlanId(): string {
    return this.usagePlan.id;
  }

  /** The stages that the plan covers. */
  get apiStages(): readonly UsagePlanPerApiStage[] {
    return this.covered;
  }

  /** The keys in the plan. */
  get apiKeys(): readonly IApiKey[] {
    return [...this.keys.keys()];
  }

  /** Makes the plan count on a stage. */
  addApiStage(apiStage: UsagePlanPerApiStage): void {
    checkApiStage(this, {
      planName: this.usagePlanName,
      apiStage,
      others: this.covered,
      maximum: quotasOf(this).throttledRoutesPerPlanStage,
    });
    this.covered.push(apiStage);
    registerPlan(apiStage.stage, this);
  }

  addApiKey(apiKey: IApiKey): void {
    if (!this.keys.has(apiKey)) this.keys.set(apiKey, membership(this, apiKey));
  }
}

class ExistingUsagePlan extends Construct implements IUsagePlan {
  private readonly keys = new Map<IApiKey, ApiGatewayUsagePlanKey>();

  constructor(
    scope: Construct,
    id: string,
    readonly usagePlanId: string,
  ) {
    super(scope, id);
  }

  addApiKey(apiKey: IApiKey): void {
    if (!this.keys.has(apiKey)) this.keys.set(apiKey, membership(this, apiKey));
  }
}

/** Its address tells keys of one id apart, in whatever order they come. */
function membership(plan: IUsagePlan, apiKey: IApiKey): ApiGatewayUsagePlanKey {
  const isNeighbour = apiKey.node.scope === plan.node.scope;
  const ofStack = `${TerraformStack.of(apiKey).node.path}/`;
  const id = isNeighbour ? apiKey.node.id : apiKey.node.path.slice(ofStack.length);
  return new ApiGatewayUsagePlanKey(plan, `Key ${id}`, {
    usagePlanId: plan.usagePlanId,
    keyId: apiKey.keyId,
    keyType: "API_KEY",
  });
}

function toTerraformStage(plan: UsagePlan, { stage, throttle = [] }: UsagePlanPerApiStage): object {
  return {
    // cdktf knows a reference into another stack by its object, and these are new ones whenever they are asked for.
    api_id: templateText(plan, stage.api.restApiId).text,
    stage: templateText(plan, stage.awaitedName).text,
    throttle: throttle.map(({ method, throttle: limit }) => ({
      path: `${method.resource.path}/${method.httpMethod}`,
      rate_limit: limit.rateLimit,
      burst_limit: limit.burstLimit,
    })),
  };
}
