import { SnsTopic } from "@cdktf/provider-aws/lib/sns-topic";
import {
  type AlarmMetric,
  type CreateAlarmOptions,
  Duration,
  type HeadgateStack,
  MathExpression,
  type Metric,
  RestApi,
} from "../../../modules";
import {
  assertOrderRules,
  onlyResource,
  synthApi,
  type TerraformJson,
  terraformSnapshotSerializer,
} from "../../../modules/testing";
import { expectRefusal, type Refusal } from "../support/refusals";

expect.addSnapshotSerializer(terraformSnapshotSerializer);

function synthAlarm(
  options: Partial<CreateAlarmOptions>,
  metric: (api: RestApi) => AlarmMetric = (api) => api.metricServerError(),
  extend: (stack: HeadgateStack) => Partial<CreateAlarmOptions> = () => ({}),
): TerraformJson {
  return synthApi((stack) => {
    const api = new RestApi(stack, "Api", { restApiName: "orders" });
    api.root.addMethod("GET");
    metric(api).createAlarm(stack, "Alarm", { threshold: 1, evaluationPeriods: 2, ...options, ...extend(stack) });
  });
}

const alarmOf = (terraform: TerraformJson) => onlyResource(terraform, "aws_cloudwatch_metric_alarm");

describe("Alarm", () => {
  it("fires on what is said, and not on silence: minimal", () => {
    const terraform = synthAlarm({});

    expect(alarmOf(terraform)).toMatchSnapshot();
    assertOrderRules(terraform);
  });

  it("tells a topic: everything", () => {
    const terraform = synthAlarm(
      {
        threshold: 800,
        evaluationPeriods: 5,
        datapointsToAlarm: 3,
        comparisonOperator: "GreaterThanThreshold",
        treatMissingData: "ignore",
        alarmName: "orders-${latency}",
        alarmDescription: "Slow %{answers}",
        actionsEnabled: false,
      },
      (api) => api.deploymentStage.metricLatency({ statistic: "p99.9", period: Duration.minutes(1) }),
      (stack) => {
        const topic = new SnsTopic(stack, "Topic", { name: "alarms" });
        return { alarmActions: [topic], okActions: [{ arn: "arn:aws:sns:eu-west-1:111111111111:ok" }] };
      },
    );

    expect(alarmOf(terraform)).toMatchSnapshot();
    assertOrderRules(terraform);
  });

  it("fires on a value that is computed", () => {
    const { metric_query, ...alarm } = alarmOf(synthAlarm({}, errorsPerHit));

    expect(metric_query).toEqual([
      { id: "errors", metric: { ...measured("5XXError"), period: 120 }, return_data: false },
      { id: "all", metric: { ...measured("Count"), stat: "SampleCount", period: 120 }, return_data: false },
      { id: "result", expression: "errors / all", label: "errors / all", return_data: true },
    ]);
    expect(alarm).toMatchObject({ treat_missing_data: "notBreaching" });
    expect(alarm).not.toHaveProperty("period");
    expect(alarm).not.toHaveProperty("statistic");
  });

  it("tells whoever is added later, once", () => {
    const terraform = synthApi((stack) => {
      const api = new RestApi(stack, "Api");
      api.root.addMethod("GET");
      const alarm = api.metricServerError().createAlarm(stack, "Alarm", { threshold: 1, evaluationPeriods: 1 });
      alarm.addAlarmAction({ arn: "a" }, { arn: "b" }, { arn: "a" });
      alarm.addOkAction({ arn: "c" });
    });

    expect(alarmOf(terraform)).toMatchObject({ alarm_actions: ["a", "b"], ok_actions: ["c"] });
  });

  it.each<[string, string, (api: RestApi) => Metric]>([
    ["too few requests, which silence is", "breaching", (api) => api.metricCount()],
    ["a low share, of which silence says nothing", "notBreaching", (api) => api.metricLatency()],
  ])("fires on %s: %s", (_name, expected, metric) => {
    const terraform = synthAlarm({ comparisonOperator: "LessThanThreshold" }, metric);

    expect(alarmOf(terraform).treat_missing_data).toBe(expected);
  });

  it("knows its ARN before apply", () => {
    synthApi((stack) => {
      const api = new RestApi(stack, "Api");
      api.root.addMethod("GET");
      const alarm = api.metricCount().createAlarm(stack, "Alarm", { threshold: 1, evaluationPeriods: 1 });

      expect(alarm.alarmArn).toBe("arn:aws:cloudwatch:eu-west-1:111111111111:alarm:test-Alarm");
    });
  });

  it.each([0.05, 1])("fires at a share of %d", (threshold) => {
    expect(() => synthAlarm({ threshold }, share)).not.toThrow();
  });
});

const errorsPerHit = (api: RestApi) =>
  new MathExpression({
    expression: "errors / all",
    usingMetrics: { errors: api.metricServerError(), all: api.metricCount() },
    period: Duration.minutes(2),
  });
const measured = (metric_name: string) => ({
  namespace: "AWS/ApiGateway",
  metric_name,
  dimensions: { ApiName: "orders" },
  stat: "Sum",
});
const math = (expression: string, names: readonly string[]) => (api: RestApi) =>
  new MathExpression({ expression, usingMetrics: Object.fromEntries(names.map((name) => [name, api.metricCount()])) });

const share = (api: RestApi) => api.metricServerError({ statistic: "Average" });
const every = (period: Duration) => (api: RestApi) => api.metricCount({ period });

const REFUSALS: readonly Refusal[] = [
  {
    code: "ALARM_CANNOT_FIRE",
    problem: "the Average of 5XXError is 0 to 1, so it is never GreaterThanOrEqualToThreshold 5",
    build: () => synthAlarm({ threshold: 5 }, share),
  },
  {
    code: "ALARM_CANNOT_FIRE",
    problem: "never GreaterThanThreshold 1",
    build: () => synthAlarm({ threshold: 1, comparisonOperator: "GreaterThanThreshold" }, share),
  },
  {
    code: "ALARM_CANNOT_FIRE",
    problem: "never LessThanThreshold 0",
    build: () => synthAlarm({ threshold: 0, comparisonOperator: "LessThanThreshold" }),
  },
  {
    code: "ALARM_CANNOT_FIRE",
    problem: "never LessThanOrEqualToThreshold -1",
    build: () => synthAlarm({ threshold: -1, comparisonOperator: "LessThanOrEqualToThreshold" }),
  },
  {
    code: "ALARM_ACTIONS_TOO_MANY",
    problem: "5 actions for each state, got 6",
    build: () => synthAlarm({ alarmActions: ["a", "b", "c", "d", "e", "f"].map((arn) => ({ arn })) }),
  },
  {
    code: "ALARM_DATAPOINTS_INVALID",
    problem: "evaluationPeriods must be a whole number of at least 1, got 0",
    build: () => synthAlarm({ evaluationPeriods: 0 }),
  },
  {
    code: "ALARM_DATAPOINTS_INVALID",
    problem: "datapointsToAlarm must be 1 to the 2 evaluationPeriods, got 3",
    build: () => synthAlarm({ datapointsToAlarm: 3 }),
  },
  { code: "ALARM_NAME_INVALID", problem: "got 256", build: () => synthAlarm({ alarmName: "a".repeat(256) }) },
  { code: "ALARM_NAME_INVALID", problem: "got 0", build: () => synthAlarm({ alarmName: "" }) },
  {
    code: "ALARM_PERIOD_INVALID",
    problem: "the period of an alarm must be whole minutes, as data come once a minute, got 30 s",
    build: () => synthAlarm({}, every(Duration.seconds(30))),
  },
  { code: "ALARM_PERIOD_INVALID", problem: "got 0 s", build: () => synthAlarm({}, every(Duration.seconds(0))) },
  ...[
    { expression: "Hits", names: ["Hits"], problem: 'got "Hits"' },
    { expression: "result", names: ["result"], problem: 'and not "result", got "result"' },
    { expression: "hits", names: ["hits", "misses"], problem: 'the expression "hits" does not use "misses"' },
    { expression: "1", names: [], problem: "computed from 1 to 9 metrics, got 0" },
    { expression: "a+b+c+d+e+f+g+h+i+j", names: [..."abcdefghij"], problem: "computed from 1 to 9 metrics, got 10" },
  ].map(({ expression, names, problem }) => ({
    code: "METRIC_EXPRESSION_INVALID",
    problem,
    build: () => synthAlarm({}, math(expression, names)),
  })),
  { code: "ALARM_THRESHOLD_INVALID", problem: "got NaN", build: () => synthAlarm({ threshold: Number.NaN }) },
  {
    code: "ALARM_WINDOW_TOO_LONG",
    problem: "may look back 1 day(s) at a period of 1800 s, got 49 periods",
    build: () => synthAlarm({ evaluationPeriods: 49 }, every(Duration.minutes(30))),
  },
  {
    code: "ALARM_WINDOW_TOO_LONG",
    problem: "may look back 7 day(s)",
    build: () => synthAlarm({ evaluationPeriods: 8 }, every(Duration.days(1))),
  },
];

it.each(REFUSALS)("fails when an alarm would be refused, or silent for ever: $code, $problem", expectRefusal);
