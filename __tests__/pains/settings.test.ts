import { AccountLogging, AuthorizationType, type MethodOptions, type StageOptions } from "../../modules";
import {
  assertOrderRules,
  limitsOf,
  onlyResource,
  resourcesOf,
  synthApi,
  type TerraformJson,
} from "../../modules/testing";
import { integrationOf, operation, synthWithApi } from "../modules/support/api";
import { expectRefusal } from "../modules/support/refusals";
import { pain } from "./pains";
import { addressesBefore, addressesOf } from "./terraform-json";

const SETTINGS = "aws_api_gateway_method_settings";
const STAGE = "aws_api_gateway_stage";

function synthRoute(route: string, options: MethodOptions = {}, deployOptions: StageOptions = {}): TerraformJson {
  return synthWithApi((api) => api.route(route, undefined, options), { deployOptions });
}

describe(pain(31), () => {
  it.each([
    ["GET /", "~1/GET"],
    ["GET /orders/{orderId}", "~1orders~1{orderId}/GET"],
    ["ANY /files/{path+}", "~1files~1{path+}/ANY"],
  ])("writes %s as %s", (route, key) => {
    const terraform = synthRoute(route, { throttle: { rateLimit: 1, burstLimit: 1 } });

    expect(onlyResource(terraform, SETTINGS).method_path).toBe(key);
  });

  it("fails when a setting is meant for a route that is not there", () => {
    expectRefusal({
      code: "STAGE_ROUTE_UNKNOWN",
      problem: "/order/GET",
      build: () => synthRoute("GET /orders", {}, { methodOptions: { "/order/GET": { metricsEnabled: true } } }),
    });
  });
});

describe(pain(32), () => {
  it.each<[NonNullable<MethodOptions["throttle"]>, number, number]>([
    ["account-limit", -1, -1],
    ["blocked", 0, 0],
    [{ rateLimit: 5, burstLimit: 10 }, 5, 10],
  ])("takes %j as words or numbers that mean one thing", (throttle, rate, burst) => {
    const terraform = synthRoute("GET /orders", { throttle }, { throttle: { rateLimit: 50, burstLimit: 50 } });

    const route = Object.values(resourcesOf(terraform, SETTINGS)).find((it) => it.method_path === "~1orders/GET");
    expect(route?.settings).toMatchObject({ throttling_rate_limit: rate, throttling_burst_limit: burst });
  });

  it("takes nothing said as no limit, not as a limit of zero", () => {
    const terraform = synthRoute("GET /orders", { cache: {} });

    expect(onlyResource(terraform, SETTINGS).settings).toMatchObject({
      throttling_rate_limit: -1,
      throttling_burst_limit: -1,
    });
  });

  it("gives a route that no longer has a limit the stage's again: its settings are gone", () => {
    const limited = synthRoute("GET /orders", { throttle: { rateLimit: 5, burstLimit: 5 } });

    expect(addressesOf(limited).filter((it) => it.startsWith(SETTINGS))).toHaveLength(1);
    expect(addressesOf(synthRoute("GET /orders")).filter((it) => it.startsWith(SETTINGS))).toEqual([]);
  });

  it("says who limits a route", () => {
    const limits = limitsOf(synthRoute("GET /orders", { throttle: { rateLimit: 5, burstLimit: 10 } }));

    expect(JSON.stringify(limits)).toContain('"rateLimit":5');
  });
});

describe(pain(33), () => {
  it("tells answers apart by the path and the query, and declares what it tells them apart by", () => {
    const terraform = synthRoute("GET /orders/{orderId}", {
      cache: {},
      requestParameters: { "method.request.querystring.page": false },
    });

    expect(integrationOf(terraform, "GET /orders/{orderId}").cacheKeyParameters).toEqual(
      expect.arrayContaining(["method.request.path.orderId", "method.request.querystring.page"]),
    );
    expect(operation(terraform, "GET /orders/{orderId}").parameters).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ in: "path", name: "orderId" }),
        expect.objectContaining({ in: "query", name: "page" }),
      ]),
    );
  });

  it.each<[string, string, MethodOptions]>([
    ["CACHE_KEY_MISSES_CALLER", "GET", { cache: {}, authorizationType: AuthorizationType.IAM }],
    ["CACHE_NOT_GET", "POST", { cache: {} }],
  ])("fails when callers would share what is not theirs: %s", (code, verb, options) => {
    expectRefusal({ code, problem: `"${verb} /orders"`, build: () => synthRoute(`${verb} /orders`, options) });
  });

  it("fails when a stage is cached as a whole", () => {
    expectRefusal({
      code: "STAGE_CACHED_AS_A_WHOLE",
      problem: "cachingEnabled",
      build: () => synthRoute("GET /orders", {}, { cachingEnabled: true }),
    });
  });
});

describe(pain(34), () => {
  const clusterOf = (cache: MethodOptions["cache"], options: StageOptions = {}) => {
    const terraform = synthRoute("GET /orders", cache === undefined ? {} : { cache }, options);
    const { cache_cluster_enabled: enabled, cache_cluster_size: size } = onlyResource(terraform, STAGE);
    const caching = Object.values(resourcesOf(terraform, SETTINGS)).map((it) => Object(it.settings).caching_enabled);
    return { enabled, size, caching };
  };

  it.each([
    ["no cluster where nothing is cached", clusterOf(undefined), { enabled: false, caching: [] }],
    ["the smallest where something is", clusterOf({}), { enabled: true, size: "0.5", caching: [true] }],
    [
      "none, and no cached route, when it is switched off",
      clusterOf({}, { cacheClusterEnabled: false }),
      { enabled: false, caching: [] },
    ],
  ])("has %s", (_name, cluster, expected) => {
    expect(cluster).toEqual(expected);
  });

  it("fails when a cluster that is off has a size", () => {
    expectRefusal({
      code: "CACHE_CLUSTER_CONTRADICTION",
      problem: "cacheClusterEnabled",
      build: () => synthRoute("GET /orders", {}, { cacheClusterEnabled: false, cacheClusterSize: "0.5" }),
    });
  });
});

describe(pain(35), () => {
  it("is not touched by an API, also when it logs", () => {
    const terraform = synthRoute("GET /orders", {}, { loggingLevel: "INFO", accessLogRetention: 7 });

    expect(terraform.resource).not.toHaveProperty("aws_api_gateway_account");
    expect(terraform.resource).not.toHaveProperty("aws_iam_role");
  });

  it("is a construct of its own, which no plan may destroy", () => {
    const terraform = synthApi((stack) => new AccountLogging(stack, "Logging"));

    expect(onlyResource(terraform, "aws_api_gateway_account").lifecycle).toEqual({ prevent_destroy: true });
  });

  it("fails when there are two for one account and region", () => {
    const build = () =>
      synthApi((stack) => ["One", "Two"].map((id) => new AccountLogging(stack, id, { roleName: id })));

    expectRefusal({ code: "ACCOUNT_LOGGING_TAKEN", problem: "test/One", build });
  });
});

describe(pain(36), () => {
  const terraform = synthRoute("GET /orders", {}, { loggingLevel: "ERROR", executionLogRetention: 7 });

  it("has a log group with an end before the stage, under API Gateway's name for it", () => {
    const [group] = Object.keys(resourcesOf(terraform, "aws_cloudwatch_log_group"));

    expect(onlyResource(terraform, "aws_cloudwatch_log_group")).toMatchObject({
      name: expect.stringMatching(/^API-Gateway-Execution-Logs_\$\{aws_api_gateway_rest_api\.\w+\.id\}\/prod$/),
      retention_in_days: 7,
    });
    expect(addressesBefore(terraform, STAGE)).toContain(`aws_cloudwatch_log_group.${group}`);
    assertOrderRules(terraform);
  });

  it("takes over one that is there", () => {
    const { import: imports } = synthRoute(
      "GET /orders",
      {},
      { loggingLevel: "ERROR", importExecutionLog: "abcde12345" },
    );

    expect(imports).toEqual([expect.objectContaining({ id: "API-Gateway-Execution-Logs_abcde12345/prod" })]);
  });
});
