import { HeadgateStack, LambdaIntegration, NodejsFunction, RestApi, synthesize } from "headgate";

synthesize((app) => {
  const stack = new HeadgateStack(app, "hello", { region: "eu-west-1" });
  const sayHello = new NodejsFunction(stack, "SayHello", { bundle: "say-hello" });

  const api = new RestApi(stack, "Api", { restApiName: "hello", deployOptions: { stageName: "v1" } });
  api.root
    .addResource("hello")
    .addResource("{name}")
    .addMethod("GET", new LambdaIntegration(sayHello), {
      throttle: { rateLimit: 10, burstLimit: 5 },
      cache: { ttlSeconds: 60 },
    });
});
