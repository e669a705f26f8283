import { TerraformVariable } from "cdktf";
import { ApiKey, NodejsFunction, RateLimitedApiKey } from "../../../modules";
import { assertOrderRules, onlyResource, resourcesOf, synthApi } from "../../../modules/testing";
import { synthWithApi } from "../support/api";
import { warningsOf } from "../support/warnings";

describe("ApiKey", () => {
  it("has a value that AWS generates", () => {
    const terraform = synthApi((stack) => new ApiKey(stack, "Key"));

    expect(resourcesOf(terraform, "aws_api_gateway_api_key")).toEqual({ Key_961B73FD: { name: "Key", enabled: true } });
  });

  it("emits everything that is declared", () => {
    const terraform = synthApi((stack) => {
      const value = new TerraformVariable(stack, "partner_key", { type: "string", sensitive: true }).stringValue;
      new ApiKey(stack, "Key", {
        apiKeyName: "partner",
        description: "For ${partners}",
        value,
        enabled: false,
        customerId: "c-1",
        tags: { team: "orders" },
      });
    });

    expect(onlyResource(terraform, "aws_api_gateway_api_key")).toEqual({
      name: "partner",
      description: "For $${partners}",
      value: "${var.partner_key}",
      enabled: false,
      customer_id: "c-1",
      tags: { team: "orders" },
    });
  });

  it("gives references to its id and value", () => {
    const terraform = synthApi((stack) => {
      const key = new ApiKey(stack, "Key");
      stack.addOverride("locals", { id: key.keyId, value: key.keyValue });
    });

    expect(terraform.locals).toEqual({
      id: "${aws_api_gateway_api_key.Key_961B73FD.id}",
      value: "${aws_api_gateway_api_key.Key_961B73FD.value}",
    });
  });

  it("holds a value of one's own as it is, and warns of a literal one", () => {
    const build = { value: "twenty-characters-${a}" };

    expect(
      onlyResource(
        synthApi((stack) => new ApiKey(stack, "Key", build)),
        "aws_api_gateway_api_key",
      ).value,
    ).toBe("twenty-characters-$${a}");
    expect(warningsOf((stack) => new ApiKey(stack, "Key", build))).toEqual([
      expect.stringMatching(/^API_KEY_VALUE_LITERAL: the value of the API key "Key" is a literal/),
    ]);
    expect(warningsOf((stack) => new ApiKey(stack, "Key"))).toEqual([]);
  });

  it("may be one of elsewhere, of which nothing is emitted", () => {
    const terraform = synthWithApi((api, stack) => {
      api.route("GET /", undefined, { apiKeyRequired: true });
      const key = ApiKey.fromApiKeyId(stack, "Theirs", "key123");
      api.addUsagePlan("Plan", { apiStages: [{ stage: api.deploymentStage }] }).addApiKey(key);
      stack.addOverride("locals", { arn: key.keyArn });
    });

    expect(resourcesOf(terraform, "aws_api_gateway_api_key")).toEqual({});
    expect(onlyResource(terraform, "aws_api_gateway_usage_plan_key")).toMatchObject({ key_id: "key123" });
    expect(terraform.locals).toEqual({ arn: "arn:aws:apigateway:eu-west-1::/apikeys/key123" });
  });

  it("can be read and changed by a function that is granted it", () => {
    const terraform = synthApi((stack) => {
      const handler = new NodejsFunction(stack, "Portal", { bundle: "portal" });
      new ApiKey(stack, "Own").grantRead(handler);
      ApiKey.fromApiKeyId(stack, "Theirs", "key123").grantWrite(handler);
      ApiKey.fromApiKeyId(stack, "Both", "key456").grantReadWrite(handler);
    });

    const text = String(onlyResource(terraform, "aws_iam_role_policy").policy);
    const { Statement: statements }: { Statement: readonly { Action: string[]; Resource: string[] }[] } =
      JSON.parse(text);
    const write = ["apigateway:DELETE", "apigateway:PATCH", "apigateway:POST", "apigateway:PUT"];
    const granted = statements.filter(({ Resource: [arn = ""] }) => arn.includes(":apigateway:"));
    expect(
      granted.map(({ Action: actions, Resource: [arn = ""] }) => [arn.split("/").at(-1), [...actions].sort()]),
    ).toEqual([
      [expect.stringMatching(/^\$\{aws_api_gateway_api_key\.Own_\w+\.id\}$/), ["apigateway:GET"]],
      ["key123", write],
      ["key456", ["apigateway:DELETE", "apigateway:GET", ...write.slice(1)]],
    ]);
    assertOrderRules(terraform);
  });
});

describe("RateLimitedApiKey", () => {
  it("is a key in a plan of its own", () => {
    const terraform = synthWithApi((api, stack) => {
      api.route("GET /", undefined, { apiKeyRequired: true });
      new RateLimitedApiKey(stack, "Acme", {
        customerId: "acme",
        apiStages: [{ stage: api.deploymentStage }],
        quota: { limit: 10_000, period: "MONTH" },
        throttle: { rateLimit: 5, burstLimit: 10 },
      });
    });

    expect(onlyResource(terraform, "aws_api_gateway_api_key")).toMatchObject({ name: "Acme", customer_id: "acme" });
    expect(onlyResource(terraform, "aws_api_gateway_usage_plan")).toMatchObject({
      name: "Acme",
      quota_settings: { limit: 10_000, period: "MONTH" },
      throttle_settings: { rate_limit: 5, burst_limit: 10 },
    });
    expect(onlyResource(terraform, "aws_api_gateway_usage_plan_key")).toMatchObject({
      key_id: expect.stringContaining("aws_api_gateway_api_key.Acme_"),
      usage_plan_id: expect.stringContaining("aws_api_gateway_usage_plan.Acme_UsagePlan_"),
    });
  });
});
