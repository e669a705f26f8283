import { Deployment, RestApi } from "../../../modules";
import { onlyResource, resourcesOf, synthApi } from "../../../modules/testing";
import { synthWithApi } from "../support/api";

const HASH = /^definition [0-9a-f]{8}$/;

describe("what tells which snapshots the stages serve", () => {
  it("comes after all stages of the deployment, and names the newest definition for each", () => {
    const terraform = synthWithApi((api) => {
      api.root.addMethod("GET");
      api.addStage("Beta", { stageName: "beta" });
    });

    const { depends_on: stages, input } = onlyResource(terraform, "terraform_data");
    const declared = Object.keys(resourcesOf(terraform, "aws_api_gateway_stage"));
    expect(new Set(stages as readonly string[])).toEqual(new Set(declared.map((id) => `aws_api_gateway_stage.${id}`)));
    expect(input).toEqual({ beta: expect.stringMatching(HASH), prod: expect.stringMatching(HASH) });
  });

  it("names the older definition that a stage was rolled back to, and both of a canary", () => {
    const terraform = synthWithApi((api) => {
      api.root.addMethod("GET");
      api.deploymentStage.rollback("0123abcd");
      api.addStage("Beta", { stageName: "beta" }).canary({ percentTraffic: 10, baseline: "4567cdef" });
    });

    expect(onlyResource(terraform, "terraform_data").input).toEqual({
      prod: "definition 0123abcd",
      beta: expect.stringMatching(/^definition 4567cdef, canary: definition [0-9a-f]{8}$/),
    });
  });

  it("is not there for a deployment without a stage", () => {
    const terraform = synthApi((stack) => {
      const api = new RestApi(stack, "Api", { deploy: false });
      api.root.addMethod("GET");
      new Deployment(stack, "Snapshot", { api });
    });

    expect(resourcesOf(terraform, "terraform_data")).toEqual({});
  });
});
