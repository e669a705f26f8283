import { readStackJson } from "../../definition/terraform/read-stack";
import { createGateway } from "../../local/pipeline";
import {
  AccountLogging,
  AuthorizationType,
  DomainName,
  type DomainNameOptions,
  type MethodOptions,
  type Metric,
  type RestApi,
  type RestApiProps,
  type StageOptions,
} from "../../modules";
import {
  assertOrderRules,
  limitsOf,
  onlyResource,
  resourcesOf,
  synthApi,
  type TerraformJson,
} from "../../modules/testing";
import { integrationOf, operation, synthWithApi } from "../modules/support/api";
import { expectRefusal, findingsOf } from "../modules/support/refusals";
import { fakeHost, send } from "../support/gateway";
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

describe(pain(37), () => {
  const alarm = (watch: (api: RestApi) => Metric, deployOptions: StageOptions = {}, threshold = 1) =>
    synthWithApi(
      (api, stack) => {
        api.route("GET /orders");
        watch(api).createAlarm(stack, "Alarm", { threshold, evaluationPeriods: 1 });
      },
      { restApiName: "orders", deployOptions },
    );
  const ofRoute = (api: RestApi) => {
    const [method] = api.methods;
    if (method === undefined) throw new Error("no method");
    return method.metricServerError(api.deploymentStage);
  };

  it.each([
    ["an API", alarm((api) => api.metricServerError()), { ApiName: "orders" }],
    ["a stage", alarm((api) => api.deploymentStage.metricServerError()), { ApiName: "orders", Stage: "prod" }],
    [
      "a route",
      alarm(ofRoute, { metricsEnabled: true }),
      { ApiName: "orders", Stage: "prod", Resource: "/orders", Method: "GET" },
    ],
  ])("watches %s by the dimensions that AWS sends", (_name, terraform, dimensions) => {
    expect(onlyResource(terraform, "aws_cloudwatch_metric_alarm").dimensions).toEqual(dimensions);
  });

  it.each([
    ["METRIC_NEEDS_DETAIL", '5XXError of "GET /orders"', () => alarm(ofRoute)],
    ["METRIC_NEEDS_CACHE", 'CacheHitCount of API "orders"', () => alarm((api) => api.metricCacheHitCount())],
    ["ALARM_CANNOT_FIRE", "is 0 to 1", () => alarm((api) => api.metricServerError({ statistic: "Average" }), {}, 5)],
  ])("fails when nothing would be sent, or nothing would be enough: %s", (code, problem, build) => {
    expectRefusal({ code, problem, build });
  });
});

describe(pain(38), () => {
  const withPlan = (routes: readonly string[]) =>
    synthWithApi((api) => {
      for (const route of routes) api.route(route, undefined, { apiKeyRequired: true });
      api.addUsagePlan("Plan", { apiStages: [{ stage: api.deploymentStage }] }).addApiKey(api.addApiKey("Key"));
    });

  it("refers to a stage that stays the same stage when another snapshot is deployed", () => {
    const [before, after] = [withPlan(["GET /orders"]), withPlan(["GET /orders", "POST /orders"])];

    const [stage] = Object.keys(resourcesOf(after, STAGE));
    expect(onlyResource(after, "aws_api_gateway_usage_plan").api_stages).toEqual([
      expect.objectContaining({ stage: `\${${STAGE}.${stage}.stage_name}` }),
    ]);
    expect(addressesOf(after)).toEqual(addressesOf(before));
    const served = (terraform: TerraformJson) => ({
      ...onlyResource(terraform, STAGE),
      deployment_id: "",
      depends_on: [],
    });
    expect(served(after)).toEqual(served(before));
  });
});

describe(pain(39), () => {
  const props: RestApiProps = { defaultCorsPreflightOptions: { allowOrigins: ["https://shop.example.com"] } };
  const synth = (options: MethodOptions) => synthWithApi((api) => api.route("GET /orders", undefined, options), props);
  const ORIGIN = ["Origin", "https://shop.example.com"] as const;

  async function gatewayOf(terraform: TerraformJson) {
    const stack = await readStackJson(JSON.parse(JSON.stringify(terraform)), "test");
    return createGateway({ stack, host: fakeHost() });
  }

  it.each<[string, MethodOptions, string, number]>([
    ["a preflight needs no key", { apiKeyRequired: true }, "OPTIONS", 204],
    ["a call without a key is refused", { apiKeyRequired: true }, "GET", 403],
    ["a call without a parameter is refused", requiring("q"), "GET", 400],
    ["a call is answered", {}, "GET", 200],
  ])("lets pages read the answer: %s", async (_name, options, method, status) => {
    const gateway = await gatewayOf(synth(options));

    const answer = await send(gateway, { method, target: "/prod/orders", headers: [ORIGIN] });

    expect(answer.status).toBe(status);
    expect(answer.headers["access-control-allow-origin"]).toBe("https://shop.example.com");
  });

  it("asks no preflight for authorization where the route does", () => {
    const terraform = synth({ authorizationType: AuthorizationType.IAM });

    expect(operation(terraform, "GET /orders")).toHaveProperty("security");
    expect(operation(terraform, "OPTIONS /orders")).not.toHaveProperty("security");
  });
});

describe(pain(40), () => {
  const CERTIFICATE = "arn:aws:acm:eu-west-1:111111111111:certificate/00000000-0000-0000-0000-000000000000";
  const synthDomain = (options: Partial<DomainNameOptions> = {}) =>
    synthWithApi((api, stack) => {
      api.route("GET /orders");
      new DomainName(stack, "Domain", {
        domainName: "api.example.com",
        certificate: CERTIFICATE,
        mapping: api,
        ...options,
      });
    });

  it("is regional, with its certificate where regional domains have theirs", () => {
    const domain = onlyResource(synthDomain(), "aws_api_gateway_domain_name");

    expect(domain).toMatchObject({
      regional_certificate_arn: CERTIFICATE,
      endpoint_configuration: { types: ["REGIONAL"] },
      security_policy: "TLS_1_2",
    });
    expect(domain).not.toHaveProperty("certificate_arn");
  });

  it("fails when the certificate is in a region where the domain does not find it", () => {
    const findings = findingsOf(() => synthDomain({ endpointType: "EDGE" }));

    expect(findings).toContainEqual(expect.stringMatching(/^CERTIFICATE_REGION_WRONG: /));
  });

  it("maps the stage, which stays when another snapshot is deployed", () => {
    const [stage] = Object.keys(resourcesOf(synthDomain(), STAGE));

    expect(onlyResource(synthDomain(), "aws_api_gateway_base_path_mapping").stage_name).toBe(
      `\${${STAGE}.${stage}.stage_name}`,
    );
  });
});

function requiring(name: string): MethodOptions {
  return {
    requestParameters: { [`method.request.querystring.${name}`]: true },
    requestValidatorOptions: { validateRequestParameters: true },
  };
}
