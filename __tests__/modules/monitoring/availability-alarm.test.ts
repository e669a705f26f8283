import { SnsTopic } from "@cdktf/provider-aws/lib/sns-topic";
import { ApiDashboard, AvailabilityAlarm, type AvailabilityAlarmProps, RestApi } from "../../../modules";
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

function synthAvailability(props: Partial<AvailabilityAlarmProps> = {}): TerraformJson {
  return synthApi((stack) => {
    const api = new RestApi(stack, "Api", { restApiName: "orders" });
    api.root.addMethod("GET");
    new AvailabilityAlarm(stack, "Availability", { api, ...props });
  });
}

function alarmsOf(terraform: TerraformJson): object {
  const { aws_cloudwatch_metric_alarm, aws_cloudwatch_composite_alarm } = terraform.resource ?? {};
  return { resource: { aws_cloudwatch_metric_alarm, aws_cloudwatch_composite_alarm } };
}

describe("AvailabilityAlarm", () => {
  it("watches three nines over four windows: minimal", () => {
    const terraform = synthAvailability();

    expect(alarmsOf(terraform)).toMatchSnapshot();
    assertOrderRules(terraform);
  });

  it("tells a topic, for a promise of one's own: everything", () => {
    const terraform = synthApi((stack) => {
      const topic = new SnsTopic(stack, "Topic", { name: "alarms" });
      const api = new RestApi(stack, "Api", { restApiName: "orders", deployOptions: { stageName: "v1" } });
      api.root.addMethod("GET");
      const alarm = new AvailabilityAlarm(stack, "Availability", {
        api,
        stage: api.deploymentStage,
        objective: 0.9995,
        alarmName: "orders-availability",
        alarmActions: [topic, topic],
        okActions: [{ arn: "arn:aws:sns:eu-west-1:111111111111:ok" }],
      });
      new ApiDashboard(stack, "Dashboard", { api, alarms: [alarm] });
    });

    expect(alarmsOf(terraform)).toMatchSnapshot();
    expect(onlyResource(terraform, "aws_cloudwatch_dashboard").dashboard_body).toContain(
      "arn:aws:cloudwatch:eu-west-1:111111111111:alarm:orders-availability",
    );
    assertOrderRules(terraform);
  });

  it("speaks when an hour and still five minutes burn, or six hours and still half an hour", () => {
    const terraform = synthAvailability();

    const { alarm_rule } = onlyResource(terraform, "aws_cloudwatch_composite_alarm");
    const windows = String(alarm_rule).replaceAll(
      /\$\{aws_cloudwatch_metric_alarm\.(\w+)\.arn\}/g,
      (_whole, id: string) => {
        const { period, threshold } = resourcesOf(terraform, "aws_cloudwatch_metric_alarm")[id] ?? {};
        return `${period} s over ${threshold}`;
      },
    );
    expect(windows).toBe(
      '(ALARM("3600 s over 0.0144") AND ALARM("300 s over 0.0144")) OR (ALARM("21600 s over 0.006") AND ALARM("1800 s over 0.006"))',
    );
  });

  it("lets the parts of the rule be replaced while it names them", () => {
    const alarms = Object.values(resourcesOf(synthAvailability(), "aws_cloudwatch_metric_alarm"));

    expect(alarms.map(({ lifecycle }) => lifecycle)).toEqual(Array(4).fill({ create_before_destroy: true }));
  });

  const REFUSALS: readonly Refusal[] = [
    ...[0.93, 1, 99.9, Number.NaN].map((objective) => ({
      code: "AVAILABILITY_OBJECTIVE_INVALID",
      problem: `objective must be above 0.931 and below 1, got ${objective}`,
      build: () => synthAvailability({ objective }),
    })),
    {
      code: "ALARM_ACTIONS_TOO_MANY",
      problem: "5 actions for each state, got 6",
      build: () => synthAvailability({ okActions: ["a", "b", "c", "d", "e", "f"].map((arn) => ({ arn })) }),
    },
  ];

  it.each(REFUSALS)("fails when the alarm would be refused, or silent for ever: $code, $problem", expectRefusal);
});
