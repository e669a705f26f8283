import type { JsonObject } from "../../../definition/json";
import {
  ApiAlarms,
  ApiDashboard,
  type ApiDashboardProps,
  Duration,
  type MethodOptions,
  RestApi,
  type RestApiProps,
  type StageOptions,
} from "../../../modules";
import {
  assertOrderRules,
  onlyResource,
  synthApi,
  type TerraformJson,
  terraformSnapshotSerializer,
} from "../../../modules/testing";
import { parseBody } from "../../../modules/testing/synth-api";
import { expectRefusal, type Refusal } from "../support/refusals";

expect.addSnapshotSerializer(terraformSnapshotSerializer);

interface Setting extends Partial<ApiDashboardProps> {
  readonly stageOptions?: StageOptions;
  readonly options?: MethodOptions;
  readonly apiProps?: RestApiProps;
}

function synthDashboard({ stageOptions = {}, options = {}, apiProps = {}, ...props }: Setting = {}): TerraformJson {
  return synthApi((stack) => {
    const deployOptions = { stageName: "v1", ...stageOptions };
    const api = new RestApi(stack, "Api", { restApiName: "orders", deployOptions, ...apiProps });
    new ApiDashboard(stack, "Dashboard", { api, ...props });
    api.root.addMethod("GET", undefined, options);
  });
}

function bodyOf(terraform: TerraformJson): JsonObject {
  return parseBody(onlyResource(terraform, "aws_cloudwatch_dashboard").dashboard_body);
}

function titlesOf(terraform: TerraformJson): readonly string[] {
  const { widgets } = bodyOf(terraform);
  return Array.isArray(widgets) ? widgets.map((widget) => String(Object(Object(widget).properties).title)) : [];
}

const GRAPHS = ["Requests", "Share of errors", "Latency (ms)", "Latency of backends (ms)"];

describe("ApiDashboard", () => {
  it("shows requests, errors and latencies: minimal", () => {
    const terraform = synthDashboard();

    expect(bodyOf(terraform)).toMatchSnapshot();
    expect(onlyResource(terraform, "aws_cloudwatch_dashboard").dashboard_name).toBe("test-Dashboard");
    assertOrderRules(terraform);
  });

  it("shows alarms, the cache, throttled requests and routes: everything", () => {
    const terraform = synthApi((stack) => {
      const deployOptions = { stageName: "v1", metricsEnabled: true, accessLogRetention: 7 } as const;
      const api = new RestApi(stack, "Api", { restApiName: "orders", deployOptions });
      api.root.addMethod("GET", undefined, { cache: {} });
      const { all } = new ApiAlarms(stack, "Alarms", { api });
      new ApiDashboard(stack, "Dashboard", { api, alarms: all, dashboardName: "orders", period: Duration.minutes(1) });
    });

    expect(bodyOf(terraform)).toMatchSnapshot();
    assertOrderRules(terraform);
  });

  it.each<[string, Setting, readonly string[]]>([
    ["only what every stage has", {}, GRAPHS],
    ["the cache of a route that comes later", { options: { cache: {} } }, [...GRAPHS, "Cache"]],
    [
      "routes that have metrics of their own",
      { stageOptions: { metricsEnabled: true } },
      [...GRAPHS, "Requests by route", "Errors 5XX by route", "Latency by route (p99, ms)"],
    ],
  ])("shows %s", (_name, setting, titles) => {
    expect(titlesOf(synthDashboard(setting))).toEqual(titles);
  });

  it("shows several stages, each under its name", () => {
    const terraform = synthApi((stack) => {
      const api = new RestApi(stack, "Api", { deployOptions: { stageName: "v1" } });
      const canary = api.addStage("Beta", { stageName: "beta", accessLogRetention: 7 });
      api.root.addMethod("GET");
      new ApiDashboard(stack, "Dashboard", { api, stage: [api.deploymentStage, canary] });
    });

    expect(titlesOf(terraform)).toEqual(["v1", "beta"].flatMap((name) => GRAPHS.map((title) => `${name}: ${title}`)));
    expect(JSON.stringify(bodyOf(terraform))).toContain('["Headgate/Api/beta","ThrottledRequests"');
  });

  it("shows a stage of an API that is owned elsewhere", () => {
    const terraform = synthApi((stack) => {
      const api = RestApi.fromRestApiAttributes(stack, "Api", {
        restApiId: "abc123",
        rootResourceId: "root",
        restApiName: "orders",
      });
      const stage = api.addStage("Stage", { metricsEnabled: true, cacheClusterSize: "0.5" });
      new ApiDashboard(stack, "Dashboard", { api, stage });
    });

    expect(titlesOf(terraform)).toEqual([
      ...GRAPHS,
      "Cache",
      "Requests by route",
      "Errors 5XX by route",
      "Latency by route (p99, ms)",
    ]);
  });

  it("is known at plan time, canonical, and escaped for Terraform", () => {
    const apiProps = { restApiName: 'a ${b} "c"' };
    const terraform = synthDashboard({ apiProps, stageOptions: { metricsEnabled: true } });

    const body = String(onlyResource(terraform, "aws_cloudwatch_dashboard").dashboard_body);
    expect(body).not.toMatch(/(?<!\$)\$\{/);
    expect(body).toContain("$${PROP('Dim.Resource')}");
    expect(body).toContain('{"widgets":[{"height":6,"properties":{"metrics":[["AWS/ApiGateway","Count","ApiName"');
    expect(JSON.stringify(bodyOf(terraform))).toContain(JSON.stringify('ApiName="a ${b} \\"c\\""').slice(1, -1));
  });
});

const REFUSALS: readonly Refusal[] = [
  {
    code: "DASHBOARD_NAME_INVALID",
    problem: 'got "my orders"',
    build: () => synthDashboard({ dashboardName: "my orders" }),
  },
  {
    code: "DASHBOARD_PERIOD_INVALID",
    problem: "must be whole minutes, got 90 s",
    build: () => synthDashboard({ period: Duration.seconds(90) }),
  },
  {
    code: "METRIC_STAGE_FOREIGN",
    problem: 'the stage "prod" is one of another API than "Api"',
    build: () =>
      synthApi((stack) => {
        const stage = new RestApi(stack, "Other").deploymentStage;
        new ApiDashboard(stack, "Dashboard", { api: new RestApi(stack, "Api"), stage });
      }),
  },
  {
    code: "METRIC_SHARED_BY_NAME",
    problem: 'both APIs are named "orders"',
    build: () =>
      synthApi((stack) => {
        const apis = ["One", "Two"].map((id) => new RestApi(stack, id, { restApiName: "orders" }));
        for (const api of apis) {
          api.root.addMethod("GET");
          new ApiDashboard(stack, `Dashboard${api.node.id}`, { api });
        }
      }),
  },
];

it.each(REFUSALS)("fails when a dashboard would show nothing, or something else: $code, $problem", expectRefusal);
