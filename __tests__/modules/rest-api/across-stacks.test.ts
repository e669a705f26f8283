import { SnsTopic } from "@cdktf/provider-aws/lib/sns-topic";
import type { App } from "cdktf";
import {
  Alarm,
  ApiKey,
  Deployment,
  type EmissionName,
  HeadgateStack,
  LambdaIntegration,
  MockIntegration,
  NodejsFunction,
  RestApi,
  Stage,
  UsagePlan,
} from "../../../modules";
import { onlyResource, synthStack } from "../../../modules/testing";
import { expectRefusal } from "../support/refusals";

const PLACE = { region: "eu-west-1", accountId: "111111111111" };
const REMOTE = /^\$\{data\.terraform_remote_state\./;

/** An API in one stack, and what `build` adds to another, which is synthesized. */
function besideApi(build: (stack: HeadgateStack, api: RestApi) => void, emission: EmissionName = "openapi") {
  return synthStack((app: App) => {
    const api = new RestApi(new HeadgateStack(app, "api", PLACE), "Api", { emission });
    const stack = new HeadgateStack(app, "beside", PLACE);
    build(stack, api);
    return stack;
  });
}

describe("what stands in another stack than the API", () => {
  it("is a plan with its keys, which reads API, stage and key from the state of their stack", () => {
    const terraform = besideApi((stack, api) => {
      const method = api.route("GET /a", undefined, { apiKeyRequired: true });
      const throttle = [{ method, throttle: { rateLimit: 1, burstLimit: 1 } }];
      const plan = new UsagePlan(stack, "Plan", { apiStages: [{ stage: api.deploymentStage, throttle }] });
      plan.addApiKey(new ApiKey(api, "Key"));
    });

    const remote = expect.stringMatching(REMOTE);
    expect(onlyResource(terraform, "aws_api_gateway_usage_plan").api_stages).toEqual([
      { api_id: remote, stage: remote, throttle: [{ path: "/a/GET", rate_limit: 1, burst_limit: 1 }] },
    ]);
    expect(onlyResource(terraform, "aws_api_gateway_usage_plan_key").key_id).toEqual(remote);
  });

  it("is an alarm that tells a topic of a third", () => {
    const terraform = besideApi((stack, api) => {
      api.route("GET /a");
      const topic = new SnsTopic(new HeadgateStack(stack.node.root, "topics", PLACE), "Topic", { name: "topic" });
      new Alarm(stack, "Alarm", {
        metric: api.metricCount(),
        threshold: 1,
        evaluationPeriods: 1,
        alarmActions: [topic],
      });
    });

    const { alarm_actions } = onlyResource(terraform, "aws_cloudwatch_metric_alarm");
    expect(alarm_actions).toEqual([expect.stringMatching(REMOTE)]);
  });

  it.each(["openapi", "resources"] as const)("is a deployment with its stage, which wait for nothing: %s", (form) => {
    const terraform = besideApi((stack, api) => {
      api.route("GET /a", new MockIntegration());
      new Stage(stack, "Stage", { deployment: new Deployment(stack, "Deployment", { api }), stageName: "beside" });
    }, form);

    expect(onlyResource(terraform, "aws_api_gateway_deployment").depends_on).toEqual([]);
    expect(onlyResource(terraform, "aws_api_gateway_stage")).toMatchObject({ depends_on: [], stage_name: "beside" });
  });

  it("fails when it is a stage without its deployment", () => {
    expectRefusal({
      code: "STAGE_IN_OTHER_STACK",
      problem: 'the stage is in the stack "beside", and its deployment in "api"',
      build: () =>
        besideApi((stack, api) => {
          api.route("GET /a");
          if (api.latestDeployment !== undefined) {
            new Stage(stack, "Stage", { deployment: api.latestDeployment, stageName: "beside" });
          }
        }),
    });
  });
});

describe("a deployment in another stack than its API", () => {
  /** Without a literal account, the document refers to a data source of the stack of the API. */
  function beside(place: { readonly region: string; readonly accountId?: string }) {
    return () =>
      synthStack((app: App) => {
        const apiStack = new HeadgateStack(app, "api", place);
        const api = new RestApi(apiStack, "Api");
        api.route("GET /a", new LambdaIntegration(new NodejsFunction(apiStack, "Fn", { bundle: "b" })));
        const stack = new HeadgateStack(app, "beside", PLACE);
        new Stage(stack, "Stage", { deployment: new Deployment(stack, "Deployment", { api }), stageName: "beside" });
        return stack;
      });
  }

  it("fails when the document holds what only an apply can tell", () => {
    expectRefusal({
      code: "DEPLOYMENT_IN_OTHER_STACK",
      problem: "whose document holds ${data.aws_caller_identity.",
      build: beside({ region: "eu-west-1" }),
    });
  });

  it("is taken where the document is all literals", () => {
    expect(beside(PLACE)).not.toThrow();
  });
});
