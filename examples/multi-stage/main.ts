import { HeadgateStack, HttpIntegration, RestApi, RetentionDays, type StageOptions, synthesize } from "headgate";

/** What the stages of one API differ in. None of it deploys again. */
const STAGES: Readonly<Record<string, StageOptions>> = {
  dev: { variables: { backend: "dev.example.com" }, loggingLevel: "INFO", cacheClusterEnabled: false },
  test: { variables: { backend: "test.example.com" }, throttlingRateLimit: 20, throttlingBurstLimit: 10 },
  prod: {
    variables: { backend: "shop.example.com" },
    throttlingRateLimit: 500,
    throttlingBurstLimit: 250,
    cacheClusterSize: "1.6",
    accessLogRetention: RetentionDays.THREE_MONTHS,
    metricsEnabled: true,
    tracingEnabled: true,
    methodOptions: { "/orders/POST": { throttle: { rateLimit: 50, burstLimit: 25 } } },
  },
};

/** One model, three stages. They write logs, for which the account has a role (`AccountLogging`, in a stack of its own). */
synthesize((app) => {
  const stack = new HeadgateStack(app, "multi-stage", { region: "eu-west-1" });
  const api = new RestApi(stack, "Api", { restApiName: "multi-stage", deploy: false });
  const backend = (path: string, httpMethod: "GET" | "POST" = "GET") =>
    new HttpIntegration(`https://\${stageVariables.backend}${path}`, { httpMethod });
  api.route("GET /prices/{sku}", backend("/prices/{sku}"), { cache: { ttlSeconds: 60 } });
  api.route("POST /orders", backend("/orders", "POST"));

  for (const [stageName, options] of Object.entries(STAGES)) api.addStage(stageName, { stageName, ...options });
});
