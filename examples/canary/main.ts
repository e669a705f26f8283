import { HeadgateStack, LambdaIntegration, MockIntegration, NodejsFunction, RestApi, synthesize } from "headgate";

/** Hash of the snapshot that served all requests so far: the last eight digits of its Terraform address. */
const BASELINE = "1a2b3c4d";

/**
 * The newest snapshot answers one request in ten. To promote it, remove the call of `canary`; to stop it, replace the call
 * by `rollback(BASELINE)`.
 */
synthesize((app) => {
  const stack = new HeadgateStack(app, "canary", { region: "eu-west-1" });
  const api = new RestApi(stack, "Api", {
    restApiName: "canary",
    deployOptions: { stageName: "v1", variables: { greeting: "Hello" } },
  });
  api.route("GET /greeting", new LambdaIntegration(new NodejsFunction(stack, "Greet", { bundle: "greet" })));
  api.route("GET /health", new MockIntegration());

  api.deploymentStage.canary({ percentTraffic: 10, baseline: BASELINE, variables: { greeting: "Hi" } });
});
