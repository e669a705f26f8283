import {
  ApiDefinition,
  Deployment,
  Duration,
  HeadgateStack,
  type MathExpression,
  type Method,
  type MethodOptions,
  type Metric,
  MockIntegration,
  RestApi,
  type RestApiProps,
  SpecRestApi,
  Stage,
  type StageOptions,
} from "../../../modules";
import { onlyResource, synthApi, synthStack } from "../../../modules/testing";
import { expectRefusal, type Refusal } from "../support/refusals";

/** An API with `GET /orders/{orderId}` on stage `v1`, without synth. */
function withApi(build: (api: RestApi) => void, props: RestApiProps = {}): void {
  synthApi((stack) => {
    const api = new RestApi(stack, "Api", { restApiName: "orders", deployOptions: { stageName: "v1" }, ...props });
    api.root.resourceForPath("orders/{orderId}").addMethod("GET");
    build(api);
  });
}

describe("metrics", () => {
  it.each([
    ["4XXError", "Sum", (api: RestApi) => api.metricClientError()],
    ["5XXError", "Sum", (api: RestApi) => api.metricServerError()],
    ["CacheHitCount", "Sum", (api: RestApi) => api.metricCacheHitCount()],
    ["CacheMissCount", "Sum", (api: RestApi) => api.metricCacheMissCount()],
    ["Count", "SampleCount", (api: RestApi) => api.metricCount()],
    ["IntegrationLatency", "Average", (api: RestApi) => api.metricIntegrationLatency()],
    ["Latency", "Average", (api: RestApi) => api.metricLatency()],
  ] as const)("%s of an API is looked at as its %s", (metricName, statistic, metric) => {
    withApi((api) => {
      expect(metric(api)).toMatchObject({
        namespace: "AWS/ApiGateway",
        metricName,
        statistic,
        dimensions: { ApiName: "orders" },
        period: Duration.minutes(5),
      });
    });
  });

  it("of a stage have its name (pain 37)", () => {
    withApi((api) => {
      expect(api.deploymentStage.metricCount().dimensions).toEqual({ ApiName: "orders", Stage: "v1" });
    });
  });

  it.each<[metricName: string, statistic: string, metric: (method: Method, stage: Stage) => Metric]>([
    ["4XXError", "Sum", (method, stage) => method.metricClientError(stage)],
    ["5XXError", "Sum", (method, stage) => method.metricServerError(stage)],
    ["IntegrationLatency", "Average", (method, stage) => method.metricIntegrationLatency(stage)],
  ])("%s of a route is looked at as its %s, on one stage", (metricName, statistic, metric) => {
    withApi((api) => {
      const dimensions = { ApiName: "orders", Stage: "v1", Method: "GET", Resource: "/orders/{orderId}" };

      const [method] = api.methods;
      if (method === undefined) throw new Error("the API has no method");
      expect(metric(method, api.deploymentStage)).toMatchObject({ metricName, statistic, dimensions });
    });
  });

  it("of a route have all four dimensions, on the stage that is asked for", () => {
    withApi((api) => {
      const [method] = api.methods;

      expect(method?.metricLatency(api.deploymentStage, { statistic: "p99" })).toMatchObject({
        metricName: "Latency",
        statistic: "p99",
        dimensions: { ApiName: "orders", Stage: "v1", Resource: "/orders/{orderId}", Method: "GET" },
      });
    });
  });

  it("can be looked at in another way", () => {
    withApi((api) => {
      const metric = api.metricLatency({ label: "slow" }).with({ statistic: "p50", period: Duration.minutes(1) });

      expect(metric).toMatchObject({ statistic: "p50", period: Duration.minutes(1), label: "slow" });
    });
  });

  it.each([
    ["Bestellungen für Zürich", "Bestellungen fr Zrich"],
    ["orders ${x}", "orders ${x}"],
  ])("of an API named %s go by %s, as CloudWatch has it", (restApiName, ApiName) => {
    withApi((api) => expect(api.metricCount().dimensions).toEqual({ ApiName }), { restApiName });
  });

  it.each<[string, (api: RestApi) => MathExpression, object]>([
    ["an API", (api) => api.metricCacheHitRatio(), { ApiName: "orders" }],
    ["a stage", (api) => api.deploymentStage.metricCacheHitRatio(), { Stage: "v1" }],
    ["a route", (api) => route(api).metricCacheHitRatio(api.deploymentStage), { Resource: "/orders/{orderId}" }],
  ])("tell how much of what is cached the cache of %s answered", (_name, ratio, dimensions) => {
    withApi((api) => {
      const { expression, usingMetrics } = ratio(api);

      expect(expression).toBe("hits / (hits + misses)");
      expect(usingMetrics.hits).toMatchObject({ metricName: "CacheHitCount", statistic: "Sum", dimensions });
      expect(usingMetrics.misses).toMatchObject({ metricName: "CacheMissCount", statistic: "Sum", dimensions });
    });
  });

  it("of an API of elsewhere go by its name, and its owner decides what is cached", () => {
    const terraform = synthApi((stack) => {
      new RestApi(stack, "Api", { restApiName: "orders" }).root.addMethod("GET");
      const api = RestApi.fromRestApiAttributes(stack, "Same", {
        restApiId: "abc123",
        rootResourceId: "root",
        restApiName: "orders",
      });
      api.metricCacheHitCount().createAlarm(stack, "Alarm", { threshold: 1, evaluationPeriods: 1 });
    });

    expect(onlyResource(terraform, "aws_cloudwatch_metric_alarm").dimensions).toEqual({ ApiName: "orders" });
  });

  it("of an operation that was imported have its path and verb", () => {
    const document = {
      openapi: "3.0.1",
      info: { title: "pets", version: "1" },
      paths: { "/pets/{petId}": { get: { responses: { "200": { description: "a pet" } } } } },
    };
    const terraform = synthApi((stack) => {
      const api = new SpecRestApi(stack, "Api", {
        apiDefinition: ApiDefinition.fromInline(document),
        deployOptions: { stageName: "v1", metricsEnabled: true },
      });
      const method = api.integrate("GET /pets/{petId}", new MockIntegration());
      method.metricServerError(api.deploymentStage).createAlarm(stack, "Alarm", { threshold: 1, evaluationPeriods: 1 });
    });

    expect(onlyResource(terraform, "aws_cloudwatch_metric_alarm").dimensions).toEqual({
      ApiName: "pets",
      Method: "GET",
      Resource: "/pets/{petId}",
      Stage: "v1",
    });
  });

  it("of an API whose name has no ASCII go by its id", () => {
    const terraform = synthApi((stack) => {
      const api = new RestApi(stack, "Api", { restApiName: "注文" });
      api.root.addMethod("GET");
      api.metricCount().createAlarm(stack, "Alarm", { threshold: 1, evaluationPeriods: 1 });
    });

    expect(onlyResource(terraform, "aws_cloudwatch_metric_alarm").dimensions).toEqual({
      ApiName: expect.stringMatching(/^\$\{aws_api_gateway_rest_api\.\w+\.id\}$/),
    });
  });
});

describe("what a metric needs", () => {
  const threshold = { threshold: 1, evaluationPeriods: 1 };
  const alarmOn =
    (metric: (api: RestApi) => Metric, deployOptions: StageOptions = {}, options: MethodOptions = {}) =>
    () =>
      synthApi((stack) => {
        const api = new RestApi(stack, "Api", { deployOptions });
        api.root.addMethod("GET", undefined, options);
        metric(api).createAlarm(stack, "Alarm", threshold);
      });
  const routeLatency = (api: RestApi) => route(api).metricLatency(api.deploymentStage);
  const routeHits = (api: RestApi) => route(api).metricCacheHitCount(api.deploymentStage);
  const stageHits = (api: RestApi) => api.deploymentStage.metricCacheHitCount();
  const apiMisses = (api: RestApi) => api.metricCacheMissCount();
  const noDetail = { methodOptions: { "//GET": { metricsEnabled: false } } };

  it.each([
    ["detailed metrics of the stage", alarmOn(routeLatency, { metricsEnabled: true })],
    ["those of the route", alarmOn(routeLatency, { methodOptions: { "//GET": { metricsEnabled: true } } })],
    ["nothing, when it is the stage's", alarmOn((api) => api.deploymentStage.metricLatency())],
    ["a cached route", alarmOn(routeHits, { metricsEnabled: true }, { cache: {} })],
    ["a cached route on the stage", alarmOn(stageHits, {}, { cache: {} })],
    ["a cached route on a stage of the API", alarmOn(apiMisses, {}, { cache: {} })],
  ])("is %s", (_name, build) => {
    expect(build).not.toThrow();
  });

  it("is a name that no other API of the account and region has", () => {
    const build = () =>
      synthStack((app) => {
        const [stack] = ["dev", "prod"].map((id, index) => {
          const environment = new HeadgateStack(app, id, { region: "eu-west-1", accountId: `${index}`.repeat(12) });
          const api = new RestApi(environment, "Api");
          api.root.addMethod("GET");
          api.metricCount().createAlarm(environment, "Alarm", threshold);
          return environment;
        });
        return stack as HeadgateStack;
      });

    expect(build).not.toThrow();
  });

  const REFUSALS: readonly Refusal[] = [
    {
      code: "METRIC_NEEDS_DETAIL",
      problem: 'Latency of "GET /" is never sent: metricsEnabled is false for it on stage "prod"',
      build: alarmOn(routeLatency),
    },
    {
      code: "METRIC_NEEDS_DETAIL",
      problem: "metricsEnabled is false",
      build: alarmOn(routeLatency, { metricsEnabled: true, ...noDetail }),
    },
    {
      code: "METRIC_NEEDS_CACHE",
      problem: 'CacheHitCount of API "Api" on stage "prod" is never sent',
      build: alarmOn(stageHits),
    },
    {
      code: "METRIC_NEEDS_CACHE",
      problem: 'CacheHitCount of "GET /" on stage "prod" is never sent',
      build: alarmOn(routeHits, { metricsEnabled: true }),
    },
    {
      code: "METRIC_NEEDS_CACHE",
      problem: 'CacheMissCount of API "Api" is never sent',
      build: alarmOn(apiMisses, { cachingEnabled: false }, { cache: {} }),
    },
    {
      code: "METRIC_SHARED_BY_NAME",
      problem: 'CloudWatch mixes the metrics of test/One and test/Two: both APIs are named "orders"',
      build: () =>
        synthApi((stack) => {
          const apis = ["One", "Two"].map((id) => new RestApi(stack, id, { restApiName: "orders" }));
          for (const api of apis) api.root.addMethod("GET");
          apis[0]?.metricCount().createAlarm(stack, "Alarm", threshold);
        }),
    },
    {
      code: "METRIC_STAGE_FOREIGN",
      problem: 'the stage "prod" (test/Other/DeploymentStage) is one of another API',
      build: () =>
        synthApi((stack) => {
          const method = new RestApi(stack, "Api").root.addMethod("GET");
          method.metricCount(new RestApi(stack, "Other").deploymentStage);
        }),
    },
    {
      code: "METRIC_STATISTIC_INVALID",
      problem:
        'the statistic of Latency must be Average, Maximum, Minimum, SampleCount, Sum or a percentile, got "p101"',
      build: () => withApi((api) => api.metricLatency({ statistic: "p101" })),
    },
  ];

  it.each(REFUSALS)("fails when nothing would be measured: $code, $problem", expectRefusal);

  it("counts the stages that were added to an API", () => {
    const build = () =>
      synthApi((stack) => {
        const api = new RestApi(stack, "Api", { deploy: false });
        api.root.addMethod("GET", undefined, { cache: {} });
        new Stage(stack, "Stage", { deployment: new Deployment(stack, "Deployment", { api }) });
        api.metricCacheHitCount().createAlarm(stack, "Alarm", threshold);
      });

    expect(build).not.toThrow();
  });
});

function route(api: RestApi): Method {
  const [method] = api.methods;
  if (method === undefined) throw new Error("the API has no method");
  return method;
}
