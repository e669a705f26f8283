import { type ApiKeyOptions, RestApi, type UsagePlanOptions } from "../../../modules";
import { onlyResource, resourcesOf, synthApi } from "../../../modules/testing";
import { synthWithApi } from "../support/api";

describe("UsagePlan", () => {
  it("limits keys on a stage and on single routes of it", () => {
    const terraform = synthWithApi((api) => {
      const plan = api.addUsagePlan("Pro", {
        throttle: { rateLimit: 5, burstLimit: 10 },
        quota: { limit: 1000, period: "WEEK", offset: 3 },
      });
      const order = api.root.resourceForPath("orders/{orderId}").addMethod("GET");
      plan.addApiStage({
        stage: api.deploymentStage,
        throttle: [
          { method: order, throttle: { rateLimit: 1, burstLimit: 2 } },
          { method: api.root.addMethod("GET"), throttle: { rateLimit: 3, burstLimit: 4 } },
        ],
      });
    });

    expect(onlyResource(terraform, "aws_api_gateway_usage_plan")).toEqual({
      name: "Pro",
      throttle_settings: { rate_limit: 5, burst_limit: 10 },
      quota_settings: { limit: 1000, period: "WEEK", offset: 3 },
      api_stages: [
        {
          api_id: expect.stringMatching(/^\$\{aws_api_gateway_rest_api\.\w+\.id\}$/),
          stage: expect.stringMatching(/^\$\{aws_api_gateway_stage\.\w+\.stage_name\}$/),
          throttle: [
            { path: "/orders/{orderId}/GET", rate_limit: 1, burst_limit: 2 },
            { path: "//GET", rate_limit: 3, burst_limit: 4 },
          ],
        },
      ],
    });
  });

  it("covers stages of several APIs", () => {
    const terraform = synthApi((stack) => {
      const [one, two] = [new RestApi(stack, "One"), new RestApi(stack, "Two")];
      for (const api of [one, two]) api.root.addMethod("GET");
      one.addUsagePlan("All", { apiStages: [{ stage: one.deploymentStage }, { stage: two.deploymentStage }] });
    });

    expect(onlyResource(terraform, "aws_api_gateway_usage_plan").api_stages).toHaveLength(2);
  });

  it("holds keys whose values AWS generates", () => {
    const terraform = synthWithApi((api, stack) => {
      const key = api.addApiKey("ProKey", { apiKeyName: "pro", enabled: false });
      api.addUsagePlan("Pro").addApiKey(key);
      api.root.addMethod("GET");
      stack.addOverride("locals", { id: key.keyId, value: key.keyValue });
    });

    const [id] = Object.keys(resourcesOf(terraform, "aws_api_gateway_api_key"));
    expect(onlyResource(terraform, "aws_api_gateway_api_key")).toEqual({ name: "pro", enabled: false });
    expect(onlyResource(terraform, "aws_api_gateway_usage_plan_key")).toMatchObject({
      key_id: `\${aws_api_gateway_api_key.${id}.id}`,
      key_type: "API_KEY",
    });
    expect(terraform.locals).toEqual({
      id: `\${aws_api_gateway_api_key.${id}.id}`,
      value: `\${aws_api_gateway_api_key.${id}.value}`,
    });
  });

  it.each<[string, UsagePlanOptions, RegExp]>([
    ["QUOTA_LIMIT_INVALID", { quota: { limit: 0, period: "DAY" } }, /got 0/],
    ["QUOTA_OFFSET_OUT_OF_RANGE", { quota: { limit: 1, period: "DAY", offset: 1 } }, /of a DAY must be 0 to 0, got 1/],
    ["QUOTA_OFFSET_OUT_OF_RANGE", { quota: { limit: 1, period: "MONTH", offset: 28 } }, /must be 0 to 27, got 28/],
    ["THROTTLE_RATE_OUT_OF_RANGE", { throttle: { rateLimit: -2, burstLimit: 1 } }, /got -2/],
    ["THROTTLE_BURST_OUT_OF_RANGE", { throttle: { rateLimit: 1, burstLimit: 1.5 } }, /got 1.5/],
  ])("fails when AWS would refuse it: %s", (code, options, message) => {
    const build = () => synthWithApi((api) => api.addUsagePlan("Plan", options));

    expect(build).toThrow(new RegExp(`^${code}: .*${message.source}`, "m"));
  });

  it("fails when it throttles more than 20 routes of a stage", () => {
    const build = () =>
      synthWithApi((api) => {
        const method = api.root.addMethod("GET");
        const throttle = Array.from({ length: 21 }, () => ({ method, throttle: { rateLimit: 1, burstLimit: 1 } }));
        api.addUsagePlan("Plan").addApiStage({ stage: api.deploymentStage, throttle });
      });

    expect(build).toThrow(/^USAGE_PLAN_THROTTLES_TOO_MANY: .*got 21/);
  });
});

describe("ApiKey", () => {
  it("holds a value of one's own, as it is", () => {
    const terraform = synthWithApi((api) => {
      api.root.addMethod("GET");
      api.addApiKey("Key", { value: "twenty-characters-${a}" });
    });

    expect(onlyResource(terraform, "aws_api_gateway_api_key").value).toBe("twenty-characters-$${a}");
  });

  it.each<[ApiKeyOptions]>([[{ value: "short" }], [{ value: "x".repeat(129) }]])(
    "fails when its value has another length than 20 to 128",
    (options) => {
      expect(() => synthWithApi((api) => api.addApiKey("Key", options))).toThrow(/^API_KEY_VALUE_INVALID/m);
    },
  );
});
