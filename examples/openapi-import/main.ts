import { join } from "node:path";
import {
  ApiDefinition,
  HeadgateStack,
  LambdaIntegration,
  MockIntegration,
  NodejsFunction,
  SpecRestApi,
  synthesize,
} from "headgate";

/** An OpenAPI document that exists already: it gets backends, limits and one more route in code. */
synthesize((app) => {
  const stack = new HeadgateStack(app, "openapi-import", { region: "eu-west-1" });
  const api = new SpecRestApi(stack, "Api", {
    apiDefinition: ApiDefinition.fromAsset(join(__dirname, "openapi.yaml")),
    deployOptions: {
      stageName: "v1",
      methodOptions: { "/pets/POST": { throttle: { rateLimit: 5, burstLimit: 5 } } },
    },
  });
  const pets = new LambdaIntegration(new NodejsFunction(stack, "Pets", { bundle: "serve-pets" }));
  api.integrate("GET /pets", pets);
  api.integrate("POST /pets", pets);
  api.route("GET /health", new MockIntegration());
});
