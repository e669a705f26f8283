import { Alarm, Duration, type HeadgateStack, RestApi, RetentionDays, ThrottledRequests } from "../../../modules";
import { resourcesOf, synthApi, type TerraformJson, terraformSnapshotSerializer } from "../../../modules/testing";

expect.addSnapshotSerializer(terraformSnapshotSerializer);

/** The counter, and the alarms on it, of an API whose stage logs. */
function synthCounter(build: (counter: ThrottledRequests, stack: HeadgateStack) => void): TerraformJson {
  const terraform = synthApi((stack) => {
    const deployOptions = { stageName: "v1", accessLogRetention: RetentionDays.ONE_WEEK };
    const api = new RestApi(stack, "Api", { restApiName: "orders & more", deployOptions });
    api.route("GET /orders");
    build(ThrottledRequests.of(api.deploymentStage), stack);
  });
  const types = ["aws_cloudwatch_log_metric_filter", "aws_cloudwatch_metric_alarm"];
  return { resource: Object.fromEntries(types.map((type) => [type, resourcesOf(terraform, type)])) };
}

describe("ThrottledRequests", () => {
  it("counts answers 429 of the access log: minimal", () => {
    expect(synthCounter(() => undefined)).toMatchSnapshot();
  });

  it("is measured and watched like any metric: everything", () => {
    const terraform = synthCounter((counter, stack) => {
      const metric = counter.metric({ period: Duration.minutes(1), label: "Throttled" });
      new Alarm(stack, "Throttled", { metric, threshold: 10, evaluationPeriods: 3 });
    });

    expect(terraform).toMatchSnapshot();
  });
});
