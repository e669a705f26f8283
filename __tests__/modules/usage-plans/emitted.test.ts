import { ApiKey, RateLimitedApiKey, RestApi, UsagePlan } from "../../../modules";
import { synthApi, type TerraformJson, terraformSnapshotSerializer } from "../../../modules/testing";

expect.addSnapshotSerializer(terraformSnapshotSerializer);

const TYPES = ["aws_api_gateway_api_key", "aws_api_gateway_usage_plan", "aws_api_gateway_usage_plan_key"];

/** Plans, keys and what joins them. */
function plansIn({ resource = {} }: TerraformJson): TerraformJson {
  return { resource: Object.fromEntries(Object.entries(resource).filter(([type]) => TYPES.includes(type))) };
}

const limits = {
  throttle: { rateLimit: 5, burstLimit: 10 },
  quota: { limit: 1_000, period: "WEEK", offset: 3 },
} as const;

describe("plans and keys", () => {
  it("emit little when little is said: minimal", () => {
    const terraform = synthApi((stack) => {
      new ApiKey(stack, "Key");
      new RateLimitedApiKey(stack, "Limited");
      new UsagePlan(stack, "Plan");
    });

    expect(plansIn(terraform)).toMatchSnapshot();
  });

  it("emit everything that they can have: everything", () => {
    const terraform = synthApi((stack) => {
      const api = new RestApi(stack, "Api");
      const method = api.route("POST /orders", undefined, { apiKeyRequired: true });
      const stage = api.deploymentStage;
      const key = new ApiKey(stack, "Key", {
        apiKeyName: "acme",
        description: "of Acme",
        value: "twenty-characters-or-more",
        enabled: false,
        customerId: "c-1",
        tags: { team: "orders" },
      });
      const plan = new UsagePlan(stack, "Plan", {
        ...limits,
        name: "pro",
        description: "for those who pay",
        apiStages: [{ api, stage, throttle: [{ method, throttle: { rateLimit: 1, burstLimit: 2 } }] }],
        productCode: "prod-1",
        tags: { team: "orders" },
      });
      plan.addApiKey(key);
      plan.addApiKey(ApiKey.fromApiKeyId(stack, "Theirs", "key123"));
      new RateLimitedApiKey(stack, "Limited", { ...limits, apiStages: [{ stage }], customerId: "c-2" });
    });

    expect(plansIn(terraform)).toMatchSnapshot();
  });
});
