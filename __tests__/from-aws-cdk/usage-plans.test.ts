import * as apigateway from "../../modules";
import { onlyResource, resourcesOf } from "../../modules/testing";
import { apiIn, functionIn } from "./declared";
import { snippet } from "./snippet";

const VALUE = "MyApiKeyThatIsAtLeast20Characters";

snippet(
  "5.1",
  (stack) => {
    const integration = new apigateway.LambdaIntegration(functionIn(stack));
    const api = new apigateway.RestApi(stack, "hello-api");

    const v1 = api.root.addResource("v1");
    const echo = v1.addResource("echo");
    echo.addMethod("GET", integration, { apiKeyRequired: true });

    const plan = api.addUsagePlan("UsagePlan", {
      name: "Easy",
      throttle: {
        rateLimit: 10,
        burstLimit: 2,
      },
    });

    const key = api.addApiKey("ApiKey");
    plan.addApiKey(key);
  },
  (terraform) => {
    expect(onlyResource(terraform, "aws_api_gateway_usage_plan")).toMatchObject({
      name: "Easy",
      throttle_settings: { rate_limit: 10, burst_limit: 2 },
    });
    expect(onlyResource(terraform, "aws_api_gateway_usage_plan_key").key_type).toBe("API_KEY");
  },
);

snippet(
  "5.2",
  (stack) => {
    const api = new apigateway.RestApi(stack, "api");
    const plan = api.addUsagePlan("plan");
    const echoMethod = api.root.addResource("echo").addMethod("GET", undefined, { apiKeyRequired: true });

    plan.addApiStage({
      stage: api.deploymentStage,
      throttle: [
        {
          method: echoMethod,
          throttle: {
            rateLimit: 10,
            burstLimit: 2,
          },
        },
      ],
    });
  },
  (terraform) => {
    expect(JSON.stringify(onlyResource(terraform, "aws_api_gateway_usage_plan").api_stages)).toContain(
      '{"burst_limit":2,"path":"/echo/GET","rate_limit":10}',
    );
  },
);

snippet(
  "5.3",
  (stack) => {
    const importedUsagePlan = apigateway.UsagePlan.fromUsagePlanId(stack, "imported-usage-plan", "a1b2c3");

    importedUsagePlan.addApiKey(apiIn(stack).addApiKey("ApiKey"));
  },
  (terraform) => {
    expect(onlyResource(terraform, "aws_api_gateway_usage_plan_key").usage_plan_id).toBe("a1b2c3");
  },
);

snippet(
  "5.4",
  (stack) => {
    const api = apiIn(stack);
    api.addApiKey("ApiKey", {
      apiKeyName: "myApiKey1",
      value: VALUE,
    });
  },
  (terraform) => {
    expect(onlyResource(terraform, "aws_api_gateway_api_key")).toMatchObject({ name: "myApiKey1", value: VALUE });
  },
);

snippet(
  "5.5",
  (stack) => {
    const importedKey = apigateway.ApiKey.fromApiKeyId(stack, "imported-key", "k1");

    apiIn(stack).addUsagePlan("plan").addApiKey(importedKey);
  },
  (terraform) => {
    expect(onlyResource(terraform, "aws_api_gateway_usage_plan_key").key_id).toBe("k1");
    expect(resourcesOf(terraform, "aws_api_gateway_api_key")).toEqual({});
  },
);

snippet(
  "5.6",
  (stack) => {
    const importedKey = new apigateway.ApiKey(stack, "key");
    const lambdaFn = functionIn(stack);

    importedKey.grantRead(lambdaFn);
  },
  (terraform) => {
    expect(onlyResource(terraform, "aws_iam_role_policy").policy).toMatch(
      /arn:aws:apigateway:eu-west-1::\/apikeys\/\$\{aws_api_gateway_api_key\.key_\w+\.id\}/,
    );
  },
);

snippet(
  "5.7",
  (stack) => {
    const restApi = apigateway.RestApi.fromRestApiId(stack, "declared", "a1b2c3d4e5");

    const importedStage = apigateway.Stage.fromStageAttributes(stack, "imported-stage", {
      stageName: "myStageName",
      restApi,
    });

    importedStage.addApiKey("MyAPIKey");
  },
  (terraform) => {
    expect(onlyResource(terraform, "aws_api_gateway_api_key").name).toBe("MyAPIKey");
  },
);

snippet(
  "5.8",
  (stack) => {
    const api = apiIn(stack);
    const usageplan = api.addUsagePlan("plan");
    const apiKey = api.addApiKey("key");

    usageplan.addApiKey(apiKey);
  },
  (terraform) => {
    expect(Object.keys(resourcesOf(terraform, "aws_api_gateway_usage_plan_key"))).toEqual([
      expect.stringMatching(/^api_plan_Key-?key_\w+$/),
    ]);
  },
);

snippet(
  "5.9",
  (stack) => {
    const api = apiIn(stack);

    new apigateway.RateLimitedApiKey(stack, "rate-limited-api-key", {
      customerId: "hello-customer",
      apiStages: [{ stage: api.deploymentStage }],
      quota: {
        limit: 10000,
        period: apigateway.Period.MONTH,
      },
    });
  },
  (terraform) => {
    expect(onlyResource(terraform, "aws_api_gateway_api_key").customer_id).toBe("hello-customer");
    expect(onlyResource(terraform, "aws_api_gateway_usage_plan").quota_settings).toEqual({
      limit: 10000,
      period: "MONTH",
    });
  },
);
