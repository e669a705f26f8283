import { HeadgateStack, LambdaIntegration, NodejsFunction, RestApi, synthesize } from "headgate";

/** An API that only callers inside of a VPC reach, through an interface endpoint that exists already. */
synthesize((app) => {
  const stack = new HeadgateStack(app, "private-api", { region: "eu-west-1", accountId: "111111111111" });
  const endpoint = "vpce-0123456789abcdef0";
  const api = new RestApi(stack, "Api", {
    restApiName: "private-api",
    endpointConfiguration: { types: ["PRIVATE"], vpcEndpoints: [endpoint] },
    deployOptions: { stageName: "v1", tracingEnabled: true },
  });
  api.grantInvokeFromVpcEndpointsOnly([endpoint]);
  api.route("GET /stock/{sku}", new LambdaIntegration(new NodejsFunction(stack, "GetStock", { bundle: "get-stock" })));
});
