import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { SnsTopic } from "@cdktf/provider-aws/lib/sns-topic";
import { TerraformVariable } from "cdktf";
import {
  AccessLogFormat,
  ApiAlarms,
  type ApiAlarmsProps,
  Duration,
  FirehoseLogDestination,
  LogGroupLogDestination,
  RestApi,
  type StageOptions,
  ThrottledRequests,
} from "../../../modules";
import {
  assertOrderRules,
  onlyResource,
  resourcesOf,
  synthApi,
  type TerraformJson,
  terraformSnapshotSerializer,
} from "../../../modules/testing";
import { expectRefusal, type Refusal } from "../support/refusals";

expect.addSnapshotSerializer(terraformSnapshotSerializer);

const ID = "$context.requestId";
const LOGGED: StageOptions = { stageName: "v1", accessLogRetention: 7 };

function synthAlarms(deployOptions: StageOptions, props: Partial<ApiAlarmsProps> = {}): TerraformJson {
  return synthApi((stack) => {
    const api = new RestApi(stack, "Api", { restApiName: "orders", deployOptions });
    api.root.addMethod("GET");
    new ApiAlarms(stack, "Alarms", { api, ...props });
  });
}

function alarmsByName(terraform: TerraformJson): Record<string, object> {
  const alarms = Object.values(resourcesOf(terraform, "aws_cloudwatch_metric_alarm"));
  return Object.fromEntries(alarms.map((alarm) => [String(alarm.alarm_name).replace("test-Alarms-", ""), alarm]));
}

/** How the access log is counted. */
function patternOf(deployOptions: StageOptions): unknown {
  return onlyResource(synthAlarms(deployOptions), "aws_cloudwatch_log_metric_filter").pattern;
}

describe("ApiAlarms", () => {
  it("watches errors and latencies: minimal", () => {
    const terraform = synthAlarms({});

    expect({
      resource: { aws_cloudwatch_metric_alarm: resourcesOf(terraform, "aws_cloudwatch_metric_alarm") },
    }).toMatchSnapshot();
    assertOrderRules(terraform);
  });

  it("tells a topic, counts throttled requests and takes other thresholds: everything", () => {
    const terraform = synthApi((stack) => {
      const topic = new SnsTopic(stack, "Topic", { name: "alarms" });
      const api = new RestApi(stack, "Api", { restApiName: "orders", deployOptions: LOGGED });
      api.root.addMethod("GET");
      new ApiAlarms(stack, "Alarms", {
        api,
        stage: api.deploymentStage,
        alarmActions: [topic],
        okActions: [topic],
        serverErrorRate: { threshold: 0.05, evaluationPeriods: 1 },
        clientErrorRate: false,
        latency: { threshold: 500, statistic: "p90", period: Duration.minutes(1) },
        integrationLatency: { alarmActions: [] },
        throttledRequests: { threshold: 1 },
      });
    });

    const { aws_cloudwatch_metric_alarm, aws_cloudwatch_log_metric_filter } = terraform.resource ?? {};
    expect({ resource: { aws_cloudwatch_metric_alarm, aws_cloudwatch_log_metric_filter } }).toMatchSnapshot();
    assertOrderRules(terraform);
  });

  it("leaves throttled requests out where no access log counts them", () => {
    expect(Object.keys(alarmsByName(synthAlarms({})))).toEqual([
      "ClientErrorRate",
      "IntegrationLatency",
      "Latency",
      "ServerErrorRate",
    ]);
  });

  it("watches the cache when asked to", () => {
    const terraform = synthApi((stack) => {
      const api = new RestApi(stack, "Api", { restApiName: "orders", deployOptions: { stageName: "v1" } });
      api.root.addMethod("GET", undefined, { cache: {} });
      new ApiAlarms(stack, "Alarms", { api, cacheHitRatio: { threshold: 0.8, period: Duration.minutes(15) } });
    });

    const { CacheHitRatio: alarm } = alarmsByName(terraform);
    expect(alarm).toMatchSnapshot();
    assertOrderRules(terraform);
  });

  it("looks at two of three periods, or at all periods of one's own", () => {
    const alarms = alarmsByName(synthAlarms({}, { serverErrorRate: { evaluationPeriods: 4 } }));

    expect(alarms.ClientErrorRate).toMatchObject({ evaluation_periods: 3, datapoints_to_alarm: 2 });
    expect(alarms.ServerErrorRate).toMatchObject({ evaluation_periods: 4, datapoints_to_alarm: 4 });
  });

  it("names its alarms", () => {
    synthApi((stack) => {
      const api = new RestApi(stack, "Api");
      api.root.addMethod("GET");
      const alarms = new ApiAlarms(stack, "Alarms", { api, latency: false });

      expect(Object.keys(alarms.alarms)).toEqual(["serverErrorRate", "clientErrorRate", "integrationLatency"]);
      expect(alarms.all).toHaveLength(3);
    });
  });
});

const other: Refusal["build"] = () =>
  synthApi((stack) => {
    const { deploymentStage: stage } = new RestApi(stack, "Other");
    new ApiAlarms(stack, "Alarms", { api: new RestApi(stack, "Api"), stage });
  });

const ALARM_REFUSALS: readonly Refusal[] = [
  {
    code: "METRIC_NEEDS_CACHE",
    problem: 'CacheHitCount of API "orders" on stage "prod" is never sent',
    build: () => synthAlarms({}, { cacheHitRatio: {} }),
  },
  {
    code: "ALARM_CANNOT_FIRE",
    problem: "hits / (hits + misses) is 0 to 1, so it is never GreaterThanThreshold 1",
    build: () => synthAlarms({}, { cacheHitRatio: { comparisonOperator: "GreaterThanThreshold", threshold: 1 } }),
  },
  { code: "METRIC_STAGE_FOREIGN", problem: 'the stage "prod" is one of another API than "Api"', build: other },
];

it.each(ALARM_REFUSALS)("fails when an alarm would watch nothing: $code, $problem", expectRefusal);

describe("throttled requests", () => {
  it.each([
    ["a text", AccessLogFormat.jsonWithStandardFields(), '{ $.status = "429" }'],
    [
      "a number",
      AccessLogFormat.custom(`{"id": "${ID}", "code": $context.status, "ms": $context.responseLatency}`),
      "{ $.code = 429 }",
    ],
    [
      "an inner member",
      AccessLogFormat.custom(`{"id":"${ID}","http":{"status":"$context.status"}}`),
      '{ $.http.status = "429" }',
    ],
  ])("are counted by a status that is %s", (_name, accessLogFormat, pattern) => {
    expect(patternOf({ ...LOGGED, accessLogFormat })).toBe(pattern);
  });

  it.each<[string, StageOptions]>([
    ["of the stack", { accessLogRetention: 1 }],
    [
      "by ARN",
      {
        accessLogDestination: new LogGroupLogDestination({
          arn: "arn:aws:logs:eu-west-1:111111111111:log-group:mine:*",
        }),
      },
    ],
  ])("are counted in a log group %s", (_name, options) => {
    const terraform = synthAlarms(options);

    const { log_group_name } = onlyResource(terraform, "aws_cloudwatch_log_metric_filter");
    expect(log_group_name).toMatch(/^(?:mine|\$\{aws_cloudwatch_log_group\.\w+\.name\})$/);
  });

  it("are counted in a plain log group", () => {
    const terraform = synthApi((stack) => {
      const group = new CloudwatchLogGroup(stack, "Logs", { name: "mine" });
      const deployOptions = { accessLogDestination: new LogGroupLogDestination(group) };
      const api = new RestApi(stack, "Api", { deployOptions });
      api.root.addMethod("GET");
      ThrottledRequests.of(api.deploymentStage);
    });

    expect(onlyResource(terraform, "aws_cloudwatch_log_metric_filter").log_group_name).toBe(
      "${aws_cloudwatch_log_group.Logs.name}",
    );
  });

  it("are not mixed with those of an API whose name differs in other characters only", () => {
    const [one, two] = ["注文", "製品"].map((restApiName) => {
      const terraform = synthApi((stack) => {
        const api = new RestApi(stack, "Api", { restApiName, deployOptions: LOGGED });
        api.root.addMethod("GET");
        ThrottledRequests.of(api.deploymentStage);
      });
      return Object(onlyResource(terraform, "aws_cloudwatch_log_metric_filter").metric_transformation).namespace;
    });

    expect(one).toMatch(/^Headgate\/--[0-9a-f]{8}\/v1$/);
    expect(two).not.toBe(one);
  });

  it("are counted for an API whose name is known to Terraform only", () => {
    const terraform = synthApi((stack) => {
      const restApiName = new TerraformVariable(stack, "name", { type: "string" }).stringValue;
      const attributes = { restApiId: "abc123", rootResourceId: "root", restApiName };
      const stage = RestApi.fromRestApiAttributes(stack, "Api", attributes).addStage("Stage", LOGGED);
      ThrottledRequests.of(stage);
    });

    expect(onlyResource(terraform, "aws_cloudwatch_log_group").name).toBe("/aws/apigateway/test-Api-Stage/v1");
    expect(onlyResource(terraform, "aws_cloudwatch_log_metric_filter")).toMatchObject({
      name: expect.stringMatching(/^test-Api-[0-9a-f]{8}-v1-throttled-requests$/),
    });
  });

  it("are counted once, whoever asks", () => {
    const terraform = synthApi((stack) => {
      const api = new RestApi(stack, "Api", { deployOptions: LOGGED });
      api.root.addMethod("GET");
      new ApiAlarms(stack, "Alarms", { api });
      const metric = ThrottledRequests.of(api.deploymentStage).metric();

      expect(metric).toMatchObject({ namespace: "Headgate/Api/v1", metricName: "ThrottledRequests", statistic: "Sum" });
    });

    expect(onlyResource(terraform, "aws_cloudwatch_log_metric_filter").metric_transformation).toMatchObject({
      namespace: "Headgate/Api/v1",
      name: "ThrottledRequests",
    });
  });

  const arn = "arn:aws:firehose:eu-west-1:111111111111:deliverystream/amazon-apigateway-orders";
  const REFUSALS: readonly Refusal[] = [
    { code: "THROTTLED_REQUESTS_NOT_LOGGED", problem: 'the stage "prod" has no access log', build: () => counted({}) },
    {
      code: "THROTTLED_REQUESTS_NOT_LOGGED",
      problem: "in no log group whose name is known",
      build: () => counted({ accessLogDestination: new FirehoseLogDestination({ arn }) }),
    },
    {
      code: "THROTTLED_REQUESTS_NOT_LOGGED",
      problem: "no JSON with $context.status as a value",
      build: () => counted({ ...LOGGED, accessLogFormat: AccessLogFormat.custom(`${ID} $context.status`) }),
    },
    {
      code: "THROTTLED_REQUESTS_NOT_LOGGED",
      problem: "no JSON with $context.status as a value",
      build: () => counted({ ...LOGGED, accessLogFormat: AccessLogFormat.json({ id: ID, "a b": "$context.status" }) }),
    },
  ];

  function counted(options: StageOptions): TerraformJson {
    return synthAlarms(options, { throttledRequests: {} });
  }

  it.each(REFUSALS)("fails when throttled requests cannot be counted: $problem", expectRefusal);
});
