import { Testing } from "cdktf";
import { HeadgateStack, RestApi } from "../../../modules";
import { apiBlocks } from "../../../modules/rest-api/emission/api-blocks";
import { BlockNames } from "../../../modules/rest-api/emission/block";
import { TEST_STACK_PROPS } from "../../../modules/testing/synth-api";
import { methodWith, restApiWith } from "../../support/definition-builders";

describe("an API as resources", () => {
  it("fails when a method names a validator that the API does not have, with the route and what to do", () => {
    const api = restApiWith({ methods: [methodWith({ requestValidator: "body" })] });
    const write = () =>
      apiBlocks({
        api,
        apiAddress: "aws_api_gateway_rest_api.a",
        restApiId: "a",
        executionArn: "a",
        names: new BlockNames("Api"),
      });

    expect(write).toThrow(/^REQUEST_VALIDATOR_UNKNOWN: .*"body".*\n {2}at .+\n {2}fix: declare the validator/);
  });

  it("fails when cdktf is asked for HCL, with what to do", () => {
    const stack = new HeadgateStack(Testing.app(), "test", TEST_STACK_PROPS);
    new RestApi(stack, "Api", { emission: "resources" }).root.addMethod("GET");

    expect(() => Testing.synthHcl(stack)).toThrow(
      /HCL_UNSUPPORTED: .*\n {2}at test\/Api\/.+\n {2}fix: synthesize without/,
    );
  });
});
