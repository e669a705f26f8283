import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import {
  AccessLogFormat,
  Duration,
  LogGroupLogDestination,
  type MethodOptions,
  RestApi,
  RetentionDays,
  type StageOptions,
} from "../../../modules";
import { onlyResource, resourcesOf, synthApi, type TerraformJson } from "../../../modules/testing";

function synthStage(deployOptions: StageOptions, options: MethodOptions = {}): TerraformJson {
  return synthApi((stack) => {
    const api = new RestApi(stack, "Api", { deployOptions });
    api.root.resourceForPath("orders/{orderId}").addMethod("GET", undefined, options);
    api.root.addMethod("GET");
  });
}

/** Settings by method path. */
function settingsOf(terraform: TerraformJson): Record<string, unknown> {
  return Object.fromEntries(
    Object.values(resourcesOf(terraform, "aws_api_gateway_method_settings")).map((it) => [it.method_path, it.settings]),
  );
}

const DEFAULTS = {
  throttling_rate_limit: -1,
  throttling_burst_limit: -1,
  logging_level: "OFF",
  data_trace_enabled: false,
  metrics_enabled: false,
  caching_enabled: false,
  cache_ttl_in_seconds: 300,
  cache_data_encrypted: false,
};
const ORDER = "~1orders~1{orderId}/GET";

describe("settings of a stage", () => {
  it("are not emitted when nothing is said", () => {
    expect(settingsOf(synthStage({}))).toEqual({});
  });

  it("are emitted whole, once for all routes", () => {
    const terraform = synthStage({
      throttlingRateLimit: 10,
      throttlingBurstLimit: 5,
      metricsEnabled: true,
      loggingLevel: "ERROR",
    });

    expect(settingsOf(terraform)).toEqual({
      "*/*": {
        ...DEFAULTS,
        throttling_rate_limit: 10,
        throttling_burst_limit: 5,
        metrics_enabled: true,
        logging_level: "ERROR",
      },
    });
  });

  it("of a route are the stage's merged with the route's", () => {
    const terraform = synthStage({ metricsEnabled: true }, { throttle: { rateLimit: 2, burstLimit: 1 } });

    expect(settingsOf(terraform)).toEqual({
      "*/*": { ...DEFAULTS, metrics_enabled: true },
      [ORDER]: { ...DEFAULTS, metrics_enabled: true, throttling_rate_limit: 2, throttling_burst_limit: 1 },
    });
  });

  it("of a route are left out when they are the stage's", () => {
    const terraform = synthStage(
      { throttlingRateLimit: 2, throttlingBurstLimit: 1 },
      { throttle: { rateLimit: 2, burstLimit: 1 } },
    );

    expect(Object.keys(settingsOf(terraform))).toEqual(["*/*"]);
  });

  it("of a route on the stage win over what the route says", () => {
    const terraform = synthStage(
      { methodOptions: { "/orders/{orderId}/GET": { throttlingRateLimit: 9 }, "//GET": { loggingLevel: "INFO" } } },
      { throttle: { rateLimit: 2, burstLimit: 1 } },
    );

    expect(settingsOf(terraform)).toEqual({
      [ORDER]: { ...DEFAULTS, throttling_rate_limit: 9, throttling_burst_limit: 1 },
      "~1/GET": { ...DEFAULTS, logging_level: "INFO" },
    });
  });

  it("hide nothing when they are undefined", () => {
    const nothing = JSON.parse("{}");
    const undefinedThrottle = { ...nothing, throttlingRateLimit: nothing.rate, loggingLevel: nothing.level };
    const terraform = synthStage(
      {
        ...undefinedThrottle,
        methodOptions: { "/*/*": { loggingLevel: "INFO" }, "/orders/{orderId}/GET": undefinedThrottle },
      },
      { throttle: { rateLimit: 2, burstLimit: 1 } },
    );

    expect(settingsOf(terraform)).toEqual({
      "*/*": { ...DEFAULTS, logging_level: "INFO" },
      [ORDER]: { ...DEFAULTS, logging_level: "INFO", throttling_rate_limit: 2, throttling_burst_limit: 1 },
    });
  });

  it("fail when they name a route that does not exist", () => {
    const build = () => synthStage({ methodOptions: { "/order/GET": { throttlingRateLimit: 1 } } });

    expect(build).toThrow(
      /STAGE_ROUTE_UNKNOWN: methodOptions of stage "prod" names "\/order\/GET", which is no route of the API; the nearest is "\/\/GET"/,
    );
  });
});

describe("cache of a stage", () => {
  it.each<[string, StageOptions, MethodOptions["cache"], number]>([
    ["five minutes", {}, {}, 300],
    ["the route's seconds", {}, { ttlSeconds: 60 }, 60],
    ["the route's duration", {}, { ttl: Duration.minutes(2) }, 120],
    ["the stage's", { cacheTtl: Duration.minutes(3) }, {}, 180],
    ["the route's over the stage's", { cacheTtl: Duration.minutes(3) }, { ttlSeconds: 0 }, 0],
    [
      "that of the route on the stage",
      { methodOptions: { "/orders/{orderId}/GET": { cacheTtl: Duration.seconds(7) } } },
      { ttlSeconds: 60 },
      7,
    ],
  ])("keeps answers for %s, encrypted", (_name, stage, cache, seconds) => {
    const terraform = synthStage(stage, cache === undefined ? {} : { cache });

    expect(settingsOf(terraform)[ORDER]).toEqual({
      ...DEFAULTS,
      caching_enabled: true,
      cache_ttl_in_seconds: seconds,
      cache_data_encrypted: true,
      require_authorization_for_cache_control: true,
      unauthorized_cache_control_header_strategy: "SUCCEED_WITH_RESPONSE_HEADER",
    });
  });

  it("switches the caches of routes off when it has no cluster", () => {
    const terraform = synthStage({ cacheClusterEnabled: false }, { cache: {} });

    expect(settingsOf(terraform)).toEqual({});
    expect(onlyResource(terraform, "aws_api_gateway_stage")).toMatchObject({ cache_cluster_enabled: false });
  });

  it.each<[string, StageOptions, MethodOptions, object]>([
    ["no route caches", {}, {}, { cache_cluster_enabled: false }],
    ["a route caches", {}, { cache: {} }, { cache_cluster_enabled: true, cache_cluster_size: "0.5" }],
    ["it has a size", { cacheClusterSize: "1.6" }, {}, { cache_cluster_enabled: true, cache_cluster_size: "1.6" }],
    ["it is switched off", { cacheClusterEnabled: false }, { cache: {} }, { cache_cluster_enabled: false }],
    ["caches are switched off", { cachingEnabled: false }, { cache: {} }, { cache_cluster_enabled: false }],
  ])("has a cluster or none when %s", (_name, stage, method, expected) => {
    const terraform = synthStage(stage, method);

    const { cache_cluster_enabled, cache_cluster_size } = onlyResource(terraform, "aws_api_gateway_stage");
    expect({ cache_cluster_enabled, cache_cluster_size }).toEqual({ cache_cluster_size: undefined, ...expected });
  });

  it("switches the cache of a route off on this stage", () => {
    expect(settingsOf(synthStage({ cachingEnabled: false }, { cache: {} }))).toEqual({});
  });
});

describe("access log", () => {
  it("goes to a new log group with retention", () => {
    const terraform = synthStage({ stageName: "v1", accessLogRetention: RetentionDays.ONE_WEEK });

    const [id] = Object.keys(resourcesOf(terraform, "aws_cloudwatch_log_group"));
    expect(onlyResource(terraform, "aws_cloudwatch_log_group")).toEqual({
      name: "/aws/apigateway/Api/v1",
      retention_in_days: 7,
    });
    expect(onlyResource(terraform, "aws_api_gateway_stage").access_log_settings).toEqual({
      destination_arn: `\${aws_cloudwatch_log_group.${id}.arn}`,
      format: AccessLogFormat.jsonWithStandardFields().toString(),
    });
  });

  it("goes to a group that exists", () => {
    const terraform = synthApi((stack) => {
      const group = new CloudwatchLogGroup(stack, "Logs", { name: "mine" });
      const deployOptions = { accessLogDestination: new LogGroupLogDestination(group) };
      new RestApi(stack, "Api", { deployOptions }).root.addMethod("GET");
    });

    expect(onlyResource(terraform, "aws_api_gateway_stage").access_log_settings).toMatchObject({
      destination_arn: "${aws_cloudwatch_log_group.Logs.arn}",
    });
  });

  it("is JSON with text values: a dash for what is missing is no number", () => {
    const fields: unknown = JSON.parse(AccessLogFormat.jsonWithStandardFields().toString());

    expect(fields).toMatchObject({ requestId: "$context.requestId", status: "$context.status" });
    expect(Object.values(Object(fields)).every((field) => typeof field === "string")).toBe(true);
  });

  it("takes a format of one's own, as it is", () => {
    const terraform = synthStage({
      accessLogRetention: RetentionDays.ONE_DAY,
      accessLogFormat: AccessLogFormat.custom("$context.requestId ${status} %{status}"),
    });

    expect(onlyResource(terraform, "aws_api_gateway_stage").access_log_settings).toMatchObject({
      format: "$context.requestId $${status} %%{status}",
    });
  });
});
