import type { MethodDefinition } from "../../definition/method";
import type { RestApiDefinition } from "../../definition/rest-api";
import type { MethodSettingsDefinition } from "../../definition/stage";
import { ExecutionLog } from "../../local/execution-log/execution-log";
import { LINES } from "../../local/execution-log/lines";
import { ALL_LINES, logOfRoute } from "../../local/execution-log/route-log";
import { javaMap, masked } from "../../local/execution-log/texts";
import type { BackendResponse, InvocationResult } from "../../local/host/host";
import { BackendUnreachable } from "../../local/host/host";
import {
  custom,
  fails,
  fakeHost,
  gatewayFor,
  integrationResponse,
  method,
  mock,
  proxy,
  returns,
  send,
} from "../support/gateway";

const EVERYTHING = { loggingLevel: "INFO", dataTraceEnabled: true } as const;
const PROGRESS = { loggingLevel: "INFO", dataTraceEnabled: false } as const;
const FAILURES = { loggingLevel: "ERROR", dataTraceEnabled: false } as const;

interface Logged {
  readonly host?: ReturnType<typeof fakeHost>;
  readonly settings?: Omit<MethodSettingsDefinition, "route">;
  readonly api?: Partial<RestApiDefinition>;
  readonly stack?: NonNullable<Parameters<typeof gatewayFor>[1]>["stack"];
  readonly request?: Parameters<typeof send>[1];
  readonly isTraced?: boolean;
}

/** The lines of one request, without its id. */
async function linesOf(route: MethodDefinition, given: Logged = {}): Promise<string[]> {
  const { host = fakeHost(), settings = EVERYTHING, api, stack, request, isTraced = false } = given;
  const gateway = gatewayFor(
    { methods: [route], ...api },
    {
      host,
      stage: { methodSettings: [{ route: "*", ...settings }], xrayTracingEnabled: isTraced },
      ...(stack && { stack }),
    },
  );
  await send(gateway, request);
  return host.executionLines.map((line) => line.replace(/^\([0-9a-f-]{36}\) /, ""));
}

const invoking = (result: Partial<InvocationResult>) => fakeHost({ invoke: () => result });
const answering = (response: Partial<BackendResponse>) => fakeHost({ fetch: () => response });

describe("an execution log with data trace", () => {
  it("tells the whole way of a request to a function", async () => {
    const host = invoking(returns({ statusCode: 201, headers: { "X-Rate": "1" }, body: "made" }));
    const route = method({ httpMethod: "POST", resourcePath: "/things/{id}", integration: proxy() });

    const lines = await linesOf(route, {
      host,
      isTraced: true,
      request: { method: "POST", target: "/v1/things/7?q=a%20b", body: '{"n":1}' },
    });

    expect(lines).toEqual([
      "Extended Request Id: AAAAAAAAQACAAAA=",
      "Verifying Usage Plan for request: 00000000-0000-4000-8000-000000000002. API Key:  API Stage: abcdefghij/v1",
      "API Key  authorized because method 'POST /things/{id}' does not require API Key. Request will not contribute to throttle or quota limits",
      "Usage Plan check succeeded for API Key  and API Stage abcdefghij/v1",
      "Starting execution for request: 00000000-0000-4000-8000-000000000002",
      "HTTP Method: POST, Resource Path: /things/7",
      "Method request path: {id=7}",
      "Method request query string: {q=a b}",
      expect.stringMatching(/^Method request headers: \{Host=api\.example\.com, X-Amzn-Trace-Id=Root=1-.*\}$/),
      'Method request body before transformations: {"n":1}',
      "Endpoint request URI: https://lambda.eu-central-1.amazonaws.com/2015-03-31/functions/arn:aws:lambda:eu-central-1:000000000000:function:fn:live/invocations",
      "Endpoint request headers: {x-amzn-lambda-integration-tag=00000000-0000-4000-8000-000000000002, X-Amz-Date=20241005T135536Z, x-amzn-apigateway-api-id=abcdefghij, Accept=application/json, User-Agent=AmazonAPIGateway_abcdefghij, X-Amzn-Trace-Id=Root=1-67014558-000000000000400080000000, X-Amz-Source-Arn=arn:aws:execute-api:eu-central-1:000000000000:abcdefghij/v1/POST/things/{id}}",
      expect.stringMatching(
        /^Endpoint request body after transformations: \{"resource":"\/things\/\{id\}",.* \[TRUNCATED\]$/,
      ),
      expect.stringMatching(/^Sending request to https:\/\/lambda\.eu-central-1\.amazonaws\.com\/2015-03-31\//),
      "Received response. Status: 200, Integration latency: 0 ms",
      "Endpoint response headers: {Date=Sat, 05 Oct 2024 13:55:36 GMT, Content-Type=application/json, Content-Length=57, Connection=keep-alive, x-amzn-RequestId=invocation-1, x-amzn-Remapped-Content-Length=0, X-Amzn-Trace-Id=Root=1-67014558-000000000000400080000000;Parent=8000000000000001;Sampled=1}",
      'Endpoint response body before transformations: {"statusCode":201,"headers":{"X-Rate":"1"},"body":"made"}',
      "Method response body after transformations: made",
      "Method response headers: {X-Rate=1, X-Amzn-Trace-Id=Root=1-67014558-000000000000400080000000;Parent=8000000000000001;Sampled=1}",
      "Successfully completed execution",
      "Method completed with status: 201",
      "AWS Integration Endpoint RequestId : invocation-1",
      "X-ray Tracing ID : 1-67014558-000000000000400080000000",
    ]);
  });

  it("shows what goes to an HTTP backend and comes back", async () => {
    const host = answering({ status: 404, headers: [["Server", "nginx"]], body: Buffer.from("gone") });

    const lines = await linesOf(method({ integration: custom("HTTP", { httpMethod: "GET" }) }), { host });

    expect(lines.filter((line) => /^(Endpoint|Sending|Received)/.test(line))).toEqual([
      "Endpoint request URI: https://backend.example.com/base",
      expect.stringMatching(/^Endpoint request headers: \{Host=backend\.example\.com, Accept=application\/json, /),
      "Endpoint request body after transformations: ",
      "Sending request to https://backend.example.com/base",
      "Received response. Status: 404, Integration latency: 0 ms",
      "Endpoint response headers: {Server=nginx}",
      "Endpoint response body before transformations: gone",
    ]);
  });

  it("has no endpoint where there is no backend", async () => {
    const lines = await linesOf(method({ integration: mock('{"ok":true}') }));

    expect(lines.filter((line) => /Endpoint|Sending|Received/.test(line))).toEqual([]);
    expect(lines).toContain('Method response body after transformations: {"ok":true}');
    expect(lines).toContain("Method response headers: {Content-Type=application/json}");
  });

  it("has no endpoint where the answer was stored, and else the same lines", async () => {
    const host = answering({ body: Buffer.from("stored") });
    const settings = { ...EVERYTHING, cachingEnabled: true };
    const gateway = gatewayFor(
      { methods: [method({ integration: custom("HTTP", { httpMethod: "GET" }) })] },
      { host, stage: { cacheClusterSize: "0.5", methodSettings: [{ route: "*", ...settings }] } },
    );

    await send(gateway);
    const asked = host.executionLines.splice(0).map((line) => line.slice(39));
    await send(gateway);
    const stored = host.executionLines.map((line) => line.slice(39));

    expect(asked.filter((line) => line.startsWith("Endpoint"))).toHaveLength(5);
    expect(stored.filter((line) => line.startsWith("Endpoint"))).toEqual([]);
    expect(stored.slice(-4)).toEqual([
      "Method response body after transformations: stored",
      expect.stringMatching(/^Method response headers: \{X-Amzn-Trace-Id=/),
      "Successfully completed execution",
      "Method completed with status: 200",
    ]);
  });

  it("says of binary bodies only that they are", async () => {
    const request = {
      method: "POST",
      body: Buffer.from([0xff, 0xfe]),
      headers: [["Content-Type", "image/png"]],
    } as const;

    const lines = await linesOf(method({ httpMethod: "POST", integration: mock("{}", { requestTemplates: {} }) }), {
      api: { binaryMediaTypes: ["image/png"] },
      request,
    });

    expect(lines).toContain("Method request body before transformations: [Binary Data]");
  });
});

describe("the level of an execution log", () => {
  it("leaves out what requests and answers hold without data trace", async () => {
    const host = invoking(returns({ statusCode: 200 }));

    expect(await linesOf(method({ integration: proxy() }), { host, settings: PROGRESS })).toEqual([
      "Extended Request Id: AAAAAAAAQACAAAA=",
      expect.stringMatching(/^Verifying Usage Plan for request: /),
      expect.stringMatching(/^API Key {2}authorized because method 'GET \/things' /),
      expect.stringMatching(/^Usage Plan check succeeded /),
      expect.stringMatching(/^Starting execution for request: /),
      "HTTP Method: GET, Resource Path: /things",
      "Successfully completed execution",
      "Method completed with status: 200",
      "AWS Integration Endpoint RequestId : invocation-1",
    ]);
  });

  it("ERROR tells of failures only", async () => {
    const answered = await linesOf(method({ integration: proxy() }), {
      host: invoking(returns({ statusCode: 500 })),
      settings: FAILURES,
    });
    const failed = await linesOf(method({ integration: proxy() }), {
      host: invoking(fails("boom")),
      settings: FAILURES,
    });

    expect(answered).toEqual([]);
    expect(failed).toEqual([
      "Lambda execution failed with status 200 due to customer function error: boom. Lambda request id: invocation-1",
      "Method completed with status: 502",
    ]);
  });

  it("OFF says nothing, and leaves the exchange without a log", async () => {
    expect(await linesOf(method(), { settings: { loggingLevel: "OFF" } })).toEqual([]);
    expect(await linesOf(method(), { settings: {} })).toEqual([]);
    const settings = { loggingLevel: "OFF", dataTraceEnabled: true } as Parameters<typeof logOfRoute>[0];
    expect(logOfRoute(settings)).toBeUndefined();
  });

  it("is that of the route before that of the stage", async () => {
    const host = fakeHost();
    const own = { resourcePath: "/things", httpMethod: "GET" };
    const gateway = gatewayFor(
      { methods: [method(), method({ resourcePath: "/other" })] },
      {
        host,
        stage: {
          methodSettings: [
            { route: "*", ...PROGRESS },
            { route: own, loggingLevel: "OFF" },
          ],
        },
      },
    );

    await send(gateway);
    expect(host.executionLines).toEqual([]);
    await send(gateway, { target: "/v1/other" });
    expect(host.executionLines).not.toEqual([]);
  });

  it("is told apart from that of a canary", async () => {
    const host = { ...fakeHost(), executionLog: jest.fn() };
    const canary = { percentTraffic: 100, variables: {}, useStageCache: false };
    const gateway = gatewayFor(
      { methods: [method()] },
      { host, stage: { canary, methodSettings: [{ route: "*", ...PROGRESS }] } },
    );

    await send(gateway);

    expect(host.executionLog.mock.calls.map(([stage]) => stage)).toContain("v1/Canary");
  });

  it("begins each line with the id of its request", async () => {
    const host = fakeHost();
    const gateway = gatewayFor(
      { methods: [method()] },
      { host, stage: { methodSettings: [{ route: "*", ...PROGRESS }] } },
    );

    const { headers } = await send(gateway);

    expect(host.executionLines.every((line) => line.startsWith(`(${headers["x-amzn-requestid"]}) `))).toBe(true);
  });

  it("tells neither of requests that no route serves nor of those that are too large", async () => {
    const settings = EVERYTHING;

    expect(await linesOf(method(), { settings, request: { target: "/v1/nope" } })).toEqual([]);
    expect(await linesOf(method(), { settings, request: { headers: [["X-Long", "a".repeat(11_000)]] } })).toEqual([]);
  });
});

describe("failures", () => {
  it.each([
    {
      what: "a result that is none of a proxy integration",
      integration: proxy(),
      host: invoking(returns("hello")),
      lines: ["Execution failed due to configuration error: Malformed Lambda proxy response", 502],
    },
    {
      what: "a function that is busy",
      integration: proxy(),
      host: invoking({ status: 429, requestId: "id" }),
      lines: [
        "Lambda invocation failed with status: 429. Lambda request id: id",
        "Execution failed due to configuration error: Rate Exceeded.",
        500,
      ],
    },
    {
      what: "a function that is not there",
      integration: proxy(),
      host: invoking({ status: 404, requestId: "id" }),
      lines: [
        "Lambda invocation failed with status: 404. Lambda request id: id",
        "Execution failed due to configuration error: Invalid permissions on Lambda function",
        500,
      ],
    },
    {
      what: "a function that is not called with POST",
      integration: proxy({ httpMethod: "GET" }),
      host: fakeHost(),
      lines: [
        "Execution failed due to configuration error: Unable to determine service/operation name to be authorized",
        500,
      ],
    },
    {
      what: "a backend that does not answer in time",
      integration: custom("HTTP", { timeoutMillis: 50 }),
      host: fakeHost({ fetch: () => new Promise(() => {}) }),
      lines: ["Execution failed due to a timeout error", 504],
    },
    {
      what: "a backend that refuses the connection",
      integration: custom("HTTP"),
      host: fakeHost({
        fetch: () => {
          const cause = Object.assign(new Error("connect ECONNREFUSED"), { code: "ECONNREFUSED" });
          throw new BackendUnreachable("GET", { cause });
        },
      }),
      lines: ["Execution failed due to a network error communicating with endpoint: Connection refused", 504],
    },
    {
      what: "a stage variable that is not defined",
      integration: custom("HTTP", { uri: "https://${stageVariables.host}/" }),
      host: fakeHost(),
      lines: ["Execution failed due to configuration error: Invalid endpoint address", 500],
    },
    {
      what: "a status that no integration response takes",
      integration: custom("HTTP", { responses: [integrationResponse({ selectionPattern: "200" })] }),
      host: answering({ status: 403 }),
      lines: [
        "Execution failed due to configuration error: No match for output mapping and no default output mapping configured. Endpoint Response Status Code: 403",
        500,
      ],
    },
    {
      what: "a MOCK without a status",
      integration: mock("{}", { requestTemplates: { "application/json": "{}" } }),
      host: fakeHost(),
      lines: [
        "Execution failed due to configuration error: Unable to parse statusCode. It should be an integer that is defined in the request template.",
        500,
      ],
    },
  ])("say in API Gateway's words: $what", async ({ integration, host, lines }) => {
    const route = method({ integration });
    const status = lines.at(-1);
    expect(await linesOf(route, { host, settings: FAILURES })).toEqual([
      ...lines.slice(0, -1),
      `Method completed with status: ${status}`,
    ]);
  });

  it("are `$context.integration.error` as well", async () => {
    const host = fakeHost();
    const gateway = gatewayFor(
      { methods: [method({ integration: custom("HTTP", { uri: "https://${stageVariables.host}/" }) })] },
      {
        host,
        stage: { accessLog: { destinationArn: "arn", format: "$context.requestId $context.integration.error" } },
      },
    );

    await send(gateway);

    expect(host.logLines[0]).toMatch(/ Execution failed due to configuration error: Invalid endpoint address$/);
  });

  it("name a status that the method does not declare", async () => {
    const route = method({ integration: custom("HTTP"), methodResponses: {} });

    expect(await linesOf(route, { host: answering({}), settings: FAILURES })).toContain(
      "Execution failed due to configuration error: Output mapping refers to an invalid method response: 200",
    );
  });

  it("show what a customised gateway response answers", async () => {
    const gatewayResponses = {
      DEFAULT_5XX: {
        statusCode: "503",
        responseParameters: { "gatewayresponse.header.X-A": "'1'" },
        responseTemplates: {},
      },
    };
    const route = method({ integration: custom("HTTP", { uri: "https://${stageVariables.host}/" }) });

    const lines = await linesOf(route, { api: { gatewayResponses } });

    expect(lines.slice(-4)).toEqual([
      "Gateway response type: DEFAULT_5XX with status code: 503",
      'Gateway response body: {"message": "Internal server error"}',
      "Gateway response headers: {x-amzn-ErrorType=InternalServerErrorException, X-A=1}",
      "Method completed with status: 503",
    ]);
  });

  it("name missing parameters and what of a body is wrong", async () => {
    const api = {
      requestValidators: { all: { validateRequestParameters: true, validateRequestBody: true } },
      models: { Thing: { contentType: "application/json", schema: { type: "object", required: ["n"] } } },
    };
    const route = method({
      httpMethod: "POST",
      requestValidator: "all",
      requestParameters: { "method.request.querystring.q": true },
      requestModels: { "application/json": "Thing" },
    });
    const settings = FAILURES;

    const unnamed = await linesOf(route, { api, settings, request: { method: "POST", body: "{}" } });
    const wrong = await linesOf(route, {
      api,
      settings,
      request: { method: "POST", target: "/v1/things?q=1", body: "{}" },
    });

    expect(unnamed).toEqual(["Missing required request parameters: [q]", "Method completed with status: 400"]);
    expect(wrong).toEqual([
      expect.stringMatching(/^Request body does not match model schema for content type application\/json: \[.+\]$/),
      "Method completed with status: 400",
    ]);
  });
});

describe("what is written of API keys", () => {
  const plan = {
    name: "basic",
    tags: {},
    apiStages: [{ apiAddress: "aws_api_gateway_rest_api.orders", stageName: "v1", throttle: [] }],
    apiKeys: ["shop"],
  };
  const key = { name: "shop", value: "0123456789abcdef", enabled: true, tags: {} };
  const keyed = method({ apiKeyRequired: true });
  const withKey = { headers: [["x-api-key", "0123456789abcdef"]] } as const;

  it("hides all of a key but its end", async () => {
    const lines = await linesOf(keyed, { stack: { apiKeys: [key], usagePlans: [plan] }, request: withKey });

    expect(lines[1]).toMatch(/ API Key: \*{10}abcdef API Stage: abcdefghij\/v1$/);
    expect(lines[2]).toBe("Usage Plan check succeeded for API Key **********abcdef and API Stage abcdefghij/v1");
    expect(lines[5]).toBe("API Key: **********abcdef");
    expect(lines.join()).not.toContain("0123456789");
  });

  it("says why a key does not open the stage", async () => {
    const unplanned = await linesOf(keyed, { settings: FAILURES, request: withKey });
    const without = await linesOf(keyed, { stack: { apiKeys: [key], usagePlans: [plan] }, settings: FAILURES });

    expect(unplanned[0]).toBe(
      "API Key **********abcdef not authorized because method 'GET /things' requires API Key and API Key is not associated with a Usage Plan for API Stage abcdefghij/v1: API Stage is not in a Usage Plan",
    );
    expect(without[0]).toMatch(/^API Key {2}not authorized .*: No Usage Plan found for key and API Stage$/);
  });

  it("names the limit that a request meets", async () => {
    const host = fakeHost();
    const throttled = { ...plan, throttle: { rateLimit: 5, burstLimit: 1 } };
    const gateway = gatewayFor(
      { methods: [keyed, method({ resourcePath: "/open" })] },
      {
        host,
        stage: { methodSettings: [{ route: "*", ...FAILURES, throttlingRateLimit: 1, throttlingBurstLimit: 1 }] },
        stack: { apiKeys: [key], usagePlans: [throttled] },
      },
    );

    for (const request of [withKey, withKey, { target: "/v1/open" }, { target: "/v1/open" }])
      await send(gateway, request);

    const [ofPlan, , ofStage] = host.executionLines.map((line) => line.slice(39));
    expect(ofPlan).toMatch(
      /^API Key \*{10}abcdef exceeded throttle limit for API Stage abcdefghij\/v1: Key throttle limit exceeded for Usage Plan ID \w{6}, RestApi abcdefghij, Stage v1, Resource \w{6}, HttpMethod GET\. Limit: 5\.00 Burst: 1$/,
    );
    expect(ofStage).toMatch(
      /^Key throttle limit exceeded for RestApi abcdefghij, Stage v1, Resource \w{6}, HttpMethod GET\. Limit: 1\.00 Burst: 1$/,
    );
  });

  it("names the quota that is used up", async () => {
    const limited = { ...plan, quota: { limit: 1, offset: 0, period: "DAY" as const } };
    const host = fakeHost();
    const gateway = gatewayFor(
      { methods: [keyed] },
      {
        host,
        stage: { methodSettings: [{ route: "*", ...FAILURES }] },
        stack: { apiKeys: [key], usagePlans: [limited] },
      },
    );

    await send(gateway, withKey);
    await send(gateway, withKey);

    expect(host.executionLines[0]).toMatch(
      /API Key \*{10}abcdef exceeded quota limit for API Stage abcdefghij\/v1: Key quota exhausted for Usage Plan ID \w{6}\. Quota Limit: 1 Period: DAY$/,
    );
  });
});

describe("what is written of a Lambda authorizer", () => {
  const policyOf = (Effect: string) => ({
    principalId: "user",
    policyDocument: { Version: "2012-10-17", Statement: [{ Action: "execute-api:Invoke", Effect, Resource: "*" }] },
  });
  const authorizers = {
    users: {
      type: "TOKEN" as const,
      uri: "arn:aws:apigateway:eu-central-1:lambda:path/2015-03-31/functions/arn:aws:lambda:eu-central-1:000000000000:function:fn/invocations",
      identitySource: "method.request.header.Authorization",
      resultTtlSeconds: 0,
      providerArns: [],
    },
  };
  const guarded = method({ authorizationType: "CUSTOM", authorizer: "users" });
  const request = { headers: [["Authorization", "allow"]] } as const;

  function authorized(result: Partial<InvocationResult>, given: Logged = {}) {
    return linesOf(guarded, { host: invoking(result), api: { authorizers }, request, ...given });
  }

  it("shows what it was asked and has answered, and hides who asks", async () => {
    const lines = await authorized(returns(policyOf("Allow")));

    expect(lines.slice(1, 8)).toEqual([
      expect.stringMatching(/^Starting authorizer: \w{6} for request: 00000000-/),
      "Incoming identity: ***ow",
      expect.stringMatching(/^Endpoint request URI: https:\/\/lambda\./),
      expect.stringMatching(
        /^Endpoint request headers: .*X-Amz-Source-Arn=arn:aws:execute-api:.*\/authorizers\/\w{6}\}$/,
      ),
      expect.stringMatching(/^Endpoint request body after transformations: \{"type":"TOKEN",/),
      expect.stringMatching(/^Authorizer result body before parsing: \{"principalId":"user",/),
      "Using valid authorizer policy for principal: **er",
    ]);
    expect(lines[8]).toBe("Successfully completed authorizer execution");
  });

  it.each([
    {
      what: "a denial",
      result: returns(policyOf("Deny")),
      lines: ["The client is not authorized to perform this operation.", "Method completed with status: 403"],
    },
    {
      what: "a refusal",
      result: fails("Unauthorized"),
      lines: [
        expect.stringMatching(/^Unauthorized request: 00000000-0000-4000-8000-/),
        "Method completed with status: 401",
      ],
    },
    {
      what: "a failure",
      result: fails("boom"),
      lines: [
        "Lambda execution failed with status 200 due to customer function error: boom. Lambda request id: invocation-1",
        "Method completed with status: 500",
      ],
    },
    {
      what: "no policy",
      result: returns(null),
      lines: [
        "Execution failed due to configuration error: Could not parse policy",
        "Method completed with status: 500",
      ],
    },
    {
      what: "no JSON",
      result: { payload: Buffer.from("oops") },
      lines: [
        expect.stringMatching(/^Execution failed due to configuration error: Invalid JSON in response: /),
        "Method completed with status: 500",
      ],
    },
  ])("tells of $what", async ({ result, lines }) => {
    expect(await authorized(result, { settings: FAILURES })).toEqual(lines);
  });

  it("is nothing where no identity was sent", async () => {
    const lines = await authorized(returns(policyOf("Allow")), { request: {} });

    expect(lines.slice(1)).toEqual([
      expect.stringMatching(/^Unauthorized request: /),
      "Method completed with status: 401",
    ]);
  });
});

describe("the text of a line", () => {
  it("ends after 1,024 characters", () => {
    const texts: string[] = [];
    const log = new ExecutionLog(ALL_LINES, (text) => texts.push(text));

    log.write(LINES.methodResponseBody(Buffer.from("ä".repeat(2000))), LINES.sendingRequest("a".repeat(1005)));

    expect(texts[0]).toHaveLength(1024 + " [TRUNCATED]".length);
    expect(texts[0]?.endsWith("ä [TRUNCATED]")).toBe(true);
    expect(texts[1]).toBe(`Sending request to ${"a".repeat(1005)}`);
  });

  it("is not made where the log has no such lines", () => {
    const text = jest.fn(() => "text");

    new ExecutionLog(new Set(["failure"]), () => undefined).write({ kind: "data", text });

    expect(text).not.toHaveBeenCalled();
  });

  it.each([
    ["**********************************bMZHBg", "0123456789012345678901234567890123bMZHBg"],
    ["***ow", "allow"],
    ["*", "x"],
    ["", ""],
  ])("shows %j of a secret", (shown, secret) => {
    expect(masked(secret)).toBe(shown);
  });

  it("shows maps as Java does, lists with commas, and no secrets", () => {
    expect(
      javaMap([
        ["a", "1"],
        ["b", "2"],
        ["a", "3"],
        ["authorization", "Bearer abcdefghijkl"],
        ["X-API-Key", "0123456789"],
        ["X-Amz-Security-Token", "0123456789abcdef"],
      ]),
    ).toBe(
      "{a=1,3, b=2, authorization=*************ghijkl, X-API-Key=*****56789, X-Amz-Security-Token=**********abcdef}",
    );
    expect(javaMap([])).toBe("{}");
  });
});
