import { readdirSync } from "node:fs";
import { join } from "node:path";
import type { JsonObject } from "../../../definition/json";
import { DATA_COSTS, isApiGatewayType, RESOURCE_COSTS } from "../../../deploy/budget/call-costs";
import { countCalls, totalOf } from "../../../deploy/budget/count-calls";

/** One resource of a type, counted. */
function countOne(type: string, block: JsonObject) {
  const { create, plan, uncertain } = countCalls({ resource: { [type]: { it: block } } });
  return { create: Object.fromEntries(create), plan: Object.fromEntries(plan), uncertain };
}

describe("countCalls", () => {
  it("counts nothing of other services", () => {
    const { create, plan } = countCalls({
      resource: { aws_lambda_function: { it: {} }, aws_wafv2_web_acl: { it: {} } },
    });

    expect([totalOf(create), totalOf(plan)]).toEqual([0, 0]);
  });

  it.each<[string, string, JsonObject, Record<string, number>]>([
    ["an edge-optimized API", "rest_api", {}, { "CreateRestApi EDGE": 1, GetRestApi: 1, GetResources: 1 }],
    [
      "a regional API with a body",
      "rest_api",
      { name: "a", endpoint_configuration: { types: ["REGIONAL"] }, body: '{"info":{"title":"a"}}' },
      { CreateRestApi: 1, PutRestApi: 1, GetRestApi: 1, GetResources: 1 },
    ],
    [
      "an API that says more than its body",
      "rest_api",
      { name: "a", endpoint_configuration: [{ types: ["PRIVATE"] }], body: '{"info":{"title":"b"}}' },
      { CreateRestApi: 1, PutRestApi: 1, UpdateRestApi: 1, GetRestApi: 1, GetResources: 1 },
    ],
    ["a stage", "stage", { cache_cluster_enabled: false }, { CreateStage: 1, GetStage: 1 }],
    ["a stage with a cache", "stage", { cache_cluster_enabled: true }, { CreateStage: 1, GetStage: 2 }],
    [
      "a stage with an access log",
      "stage",
      { access_log_settings: { format: "" } },
      { CreateStage: 1, GetStage: 1, UpdateStage: 1 },
    ],
    [
      "a stage with a cache and a client certificate",
      "stage",
      { cache_cluster_enabled: true, client_certificate_id: "c" },
      { CreateStage: 1, GetStage: 3, UpdateStage: 1 },
    ],
    [
      "a usage plan that is sold",
      "usage_plan",
      { product_code: "p" },
      { CreateUsagePlan: 1, GetUsagePlan: 1, UpdateUsagePlan: 1 },
    ],
  ])("counts what the attributes of %s cost", (_title, type, block, create) => {
    expect(countOne(`aws_api_gateway_${type}`, block).create).toEqual(create);
  });

  it.each<[string, JsonObject, number]>([
    ["count", { count: 3 }, 3],
    ["a map in for_each", { for_each: { a: 1, b: 2 } }, 2],
    ["no count", {}, 1],
  ])("counts blocks as often as %s says", (_title, block, times) => {
    expect(countOne("aws_api_gateway_api_key", block)).toEqual({
      create: { CreateApiKey: times, GetApiKey: times },
      plan: { GetApiKey: times },
      uncertain: [],
    });
  });

  it("says so when an expression tells how many there are", () => {
    const { create, uncertain } = countOne("aws_api_gateway_api_key", { count: "${var.keys}" });

    expect(create).toEqual({ CreateApiKey: 1, GetApiKey: 1 });
    expect(uncertain).toEqual(["aws_api_gateway_api_key.it: how many there are is not known; one is counted"]);
  });

  it("says so when it knows nothing about a type, or does not look into a module", () => {
    const { create, plan, uncertain } = countCalls({
      resource: { aws_apigatewayv2_api: { it: {} } },
      data: { aws_api_gateway_sdk: { it: {} }, aws_api_gateway_resource: { root: {} } },
      module: { orders: { source: "./orders" } },
    });

    expect(Object.fromEntries(create)).toEqual({ "assumed write": 1, "assumed read": 2, GetResources: 1 });
    expect(Object.fromEntries(plan)).toEqual({ "assumed read": 2, GetResources: 1 });
    expect(uncertain).toEqual([
      "aws_apigatewayv2_api.it: what the provider calls for it is assumed",
      "data.aws_api_gateway_sdk.it: what the provider calls for it is assumed",
      "module.orders: nothing in it is counted",
    ]);
  });

  it("knows every type of REST APIs that the provider has, but for one that is young", () => {
    const folders = readdirSync(join(require.resolve("@cdktf/provider-aws/package.json"), "../lib"));
    const types = folders
      .map((name) => `aws_${name.replaceAll("-", "_")}`)
      .filter((type) => /^aws_api_gateway/.test(type));

    const unknown = types.filter((type) => RESOURCE_COSTS[type] === undefined);

    expect(types).toEqual(expect.arrayContaining(Object.keys(RESOURCE_COSTS)));
    expect(unknown).toEqual(["aws_api_gateway_domain_name_access_association"]);
  });

  it("takes every row for one of API Gateway", () => {
    const rows = [...Object.keys(RESOURCE_COSTS), ...Object.keys(DATA_COSTS)];

    expect(rows.filter((type) => !isApiGatewayType(type))).toEqual([]);
  });
});
