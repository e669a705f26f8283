import { HeadgateStack, LambdaIntegration, NodejsFunction, RestApi, synthesize } from "headgate";

const THINGS = 60;

/** 300 methods over 120 resources, and still a handful of control-plane calls: the API is one document. */
synthesize((app) => {
  const stack = new HeadgateStack(app, "large-api", { region: "eu-west-1" });
  const handler = new LambdaIntegration(new NodejsFunction(stack, "Serve", { bundle: "serve" }));
  const api = new RestApi(stack, "Api", {
    restApiName: "large-api",
    defaultIntegration: handler,
    deployOptions: { stageName: "v1", throttlingRateLimit: 500, throttlingBurstLimit: 250 },
  });
  for (let thing = 0; thing < THINGS; thing++) {
    api.route(`GET /things-${thing}`);
    api.route(`POST /things-${thing}`);
    api.route(`GET /things-${thing}/{id}`);
    api.route(`PUT /things-${thing}/{id}`);
    api.route(`DELETE /things-${thing}/{id}`);
  }
});
