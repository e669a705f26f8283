import { TerraformOutput } from "cdktf";
import { Period, RestApi, Stage, UsagePlan } from "../../../modules";
import { assertOrderRules, onlyResource, resourcesOf, synthApi } from "../../../modules/testing";
import { synthWithApi } from "../support/api";

describe("UsagePlan", () => {
  it("emits its name only when nothing is declared", () => {
    expect(
      onlyResource(
        synthWithApi((api) => declare(api).addUsagePlan("Plan")),
        "aws_api_gateway_usage_plan",
      ),
    ).toEqual({
      name: "Plan",
      api_stages: [],
    });
  });

  it("has the id of the plan, as a reference", () => {
    const terraform = synthWithApi((api, stack) => {
      const { usagePlanId } = declare(api).addUsagePlan("Plan");
      new TerraformOutput(stack, "Id", { value: usagePlanId });
    });

    const [id] = Object.keys(resourcesOf(terraform, "aws_api_gateway_usage_plan"));
    expect(terraform.output?.Id?.value).toBe(`\${aws_api_gateway_usage_plan.${id}.id}`);
  });

  it("limits keys on a stage and on single routes of it", () => {
    const terraform = synthWithApi((api) => {
      const plan = api.addUsagePlan("Pro", {
        description: "For ${everybody}",
        throttle: { rateLimit: 5, burstLimit: 10 },
        quota: { limit: 1000, period: Period.WEEK, offset: 3 },
        productCode: "prod-1",
        tags: { team: "orders" },
      });
      const order = api.route("GET /orders/{orderId}", undefined, { apiKeyRequired: true });
      plan.addApiStage({
        api,
        stage: api.deploymentStage,
        throttle: [
          { method: order, throttle: { rateLimit: 1, burstLimit: 2 } },
          {
            method: api.root.addMethod("GET", undefined, { apiKeyRequired: true }),
            throttle: { rateLimit: 3, burstLimit: 4 },
          },
        ],
      });
    });

    expect(onlyResource(terraform, "aws_api_gateway_usage_plan")).toEqual({
      name: "Pro",
      description: "For $${everybody}",
      throttle_settings: { rate_limit: 5, burst_limit: 10 },
      quota_settings: { limit: 1000, period: "WEEK", offset: 3 },
      product_code: "prod-1",
      tags: { team: "orders" },
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
    assertOrderRules(terraform);
  });

  it("covers stages of several APIs", () => {
    const terraform = synthApi((stack) => {
      const [one, two] = [new RestApi(stack, "One"), new RestApi(stack, "Two")];
      for (const api of [one, two]) declare(api);
      one.addUsagePlan("All", { apiStages: [{ stage: one.deploymentStage }, { stage: two.deploymentStage }] });
    });

    expect(onlyResource(terraform, "aws_api_gateway_usage_plan").api_stages).toHaveLength(2);
  });

  it("does not come off its stage when the API is deployed again (pain 38)", () => {
    const plansAfter = (path: string) =>
      synthWithApi((api) => {
        declare(api).addUsagePlan("Plan", { apiStages: [{ stage: api.deploymentStage }] });
        api.route(`GET ${path}`);
      });
    const [before, after] = [plansAfter("/one"), plansAfter("/two")];

    expect(before.resource?.aws_api_gateway_deployment).not.toEqual(after.resource?.aws_api_gateway_deployment);
    expect(before.resource?.aws_api_gateway_usage_plan).toEqual(after.resource?.aws_api_gateway_usage_plan);
    expect(Object.keys(resourcesOf(before, "aws_api_gateway_stage"))).toEqual(
      Object.keys(resourcesOf(after, "aws_api_gateway_stage")),
    );
  });

  it("is one per tier, under the tier's name and on the API's own stage", () => {
    const terraform = synthWithApi((api) => {
      const plans = UsagePlan.tiers(declare(api), {
        free: { throttle: { rateLimit: 5, burstLimit: 10 }, quota: { limit: 1_000, period: Period.DAY } },
        pro: { throttle: { rateLimit: 100, burstLimit: 200 }, name: "professional" },
        none: { apiStages: [] },
      });
      plans.free.addApiKey(api.addApiKey("Acme"));
    });

    expect(Object.values(resourcesOf(terraform, "aws_api_gateway_usage_plan"))).toMatchObject([
      { name: "free", quota_settings: { limit: 1_000, period: "DAY" }, api_stages: [{ throttle: [] }] },
      { name: "none" },
      { name: "professional", throttle_settings: { rate_limit: 100, burst_limit: 200 } },
    ]);
    expect(onlyResource(terraform, "aws_api_gateway_usage_plan_key").usage_plan_id).toMatch(/Api_free_\w+\.id\}$/);
  });

  it("may be one of elsewhere, which takes keys", () => {
    const terraform = synthWithApi((api, stack) => {
      declare(api);
      const plan = UsagePlan.fromUsagePlanId(stack, "Theirs", "abc123");
      plan.addApiKey(api.addApiKey("Key"));
    });

    expect(resourcesOf(terraform, "aws_api_gateway_usage_plan")).toEqual({});
    expect(onlyResource(terraform, "aws_api_gateway_usage_plan_key")).toMatchObject({ usage_plan_id: "abc123" });
  });

  it("holds a key once, and tells keys of one id apart", () => {
    const keyIds = (order: readonly string[]) =>
      synthApi((stack) => {
        const apis = new Map(order.map((id) => [id, declare(new RestApi(stack, id))]));
        const plan = new UsagePlan(stack, "Plan");
        for (const id of order) {
          const key = apis.get(id)?.addApiKey("Key");
          if (key === undefined) throw new Error("no such API");
          for (const _ of [1, 2]) plan.addApiKey(key);
        }
      }).resource?.aws_api_gateway_usage_plan_key;

    expect(Object.keys(keyIds(["One", "Two"]) ?? {})).toHaveLength(2);
    expect(keyIds(["One", "Two"])).toEqual(keyIds(["Two", "One"]));
  });

  it("lets one key be in plans of different stages", () => {
    const build = () =>
      synthWithApi((api) => {
        const key = declare(api).addApiKey("Key");
        const { latestDeployment: deployment } = api;
        if (deployment === undefined) throw new Error("the API is not deployed");
        const preview = new Stage(api, "Preview", { deployment, stageName: "preview" });
        for (const stage of [preview, api.deploymentStage]) {
          api.addUsagePlan(`Plan of ${stage.stageName}`, { apiStages: [{ stage }] }).addApiKey(key);
        }
      });

    expect(build).not.toThrow();
  });
});

/** A route that asks for a key: without one, plans have no effect. */
function declare(api: RestApi): RestApi {
  api.route("POST /orders", undefined, { apiKeyRequired: true });
  return api;
}
