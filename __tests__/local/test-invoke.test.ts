import { ConfigurationError } from "../../definition/configuration-error";
import type { RestApiDefinition } from "../../definition/rest-api";
import { createGateway, type Gateway } from "../../local/pipeline";
import type { TestInvocation } from "../../local/test-invoke";
import { deployed, fakeHost, gatewayFor, method, mock, proxy, returns, stack } from "../support/gateway";

const route = method({
  resourcePath: "/pets/{petId}",
  integration: mock(`{"id": "$input.params('petId')", "q": "$input.params('q')", "s": "$stageVariables.s"}`),
});
const GET = { httpMethod: "GET", resourcePath: "/pets/{petId}" } as const;

function testing(api: Partial<RestApiDefinition>, invocation: TestInvocation, host = fakeHost()) {
  return gatewayFor(api, { host }).testInvoke(invocation);
}

describe("a test of a method", () => {
  it("gives status, body, headers and the log that AWS gives", async () => {
    const result = await testing(
      { methods: [route] },
      { ...GET, pathWithQueryString: "/pets/7?q=a&q=b", headers: { Accept: "*/*" }, stageVariables: { s: "S" } },
    );

    expect(result).toEqual({
      status: 200,
      body: '{"id": "7", "q": "b", "s": "S"}',
      headers: { "Content-Type": "application/json" },
      multiValueHeaders: { "Content-Type": ["application/json"] },
      latency: 0,
      log: [
        "Execution log for request 00000000-0000-4000-8000-000000000002",
        ...[
          "Starting execution for request: 00000000-0000-4000-8000-000000000002",
          "HTTP Method: GET, Resource Path: /pets/7",
          "Method request path: {petId=7}",
          "Method request query string: {q=a,b}",
          "Method request headers: {Accept=*/*}",
          "Method request body before transformations: ",
          'Method response body after transformations: {"id": "7", "q": "b", "s": "S"}',
          "Method response headers: {Content-Type=application/json}",
          "Successfully completed execution",
          "Method completed with status: 200",
        ].map((text) => `Sat Oct 05 13:55:36 UTC 2024 : ${text}`),
        "",
      ].join("\n"),
    });
  });

  it.each([
    ["the resource's own path without another one", undefined, "{petId}", "/pets/{petId}"],
    ["no values from a path that is none of the resource's", "/random/test", "", "/random/test"],
  ])("takes %s", async (_what, pathWithQueryString, id, path) => {
    const result = await testing({ methods: [route] }, { ...GET, ...(pathWithQueryString && { pathWithQueryString }) });

    expect(JSON.parse(result.body)).toMatchObject({ id });
    expect(result.log).toContain(`Resource Path: ${path}\n`);
  });

  it("passes by authorizers, keys, limits and resource policies", async () => {
    const guarded = method({ ...route, authorizationType: "AWS_IAM", apiKeyRequired: true });
    const policy = {
      Version: "2012-10-17",
      Statement: [{ Effect: "Deny", Principal: "*", Action: "*", Resource: "*" }],
    };

    const results = await Promise.all([1, 2, 3].map(() => testing({ methods: [guarded], policy }, GET)));

    expect(results.map(({ status }) => status)).toEqual([200, 200, 200]);
  });

  it("validates", async () => {
    const strict = method({
      ...route,
      requestValidator: "all",
      requestParameters: { "method.request.querystring.q": true },
    });
    const requestValidators = { all: { validateRequestParameters: true, validateRequestBody: false } };

    const result = await testing({ methods: [strict], requestValidators }, GET);

    expect(result).toMatchObject({
      status: 400,
      body: '{"message":"Missing required request parameters: [q]"}',
      headers: { "x-amzn-ErrorType": "BadRequestException" },
    });
    expect(result.log).toMatch(/Missing required request parameters: \[q\]\n.*Method completed with status: 400\n$/);
  });

  it("gives a function the event of a test, and no logs to the stages", async () => {
    const host = fakeHost({ invoke: () => returns({ statusCode: 200, headers: { "X-A": "1" } }) });

    const result = await testing({ methods: [method({ ...route, integration: proxy() })] }, GET, host);

    expect(JSON.parse(host.invocations[0]?.payload.toString() ?? "")).toMatchObject({
      path: "/pets/{petId}",
      headers: null,
      stageVariables: null,
      body: null,
      requestContext: {
        stage: "test-invoke-stage",
        path: "/pets/{petId}",
        domainName: "testPrefix.testDomainName",
        domainPrefix: "testPrefix",
        identity: {
          apiKey: "test-invoke-api-key",
          apiKeyId: "test-invoke-api-key-id",
          sourceIp: "test-invoke-source-ip",
        },
      },
    });
    expect(Object.keys(result.headers)).toEqual(["X-A", "X-Amzn-Trace-Id"]);
    expect([host.logLines, host.executionLines, host.observations]).toEqual([[], [], []]);
  });

  it("is served by ANY where the verb has no method of its own", async () => {
    const any = method({ ...route, httpMethod: "ANY" });

    expect(await testing({ methods: [any] }, { ...GET, httpMethod: "PUT", body: "{}" })).toMatchObject({ status: 200 });
  });

  describe("refuses what is not there", () => {
    const twice = createGateway({
      host: fakeHost(),
      stacks: [stack({ apis: [deployed({ name: "a" }), { ...deployed({ name: "b" }), id: "other" }] })],
    });
    const one = gatewayFor({ methods: [route] });

    it.each<[string, Gateway, TestInvocation, RegExp]>([
      [
        "fails when the resource is unknown",
        one,
        { ...GET, resourcePath: "/cats" },
        /the resources are \/pets\/\{petId\}/,
      ],
      ["fails when the verb is unknown", one, { ...GET, httpMethod: "PUT" }, /the resource has GET/],
      ["fails when the API is unknown", one, { ...GET, api: "cats" }, /there are .*\(abcdefghij\)/],
      ["fails when several APIs are meant", twice, GET, /a \(abcdefghij\), b \(other\)/],
    ])("%s", async (_title, gateway, invocation, problem) => {
      const error = await gateway.testInvoke(invocation).catch((caught: unknown) => caught);

      expect(error).toBeInstanceOf(ConfigurationError);
      expect(error).toMatchObject({ code: "TEST_INVOCATION_UNKNOWN", problem: expect.stringMatching(problem) });
      expect(error).toMatchObject({ fix: expect.stringMatching(/^name (a resource path|one by its id)/) });
    });
  });
});
