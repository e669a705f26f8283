import { BasePathMapping, DomainName, type HeadgateStack, RestApi } from "../../../modules";
import {
  assertOrderRules,
  resourcesOf,
  synthApi,
  type TerraformJson,
  terraformSnapshotSerializer,
} from "../../../modules/testing";

expect.addSnapshotSerializer(terraformSnapshotSerializer);

const CERTIFICATE = "arn:aws:acm:eu-west-1:111111111111:certificate/abc";
const TYPES = ["aws_api_gateway_base_path_mapping", "aws_apigatewayv2_api_mapping"];

/** What joins the domain `api.example.com` to an API. */
function synthMapping(build: (stack: HeadgateStack, api: RestApi, domainName: DomainName) => void): TerraformJson {
  const terraform = synthApi((stack) => {
    const api = new RestApi(stack, "Api", { disableExecuteApiEndpoint: true });
    api.route("GET /orders");
    build(stack, api, new DomainName(stack, "Domain", { domainName: "api.example.com", certificate: CERTIFICATE }));
  });
  assertOrderRules(terraform);
  return { resource: Object.fromEntries(TYPES.map((type) => [type, resourcesOf(terraform, type)])) };
}

describe("BasePathMapping", () => {
  it("serves the API's own stage at the root of the domain: minimal", () => {
    const terraform = synthMapping((stack, restApi, domainName) => {
      new BasePathMapping(stack, "Mapping", { domainName, restApi });
    });

    expect(terraform).toMatchSnapshot();
  });

  it("serves stages below paths of one and of several levels, or lets callers name them: everything", () => {
    const terraform = synthMapping((stack, restApi, domainName) => {
      const stage = restApi.addStage("Beta", { stageName: "beta" });
      new BasePathMapping(stack, "OneLevel", { domainName, restApi, stage, basePath: "beta" });
      new BasePathMapping(stack, "TwoLevels", { domainName, restApi, stage, basePath: "orders/beta" });
      new BasePathMapping(stack, "AnyStage", { domainName, restApi, basePath: "any", attachToStage: false });
    });

    expect(terraform).toMatchSnapshot();
  });
});
