import { Duration, LambdaRestApi, NodejsFunction } from "../../../modules";
import {
  assertOrderRules,
  documentOf,
  resourcesOf,
  synthApi,
  terraformSnapshotSerializer,
} from "../../../modules/testing";
import { integrationOf, member } from "../support/api";

expect.addSnapshotSerializer(terraformSnapshotSerializer);

const ARN = "arn:aws:lambda:eu-west-1:111111111111:function:orders";

describe("LambdaRestApi", () => {
  it("hands every request to the function: minimal", () => {
    const terraform = synthApi((stack) => new LambdaRestApi(stack, "Orders", { handler: { arn: ARN } }));

    expect(terraform).toMatchSnapshot();
    expect(Object.keys(member(documentOf(terraform), "paths"))).toEqual(["/", "/{proxy+}"]);
  });

  it("takes all that an API and its integration can have: everything", () => {
    const terraform = synthApi((stack) => {
      const api = new LambdaRestApi(stack, "Orders", {
        handler: new NodejsFunction(stack, "Handler", { bundle: "orders" }),
        integrationOptions: {
          timeout: Duration.seconds(20),
          allowTestInvoke: false,
          cacheKeyParameters: ["method.request.path.proxy"],
        },
        proxy: true,
        restApiName: "orders",
        description: "All of it",
        defaultMethodOptions: { apiKeyRequired: true },
        defaultCorsPreflightOptions: { allowOrigins: ["https://shop.example"] },
        deployOptions: { stageName: "v1" },
      });
      api.addUsagePlan("Plan", { apiStages: [{ stage: api.deploymentStage }] });
    });

    expect(terraform).toMatchSnapshot();
    assertOrderRules(terraform);
  });

  it("serves the declared routes only when it is no proxy, all by the function", () => {
    const terraform = synthApi((stack) => {
      const handler = new NodejsFunction(stack, "Handler", { bundle: "orders" });
      const api = new LambdaRestApi(stack, "Orders", { handler, proxy: false });
      api.route("GET /orders");
      api.route("POST /orders");
    });

    expect(Object.keys(member(documentOf(terraform), "paths"))).toEqual(["/orders"]);
    expect(integrationOf(terraform, "GET /orders")).toEqual(integrationOf(terraform, "POST /orders"));
    expect(Object.keys(resourcesOf(terraform, "aws_lambda_permission"))).toHaveLength(1);
    assertOrderRules(terraform);
  });

  it("hands the options to the integration", () => {
    const terraform = synthApi((stack) => {
      new LambdaRestApi(stack, "Orders", { handler: { arn: ARN }, integrationOptions: { allowPermission: false } });
    });

    expect(resourcesOf(terraform, "aws_lambda_permission")).toEqual({});
  });
});
