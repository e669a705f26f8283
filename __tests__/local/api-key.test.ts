import type { ApiKeyDefinition, UsagePlanDefinition } from "../../definition/usage-plan";
import { deployed, fakeHost, gatewayFor, method, mock, proxy, send, stage } from "../support/gateway";

const plan = (overrides: Partial<UsagePlanDefinition> = {}): UsagePlanDefinition => ({
  name: "free",
  apiKeys: ["free"],
  apiStages: [{ apiAddress: deployed({}).address, stageName: "v1", throttle: [] }],
  ...overrides,
});
const key = (overrides: Partial<ApiKeyDefinition> = {}): ApiKeyDefinition => ({
  name: "free",
  enabled: true,
  ...overrides,
});

const api = { methods: [method({ apiKeyRequired: true, integration: mock("in") })] };

function gatewayWith(apiKey: ApiKeyDefinition, usagePlan: UsagePlanDefinition, apiKeyValues?: Record<string, string>) {
  return gatewayFor(api, {
    stack: { apis: [deployed(api, [stage()])], apiKeys: [apiKey], usagePlans: [usagePlan] },
    ...(apiKeyValues && { apiKeyValues }),
  });
}

describe("API keys", () => {
  it.each([
    ["headgate-local-<name> by default", key(), undefined, "headgate-local-free"],
    ["the declared value", key({ value: "declared-value-0123456" }), undefined, "declared-value-0123456"],
    ["the configured value", key({ value: "declared-value-0123456" }), { free: "mine" }, "mine"],
    [
      "the default when the declared value is unknown",
      key({ value: "⟦unknown random_password.key result⟧" }),
      undefined,
      "headgate-local-free",
    ],
  ])("open a keyed method with %s", async (_, apiKey, values, sent) => {
    const gateway = gatewayWith(apiKey, plan(), values);

    const response = await send(gateway, { headers: [["X-API-Key", sent]] });

    expect(response).toMatchObject({ status: 200, body: "in" });
  });

  it.each([
    ["is missing", key(), plan(), undefined],
    ["is wrong", key(), plan(), "nope"],
    ["is empty", key(), plan(), ""],
    ["is disabled", key({ enabled: false }), plan(), "headgate-local-free"],
    ["is in no plan", key(), plan({ apiKeys: [] }), "headgate-local-free"],
    ["is in a plan without this stage", key(), plan({ apiStages: [] }), "headgate-local-free"],
    [
      "is in a plan of another stage",
      key(),
      plan({ apiStages: [{ apiAddress: deployed({}).address, stageName: "v2", throttle: [] }] }),
      "headgate-local-free",
    ],
  ])("answer 403 when the key %s", async (_, apiKey, usagePlan, sent) => {
    const response = await send(gatewayWith(apiKey, usagePlan), {
      headers: sent === undefined ? [] : [["x-api-key", sent]],
    });

    expect(response).toMatchObject({ status: 403, body: '{"message":"Forbidden"}' });
    expect(response.headers["x-amzn-errortype"]).toBe("ForbiddenException");
  });

  it("do not matter to a method that needs none", async () => {
    const gateway = gatewayFor({ methods: [method({ integration: mock("open") })] });

    expect((await send(gateway, { headers: [["x-api-key", "nope"]] })).body).toBe("open");
  });

  it("are checked before parameters", async () => {
    const gateway = gatewayFor({
      requestValidators: { v: { validateRequestBody: false, validateRequestParameters: true } },
      methods: [
        method({
          apiKeyRequired: true,
          requestValidator: "v",
          requestParameters: { "method.request.querystring.q": true },
        }),
      ],
    });

    expect((await send(gateway)).status).toBe(403);
  });

  it("reach the function with their id, and only on keyed methods", async () => {
    const host = fakeHost();
    const methods = [
      method({ apiKeyRequired: true, integration: proxy() }),
      method({ resourcePath: "/open", integration: proxy() }),
    ];
    const gateway = gatewayFor(
      { methods },
      { host, stack: { apis: [deployed({ methods })], apiKeys: [key()], usagePlans: [plan()] } },
    );
    const headers = [["x-api-key", "headgate-local-free"]] as const;

    await send(gateway, { headers });
    await send(gateway, { headers, target: "/v1/open" });

    const [keyed, open] = host.invocations.map(({ payload }) => JSON.parse(payload.toString()).requestContext.identity);
    expect(keyed).toMatchObject({ apiKey: "headgate-local-free", apiKeyId: expect.stringMatching(/^[a-z0-9]{10}$/) });
    expect(Object.keys(open).sort()).toEqual(
      [
        "accessKey",
        "accountId",
        "caller",
        "cognitoAuthenticationProvider",
        "cognitoAuthenticationType",
        "cognitoIdentityId",
        "cognitoIdentityPoolId",
        "principalOrgId",
        "sourceIp",
        "user",
        "userAgent",
        "userArn",
      ].sort(),
    );
  });
});
