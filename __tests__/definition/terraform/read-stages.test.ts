import type { Json, JsonObject } from "../../../definition/json";
import { apiId, apiResources, readResources } from "./roots";

describe("stages and usage plans of a Terraform root", () => {
  const stageOf = async (stage: JsonObject, others: JsonObject = {}) => {
    const resource = {
      ...apiResources,
      aws_api_gateway_stage: { v1: { rest_api_id: apiId, stage_name: "v1", ...stage } },
    };
    return (await readResources({ ...resource, ...others })).apis[0]?.stages[0];
  };

  it("reads a stage with nothing set", async () => {
    expect(await stageOf({})).toEqual({
      name: "v1",
      variables: {},
      xrayTracingEnabled: false,
      methodSettings: [],
      tags: {},
    });
  });

  it("reads no client certificate where a state has an empty id of one", async () => {
    expect(await stageOf({ client_certificate_id: "" })).not.toHaveProperty("hasClientCertificate");
  });

  it.each<[string, JsonObject, JsonObject]>([
    ["variables", { variables: { host: "example.com" } }, { variables: { host: "example.com" } }],
    ["a cache", { cache_cluster_enabled: true, cache_cluster_size: "1.6" }, { cacheClusterSize: "1.6" }],
    ["a cache of the default size", { cache_cluster_enabled: "true" }, { cacheClusterSize: "0.5" }],
    ["tracing", { xray_tracing_enabled: true }, { xrayTracingEnabled: true }],
    ["a client certificate", { client_certificate_id: "a1b2c3" }, { hasClientCertificate: true }],
    [
      "an access log as a block",
      { access_log_settings: { destination_arn: "arn", format: "$context.requestId" } },
      { accessLog: { destinationArn: "arn", format: "$context.requestId" } },
    ],
    [
      "an access log as a list of blocks",
      { access_log_settings: [{ destination_arn: "arn", format: "f" }] },
      { accessLog: { destinationArn: "arn", format: "f" } },
    ],
    [
      "a canary",
      { canary_settings: { percent_traffic: 12.5, stage_variable_overrides: { a: "b" }, use_stage_cache: true } },
      { canary: { percentTraffic: 12.5, variables: { a: "b" }, useStageCache: true } },
    ],
  ])("reads %s of a stage", async (_title, stage, expected) => {
    expect(await stageOf(stage)).toMatchObject(expected);
  });

  it("has no cache cluster where a size is set but the cluster is off", async () => {
    expect(await stageOf({ cache_cluster_size: "0.5" })).not.toHaveProperty("cacheClusterSize");
  });

  it.each<[string, Json]>([
    ["*/*", "*"],
    ["orders/GET", { resourcePath: "/orders", httpMethod: "GET" }],
    ["/orders/GET", { resourcePath: "/orders", httpMethod: "GET" }],
    ["orders~1{id}/GET", { resourcePath: "/orders/{id}", httpMethod: "GET" }],
    ["~1orders~1{id}/GET", { resourcePath: "/orders/{id}", httpMethod: "GET" }],
    ["orders/{id}/GET", { resourcePath: "/orders/{id}", httpMethod: "GET" }],
    ["a~0b/GET", { resourcePath: "/a~b", httpMethod: "GET" }],
    ["~1/GET", { resourcePath: "/", httpMethod: "GET" }],
    ["/GET", { resourcePath: "/", httpMethod: "GET" }],
    ["{proxy+}/ANY", { resourcePath: "/{proxy+}", httpMethod: "ANY" }],
  ])("reads the method path %s", async (methodPath, route) => {
    const settings = {
      rest_api_id: apiId,
      stage_name: "${aws_api_gateway_stage.v1.stage_name}",
      method_path: methodPath,
    };

    const stage = await stageOf({}, { aws_api_gateway_method_settings: { a: { ...settings, settings: {} } } });

    expect(stage?.methodSettings).toEqual([{ route }]);
  });

  it("reads method settings, those of all routes first, and none of other stages", async () => {
    const settings = (stage: string, path: string, members: JsonObject) => ({
      rest_api_id: apiId,
      stage_name: stage,
      method_path: path,
      settings: [members],
    });
    const stage = await stageOf(
      {},
      {
        aws_api_gateway_method_settings: {
          a: settings("v1", "a/GET", {
            metrics_enabled: true,
            logging_level: "INFO",
            data_trace_enabled: "false",
            throttling_rate_limit: 1.5,
            throttling_burst_limit: -1,
            caching_enabled: true,
            cache_ttl_in_seconds: 0,
            cache_data_encrypted: false,
            require_authorization_for_cache_control: true,
            unauthorized_cache_control_header_strategy: "FAIL_WITH_403",
          }),
          b: settings("v1", "*/*", { throttling_rate_limit: "10" }),
          c: settings("v2", "*/*", {}),
        },
      },
    );

    expect(stage?.methodSettings).toEqual([
      { route: "*", throttlingRateLimit: 10 },
      {
        route: { resourcePath: "/a", httpMethod: "GET" },
        metricsEnabled: true,
        loggingLevel: "INFO",
        dataTraceEnabled: false,
        throttlingRateLimit: 1.5,
        throttlingBurstLimit: -1,
        cachingEnabled: true,
        cacheTtlSeconds: 0,
        cacheDataEncrypted: false,
        requireAuthorizationForCacheControl: true,
        unauthorizedCacheControlHeaderStrategy: "FAIL_WITH_403",
      },
    ]);
  });

  it("reads usage plans with their stages and keys", async () => {
    const { usagePlans, apiKeys } = await readResources({
      ...apiResources,
      aws_api_gateway_usage_plan: {
        pro: {
          name: "pro",
          throttle_settings: { rate_limit: 10, burst_limit: 20 },
          quota_settings: { limit: 100, period: "WEEK", offset: 1 },
          api_stages: [
            { api_id: apiId, stage: "v1", throttle: [{ path: "/orders/{id}/GET", rate_limit: 1, burst_limit: 2 }] },
            { api_id: "abcdefghij", stage: "v2" },
          ],
        },
        free: { name: "free" },
      },
      aws_api_gateway_api_key: { a: { name: "a", value: "x".repeat(20) }, b: { name: "b", enabled: "false" } },
      aws_api_gateway_usage_plan_key: {
        a: {
          key_id: "${aws_api_gateway_api_key.a.id}",
          key_type: "API_KEY",
          usage_plan_id: "${aws_api_gateway_usage_plan.pro.id}",
        },
      },
    });

    expect(usagePlans).toEqual([
      {
        name: "pro",
        throttle: { rateLimit: 10, burstLimit: 20 },
        quota: { limit: 100, period: "WEEK", offset: 1 },
        apiStages: [
          {
            apiAddress: "aws_api_gateway_rest_api.orders",
            stageName: "v1",
            throttle: [{ resourcePath: "/orders/{id}", httpMethod: "GET", rateLimit: 1, burstLimit: 2 }],
          },
          { apiAddress: "abcdefghij", stageName: "v2", throttle: [] },
        ],
        apiKeys: ["a"],
      },
      { name: "free", apiStages: [], apiKeys: [] },
    ]);
    expect(apiKeys).toEqual([
      { name: "a", value: "x".repeat(20), enabled: true },
      { name: "b", enabled: false },
    ]);
  });
});
