import type { AuthorizerDefinition } from "../../../definition/authorizer";
import type { RestApiDefinition } from "../../../definition/rest-api";
import type { Invocation } from "../../../local/host/host";
import {
  custom,
  type FakeHost,
  FUNCTION_URI,
  fails,
  fakeHost,
  gatewayFor,
  lambdaFunction,
  method,
  mock,
  proxy,
  returns,
  send,
} from "../../support/gateway";

const ARN = "arn:aws:execute-api:eu-central-1:000000000000:abcdefghij/v1";

const allowing = (resource: string, more: object = {}, effect = "Allow") =>
  returns({
    principalId: "ann",
    policyDocument: { Statement: [{ Effect: effect, Action: "execute-api:Invoke", Resource: resource }] },
    ...more,
  });

function authorizer(overrides: Partial<AuthorizerDefinition> = {}): AuthorizerDefinition {
  return {
    type: "TOKEN",
    uri: FUNCTION_URI.replace(":fn:live/", ":decide/"),
    identitySource: "method.request.header.Authorization",
    resultTtlSeconds: 0,
    providerArns: [],
    ...overrides,
  };
}

const guarded = { authorizationType: "CUSTOM", authorizer: "a" } as const;

function gateway(
  decide: (invocation: Invocation) => ReturnType<typeof returns> | Promise<ReturnType<typeof returns>>,
  definition: Partial<AuthorizerDefinition> = {},
  api: Partial<RestApiDefinition> = {},
) {
  const host = fakeHost({
    invoke: (invocation) => (invocation.functionName === "decide" ? decide(invocation) : {}),
  });
  const methods = [
    method({ ...guarded, integration: mock("in") }),
    method({ ...guarded, resourcePath: "/others/{id}", integration: mock("other") }),
    method({ ...guarded, httpMethod: "POST", integration: proxy() }),
  ];
  const made = gatewayFor(
    { methods, authorizers: { a: authorizer(definition) }, ...api },
    { host, stack: { functions: [lambdaFunction(), lambdaFunction("decide")] } },
  );
  return { host, gateway: made };
}

const eventsOf = ({ invocations }: FakeHost, functionName = "decide") =>
  invocations.filter((call) => call.functionName === functionName).map(({ payload }) => JSON.parse(payload.toString()));
const token = (value: string) => ({ headers: [["Authorization", value]] as const });

describe("a TOKEN authorizer", () => {
  it("gets the header as it is and the ARN of what is called", async () => {
    const { gateway: made, host } = gateway(() => allowing(`${ARN}/GET/*`));

    const response = await send(made, { target: "/v1/others/a%20b?x=1", ...token("Bearer abc") });

    expect(response).toMatchObject({ status: 200, body: "other" });
    expect(eventsOf(host)).toEqual([
      { type: "TOKEN", authorizationToken: "Bearer abc", methodArn: `${ARN}/GET/others/a%20b` },
    ]);
  });

  it.each<[string, ReturnType<typeof token> | object]>([
    ["is missing", {}],
    ["is empty", token("")],
    ["is blank", token("  ")],
    ["does not match", token("xBearer abc")],
  ])("is not asked when the token %s", async (_, sent) => {
    const { gateway: made, host } = gateway(() => allowing("*"), { identityValidationExpression: "Bearer [a-z]+" });

    expect(await send(made, sent)).toMatchObject({
      status: 401,
      body: '{"message":"Unauthorized"}',
      headers: { "x-amzn-errortype": "UnauthorizedException" },
    });
    expect(eventsOf(host)).toEqual([]);
  });

  it.each<[string, ReturnType<typeof returns>, number, string, string]>([
    ["says Unauthorized", fails("Unauthorized"), 401, "UnauthorizedException", '{"message":"Unauthorized"}'],
    ["fails", fails("Unauthorized!"), 500, "AuthorizerConfigurationException", '{"message":null}'],
    ["is not there", { status: 404 }, 500, "AuthorizerConfigurationException", '{"message":null}'],
    ["is too busy", { status: 429 }, 500, "AuthorizerConfigurationException", '{"message":null}'],
    ["returns no JSON", { payload: Buffer.from("x") }, 500, "AuthorizerConfigurationException", '{"message":null}'],
    ["returns null", returns(null), 500, "AuthorizerConfigurationException", '{"message":null}'],
    ["returns no policy", returns({ principalId: "u" }), 500, "AuthorizerConfigurationException", '{"message":null}'],
    [
      "returns no principal",
      allowing("*", { principalId: undefined }),
      500,
      "AuthorizerConfigurationException",
      '{"message":null}',
    ],
    [
      "returns a policy without effect",
      returns({ principalId: "u", policyDocument: { Statement: [{ Action: "*", Resource: "*" }] } }),
      500,
      "AuthorizerConfigurationException",
      '{"message":null}',
    ],
    [
      "returns a nested context",
      allowing("*", { context: { list: [1] } }),
      500,
      "AuthorizerConfigurationException",
      '{"message":null}',
    ],
    [
      "denies",
      allowing("*", {}, "Deny"),
      403,
      "AccessDeniedException",
      '{"Message":"User is not authorized to access this resource with an explicit deny"}',
    ],
    [
      "allows something else",
      allowing(`${ARN}/POST/*`),
      403,
      "AccessDeniedException",
      '{"Message":"User is not authorized to access this resource"}',
    ],
  ])("fails when the function %s", async (_, answer, status, errorType, body) => {
    const { gateway: made, host } = gateway(() => answer);

    expect(await send(made, token("t"))).toMatchObject({ status, body, headers: { "x-amzn-errortype": errorType } });
    expect(host.explained).toHaveLength(1);
    expect(host.bugs).toEqual([]);
  });

  it("leaves its error to the access log alone", async () => {
    const host = fakeHost({ invoke: () => fails("key not found") });
    const made = gatewayFor(
      { methods: [method(guarded)], authorizers: { a: authorizer() } },
      {
        host,
        stack: { functions: [lambdaFunction("decide")] },
        stage: { accessLog: { format: "$context.authorizer.error $context.status", destinationArn: "" } },
      },
    );

    expect((await send(made, token("t"))).body).toBe('{"message":null}');
    expect(host.logLines).toEqual(["key not found 500"]);
  });

  it("fails when the function has not answered within ten seconds", async () => {
    jest.useFakeTimers();
    const { gateway: made, host } = gateway(() => new Promise(() => undefined));

    const response = send(made, token("t"));
    await jest.advanceTimersByTimeAsync(10_000);

    expect(await response).toMatchObject({ status: 500, body: '{"message":null}' });
    expect(host.explained[0]).toContain("has not answered within 10 s");
    jest.useRealTimers();
  });

  it("fails when the ARN of the method has more than 1600 bytes", async () => {
    const { gateway: made } = gateway(() => allowing("*"));

    expect((await send(made, { target: `/v1/others/${"x".repeat(1600)}`, ...token("t") })).status).toBe(414);
  });

  it("says at start that a function of another stack lets nobody in", async () => {
    const { gateway: made } = gateway(() => ({ status: 404 }), { uri: FUNCTION_URI.replace(":fn:live/", ":far/") });

    expect(made.notEmulated()).toContainEqual({
      route: "GET /v1/things",
      attribute: "authorizer",
      reason: 'function "far" is not in this stack: nobody is let in',
      answers: "header",
    });
  });
});

describe("what an authorizer says about a caller", () => {
  const context = { text: "t", number: 1.5, boolean: true, nothing: null };

  it("reaches the function as text", async () => {
    const { gateway: made, host } = gateway(() => allowing("*", { context }));

    await send(made, { method: "POST", ...token("t") });

    expect(eventsOf(host, "fn")[0].requestContext.authorizer).toEqual({
      principalId: "ann",
      text: "t",
      number: "1.5",
      boolean: "true",
      integrationLatency: 0,
    });
  });

  it("reaches templates, mappings and the access log", async () => {
    const template = "$context.authorizer.principalId $context.authorizer.number $context.authorizer.keySet().size()";
    const host = fakeHost({
      invoke: ({ functionName }) => (functionName === "decide" ? allowing("*", { context }) : {}),
    });
    const integration = custom("HTTP", {
      requestTemplates: { "application/json": template },
      requestParameters: { "integration.request.header.X-User": "context.authorizer.text" },
    });
    const made = gatewayFor(
      { methods: [method({ ...guarded, integration })], authorizers: { a: authorizer() } },
      {
        host,
        stack: { functions: [lambdaFunction("decide")] },
        stage: {
          accessLog: { format: "$context.authorizer.principalId $context.authorizer.status", destinationArn: "" },
        },
      },
    );

    await send(made, token("t"));

    expect(host.requests[0]?.body?.toString()).toBe("ann 1.5 4");
    expect(host.requests[0]?.headers).toContainEqual(["X-User", "t"]);
    expect(host.logLines).toEqual(["ann 200"]);
  });

  it("may have names with dots, and those of members of JavaScript objects", async () => {
    const named = {
      a: "1",
      "a.b": "2",
      "__proto__.__proto__.c": "3",
      "constructor.prototype.c": "4",
      "toString.c": "5",
    };
    const template = "$context.authorizer.a $context.authorizer.get('a.b') $context.authorizer.get('toString.c')";
    const integration = custom("HTTP", { requestTemplates: { "application/json": template } });
    const host = fakeHost({
      invoke: ({ functionName }) => (functionName === "decide" ? allowing("*", { context: named }) : {}),
    });
    const made = gatewayFor(
      { methods: [method({ ...guarded, integration })], authorizers: { a: authorizer() } },
      { host, stack: { functions: [lambdaFunction("decide")] } },
    );

    await send(made, token("t"));

    expect(host.requests[0]?.body?.toString()).toBe("1 2 5");
    expect([{}, () => {}].filter((value) => "c" in value)).toEqual([]);
  });
});

describe("a REQUEST authorizer", () => {
  const sources = "method.request.header.X-One, method.request.querystring.two,stageVariables.three,context.httpMethod";
  const definition = { type: "REQUEST", identitySource: sources, resultTtlSeconds: 300 } as const;

  it("gets the request without its body, with empty maps where there is nothing", async () => {
    const { gateway: made, host } = gateway(() => allowing("*"), { type: "REQUEST", resultTtlSeconds: 0 });

    expect((await send(made, { method: "POST", body: "secret" })).status).toBe(200);

    const [event] = eventsOf(host);
    expect(event).toMatchObject({
      type: "REQUEST",
      methodArn: `${ARN}/POST/things`,
      resource: "/things",
      path: "/things",
      httpMethod: "POST",
      headers: { Host: "api.example.com" },
      multiValueHeaders: { Host: ["api.example.com"] },
      queryStringParameters: {},
      multiValueQueryStringParameters: {},
      pathParameters: {},
      stageVariables: {},
      requestContext: { resourcePath: "/things", stage: "v1", identity: { sourceIp: "192.0.2.1" } },
    });
    expect(JSON.stringify(event)).not.toContain("secret");
    expect(event.requestContext).not.toHaveProperty("authorizer");
  });

  it.each<[boolean, "HEADER" | "AUTHORIZER", string | undefined]>([
    [true, "HEADER", "sent"],
    [true, "AUTHORIZER", undefined],
    [false, "HEADER", undefined],
  ])("sees the key that was sent where one is due: %s, from %s", async (apiKeyRequired, apiKeySource, apiKey) => {
    const host = fakeHost({ invoke: () => allowing("*") });
    const made = gatewayFor(
      {
        apiKeySource,
        authorizers: { a: authorizer({ type: "REQUEST", identitySource: "" }) },
        methods: [method({ authorizationType: "CUSTOM", authorizer: "a", apiKeyRequired })],
      },
      { host, stack: { functions: [lambdaFunction("decide")] } },
    );

    await send(made, { headers: [["X-API-Key", "sent"]] });

    expect(eventsOf(host)[0].requestContext.identity.apiKey).toBe(apiKey);
  });

  it.each([
    ["header", { target: "/v1/things?two=2" }],
    ["query parameter", { headers: [["x-one", "1"]] as const }],
    ["query parameter that is not empty", { target: "/v1/things?two=", headers: [["x-one", "1"]] as const }],
    ["stage variable", { target: "/v1/things?two=2", headers: [["x-one", "1"]] as const }],
  ])("is not asked without its %s", async (_, sent) => {
    const { gateway: made, host } = gateway(() => allowing("*"), definition);

    expect(await send(made, sent)).toMatchObject({ status: 401, body: '{"message":"Unauthorized"}' });
    expect(eventsOf(host)).toEqual([]);
  });

  it("is asked anew when any identity changes, and for nothing else", async () => {
    const { gateway: made, host } = gateway(() => allowing("*"), {
      ...definition,
      identitySource: "method.request.header.X-One,method.request.querystring.two",
    });
    const one = (value: string, two: string) => ({
      target: `/v1/things?two=${two}&z=${host.invocations.length}`,
      headers: [["X-One", value]] as const,
    });

    for (const sent of [one("a", "1"), one("a", "1"), one("a", "2"), one("b", "2"), one("a", "1")]) {
      expect((await send(made, sent)).status).toBe(200);
    }

    expect(eventsOf(host)).toHaveLength(3);
  });
});

describe("a decision that is remembered", () => {
  it("counts for all routes of the stage until it expires", async () => {
    const { gateway: made, host } = gateway(() => allowing(`${ARN}/GET/things`), { resultTtlSeconds: 300 });
    const ask = (target: string) => send(made, { target, ...token("t") });

    expect((await ask("/v1/things")).status).toBe(200);
    expect((await ask("/v1/others/1")).status).toBe(403);
    host.nowMillis += 299_999;
    expect((await ask("/v1/things")).status).toBe(200);
    expect(eventsOf(host)).toHaveLength(1);
    host.nowMillis += 1;
    expect((await ask("/v1/things")).status).toBe(200);
    expect(eventsOf(host)).toHaveLength(2);
  });

  it("is one with an answer: failures are asked again", async () => {
    const { gateway: made, host } = gateway(() => fails("Unauthorized"), { resultTtlSeconds: 300 });

    await send(made, token("t"));
    await send(made, token("t"));

    expect(eventsOf(host)).toHaveLength(2);
  });
});

describe("API keys from an authorizer", () => {
  const keyed = {
    apiKeySource: "AUTHORIZER" as const,
    methods: [method({ ...guarded, apiKeyRequired: true, integration: mock("in") })],
    authorizers: { a: authorizer() },
  };

  it.each([
    ["its key opens the stage", { usageIdentifierKey: "headgate-local-free" }, 200],
    ["it knows no key", {}, 403],
    ["its key opens nothing", { usageIdentifierKey: "nope" }, 403],
  ])("count instead of the header: %s", async (_, result, status) => {
    const host = fakeHost({ invoke: () => allowing("*", result) });
    const made = gatewayFor(keyed, {
      host,
      stack: {
        functions: [lambdaFunction("decide")],
        apiKeys: [{ name: "free", enabled: true }],
        usagePlans: [
          {
            name: "free",
            apiKeys: ["free"],
            apiStages: [{ apiAddress: "aws_api_gateway_rest_api.orders", stageName: "v1", throttle: [] }],
          },
        ],
      },
    });

    const response = await send(made, {
      headers: [
        ["Authorization", "t"],
        ["x-api-key", "headgate-local-free"],
      ],
    });

    expect(response.status).toBe(status);
  });
});
