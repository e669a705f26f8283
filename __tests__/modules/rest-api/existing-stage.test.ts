import { DomainName, type HeadgateStack, RestApi, Stage } from "../../../modules";
import { assertOrderRules, onlyResource, resourcesOf, synthApi } from "../../../modules/testing";

const CERTIFICATE = "arn:aws:acm:eu-west-1:111111111111:certificate/abc";

function existingStage(stack: HeadgateStack) {
  const restApi = RestApi.fromRestApiAttributes(stack, "Theirs", {
    restApiId: "abc123",
    rootResourceId: "root1",
    restApiName: "theirs",
  });
  return Stage.fromStageAttributes(stack, "Live", { restApi, stageName: "live" });
}

describe("a stage that is owned elsewhere", () => {
  it("emits nothing by itself", () => {
    expect(synthApi(existingStage).resource).toBeUndefined();
  });

  it("is covered by plans, whose keys may stand beside it", () => {
    const terraform = synthApi((stack) => {
      const stage = existingStage(stack);
      const plan = stage.restApi.addUsagePlan("Plan", { apiStages: [{ stage }] });
      plan.addApiKey(stage.addApiKey("Key"));
    });

    expect(onlyResource(terraform, "aws_api_gateway_usage_plan").api_stages).toEqual([
      { api_id: "abc123", stage: "live", throttle: [] },
    ]);
    expect(onlyResource(terraform, "aws_api_gateway_api_key").name).toBe("Key");
    assertOrderRules(terraform);
  });

  it.each([
    ["api_gateway_base_path_mapping", "orders", { base_path: "orders", stage_name: "live" }],
    ["apigatewayv2_api_mapping", "orders/v1", { api_mapping_key: "orders/v1", stage: "live" }],
  ])("is served by a domain: %s", (type, basePath, expected) => {
    const terraform = synthApi((stack) => {
      const domain = new DomainName(stack, "Domain", { domainName: "api.example.com", certificate: CERTIFICATE });
      domain.addApiMapping(existingStage(stack), { basePath });
    });

    expect(onlyResource(terraform, `aws_${type}`)).toMatchObject({ api_id: "abc123", ...expected });
  });

  it("is measured under its name, with and without a route", () => {
    synthApi((stack) => {
      const stage = existingStage(stack);
      const method = stage.restApi.route("GET /notes");

      expect(stage.metricCount().dimensions).toEqual({ ApiName: "theirs", Stage: "live" });
      expect(method.metricCount(stage).dimensions).toEqual({
        ApiName: "theirs",
        Method: "GET",
        Resource: "/notes",
        Stage: "live",
      });
    });
  });

  it("may have any settings: an alarm on one of its routes is no mistake", () => {
    const build = (stack: HeadgateStack) => {
      const api = new RestApi(stack, "Api");
      const method = api.route("GET /notes");
      const stage = Stage.fromStageAttributes(stack, "Live", { restApi: api, stageName: "live" });
      method.metricCacheHitCount(stage).createAlarm(stack, "Misses", { threshold: 1, evaluationPeriods: 1 });
    };

    expect(() => synthApi(build)).not.toThrow();
  });
});

describe("a stage that is declared here", () => {
  it("has keys beside it, too", () => {
    const terraform = synthApi((stack) => {
      const api = new RestApi(stack, "Api");
      api.route("GET /notes");
      api.deploymentStage.addApiKey("Key", { apiKeyName: "acme" });
    });

    expect(Object.values(resourcesOf(terraform, "aws_api_gateway_api_key"))).toMatchObject([{ name: "acme" }]);
  });
});
