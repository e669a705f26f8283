import { SfnStateMachine } from "@cdktf/provider-aws/lib/sfn-state-machine";
import { type HeadgateStack, StepFunctionsRestApi } from "../../../modules";
import { assertOrderRules, synthApi, terraformSnapshotSerializer } from "../../../modules/testing";
import { integrationOf } from "../support/api";
import { expectRefusal } from "../support/refusals";

expect.addSnapshotSerializer(terraformSnapshotSerializer);

const machine = (stack: HeadgateStack, type = "EXPRESS") => {
  return new SfnStateMachine(stack, "Machine", { name: "orders", roleArn: "r", definition: "{}", type });
};

describe("StepFunctionsRestApi", () => {
  it("starts an execution for each request: minimal", () => {
    const terraform = synthApi((stack) => new StepFunctionsRestApi(stack, "Api", { stateMachine: machine(stack) }));

    expect(terraform).toMatchSnapshot();
    assertOrderRules(terraform);
  });

  it("emits all that it can have: everything", () => {
    const terraform = synthApi((stack) => {
      new StepFunctionsRestApi(stack, "Api", {
        restApiName: "orders",
        stateMachine: machine(stack),
        role: { arn: "arn:aws:iam::111111111111:role/caller" },
        headerNames: ["X-Tenant"],
        path: false,
        querystring: false,
        authorizer: true,
        requestContext: { requestId: true, stage: true },
        useDefaultMethodResponses: false,
      });
    });

    expect(terraform).toMatchSnapshot();
    assertOrderRules(terraform);
  });

  it("hands further routes to the state machine, too", () => {
    const terraform = synthApi((stack) => {
      const api = new StepFunctionsRestApi(stack, "Api", { stateMachine: machine(stack) });
      api.route("POST /orders");
    });

    expect(integrationOf(terraform, "POST /orders").uri).toMatch(/:states:action\/StartSyncExecution$/);
  });

  it("fails when the state machine cannot be waited for", () => {
    expectRefusal({
      code: "STATE_MACHINE_NOT_EXPRESS",
      problem: "this one is standard",
      build: () =>
        synthApi((stack) => new StepFunctionsRestApi(stack, "Api", { stateMachine: machine(stack, "STANDARD") })),
    });
  });
});
