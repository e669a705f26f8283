import type { IncomingRequest } from "../../local/exchange";
import { fakeHost, gatewayFor, method, proxy, returns, send } from "../support/gateway";

async function eventOf(
  request: { readonly body?: string | Buffer } & Partial<Omit<IncomingRequest, "body">>,
  options = {},
) {
  const host = fakeHost();
  const gateway = gatewayFor(
    { methods: [method({ resourcePath: "/{proxy+}", httpMethod: "ANY", integration: proxy() })], ...options },
    { host, stage: { variables: { a: "1" } } },
  );
  await send(gateway, request);
  return JSON.parse(host.invocations[0]?.payload.toString() ?? "null");
}

const answerTo = (result: unknown, headers: IncomingRequest["headers"] = [], binaryMediaTypes: string[] = []) =>
  send(
    gatewayFor(
      { methods: [method({ integration: proxy() })], binaryMediaTypes },
      { host: fakeHost({ invoke: () => returns(result) }) },
    ),
    { headers },
  );

describe("the event of a Lambda proxy integration", () => {
  it("has AWS's keys, and null where there is nothing", async () => {
    const event = await eventOf({ headers: [["User-Agent", "curl/8"]] });

    expect(event).toEqual({
      resource: "/{proxy+}",
      path: "/things",
      httpMethod: "GET",
      headers: {
        Host: "api.example.com",
        "User-Agent": "curl/8",
        "X-Amzn-Trace-Id": "Root=1-67014558-000000000000400080000000",
        "X-Forwarded-For": "192.0.2.1",
        "X-Forwarded-Port": "443",
        "X-Forwarded-Proto": "https",
      },
      multiValueHeaders: {
        Host: ["api.example.com"],
        "User-Agent": ["curl/8"],
        "X-Amzn-Trace-Id": ["Root=1-67014558-000000000000400080000000"],
        "X-Forwarded-For": ["192.0.2.1"],
        "X-Forwarded-Port": ["443"],
        "X-Forwarded-Proto": ["https"],
      },
      queryStringParameters: null,
      multiValueQueryStringParameters: null,
      pathParameters: { proxy: "things" },
      stageVariables: { a: "1" },
      requestContext: {
        resourceId: expect.stringMatching(/^[a-z0-9]{6}$/),
        resourcePath: "/{proxy+}",
        httpMethod: "GET",
        extendedRequestId: expect.stringMatching(/^.{16}$/),
        requestTime: "05/Oct/2024:13:55:36 +0000",
        path: "/v1/things",
        accountId: "000000000000",
        protocol: "HTTP/1.1",
        stage: "v1",
        domainPrefix: "api",
        requestTimeEpoch: 1728136536120,
        requestId: "00000000-0000-4000-8000-000000000002",
        domainName: "api.example.com",
        deploymentId: expect.stringMatching(/^[a-z0-9]{6}$/),
        apiId: "abcdefghij",
        identity: {
          cognitoIdentityPoolId: null,
          accountId: null,
          cognitoIdentityId: null,
          caller: null,
          sourceIp: "192.0.2.1",
          principalOrgId: null,
          accessKey: null,
          cognitoAuthenticationType: null,
          cognitoAuthenticationProvider: null,
          userArn: null,
          userAgent: "curl/8",
          user: null,
        },
      },
      body: null,
      isBase64Encoded: false,
    });
  });

  it("keeps the case of header names, but for the few that AWS rewrites", async () => {
    const event = await eventOf({
      headers: [
        ["tEsT-HEADeR", "aValUE"],
        ["aUThorization", "token"],
        ["user-Agent", "x"],
        ["twice", "1"],
        ["twice", "2"],
      ],
    });

    expect(event.headers).toMatchObject({
      "tEsT-HEADeR": "aValUE",
      Authorization: "token",
      "User-Agent": "x",
      twice: "2",
    });
    expect(event.headers).not.toHaveProperty("aUThorization");
    expect(event.multiValueHeaders.twice).toEqual(["1", "2"]);
  });

  it("lacks the headers that end at API Gateway", async () => {
    const stripped =
      "Connection Content-Length Content-MD5 Expect Max-Forwards Proxy-Authenticate Server TE Trailer Transfer-Encoding Upgrade WWW-Authenticate".split(
        " ",
      );

    const event = await eventOf({ headers: [...stripped.map((name) => [name, "x"] as const), ["Via", "p"]] });

    expect(Object.keys(event.headers).filter((name) => stripped.includes(name))).toEqual([]);
    expect(event.headers.Via).toBe("p");
  });

  it("form-decodes the query string", async () => {
    const event = await eventOf({ target: "/v1/x?plus=a+b&pct=a%2Bb&semi=1;two=2&two=3&empty=&bare&bad=%E0%A4" });

    expect(event.queryStringParameters).toEqual({
      plus: "a b",
      pct: "a+b",
      semi: "1",
      two: "3",
      empty: "",
      bare: "",
      bad: "%E0%A4",
    });
    expect(event.multiValueQueryStringParameters.two).toEqual(["2", "3"]);
  });

  it.each([
    ["text as it is", [], "text/plain", "a{b", false],
    ["a binary media type as base64", ["image/png"], "image/png", "YXti", true],
    ["anything as base64 with */*", ["*/*"], "text/plain", "YXti", true],
  ])("carries %s", async (_, binaryMediaTypes, contentType, body, isBase64Encoded) => {
    const event = await eventOf(
      { method: "POST", headers: [["Content-Type", contentType]], body: "a{b" },
      { binaryMediaTypes },
    );

    expect(event).toMatchObject({ body, isBase64Encoded });
  });

  it("appends the client to an X-Forwarded-For that is there already", async () => {
    const event = await eventOf({ headers: [["x-forwarded-for", "198.51.100.9"]] });

    expect(event.multiValueHeaders["X-Forwarded-For"]).toEqual(["198.51.100.9, 192.0.2.1"]);
  });

  it("does not change by parameter mappings", async () => {
    const host = fakeHost();
    const integration = proxy({
      requestParameters: {
        "integration.request.header.mapped": "method.request.querystring.q",
        "integration.request.querystring.added": "'x'",
      },
    });

    await send(gatewayFor({ methods: [method({ integration })] }, { host }), { target: "/v1/things?q=1" });

    const event = JSON.parse(host.invocations[0]?.payload.toString() ?? "");
    expect(event.queryStringParameters).toEqual({ q: "1" });
    expect(event.headers).not.toHaveProperty("mapped");
  });

  it("goes to the function and qualifier of the URI, with stage variables in it", async () => {
    const host = fakeHost();
    const uri =
      "arn:aws:apigateway:eu-central-1:lambda:path/2015-03-31/functions/arn:aws:lambda:eu-central-1:000000000000:function:${stageVariables.fn}:live/invocations";

    await send(
      gatewayFor({ methods: [method({ integration: proxy({ uri }) })] }, { host, stage: { variables: { fn: "fn" } } }),
    );

    expect(host.invocations).toMatchObject([{ functionName: "fn", qualifier: "live", type: "RequestResponse" }]);
  });

  it.each(["Content-Length", "Transfer-Encoding", "Authorization", "Connection", "Expect", "Proxy-Authenticate", "TE"])(
    "is never sent when %s is mapped",
    async (name) => {
      const host = fakeHost();
      const integration = proxy({ requestParameters: { [`integration.request.header.${name}`]: "'x'" } });

      const response = await send(gatewayFor({ methods: [method({ integration })] }, { host }));

      expect(response.status).toBe(500);
      expect(host.invocations).toEqual([]);
    },
  );
});

describe("the result of a Lambda proxy integration", () => {
  it.each([
    { result: { statusCode: 200 }, status: 200, body: "" },
    { result: {}, status: 200, body: "" },
    { result: { statusCode: "201" }, status: 201, body: "" },
    { result: { statusCode: 200, headers: null }, status: 200, body: "" },
    { result: { statusCode: 200, body: null, multiValueHeaders: null, isBase64Encoded: null }, status: 200, body: "" },
    { result: { statusCode: 200, body: "dGV4dA==" }, status: 200, body: "dGV4dA==" },
    { result: { statusCode: 404, body: "é" }, status: 404, body: "é" },
  ])("$result answers $status", async ({ result, status, body }) => {
    const response = await answerTo(result);

    expect(response).toMatchObject({ status, body });
    expect(response.headers["content-type"]).toBe("application/json");
    expect(response.headers["x-amzn-trace-id"]).toMatch(/^Root=1-67014558-[0-9a-f]{24};Parent=[0-9a-f]{16};Sampled=0$/);
  });

  it.each([
    [{ statusCode: 200, wrongValue: "x" }],
    [{ statusCode: "abc" }],
    [{ statusCode: 20 }],
    [{ statusCode: 100 }],
    [{ statusCode: 200.5 }],
    [{ statusCode: 200, multiValueHeaders: { a: "1" } }],
    [{ statusCode: 200, headers: [] }],
    [{ statusCode: 200, headers: { a: { b: 1 } } }],
    [{ statusCode: 200, headers: { "a b": "1" } }],
    [{ statusCode: 200, headers: { a: "1\r\nb: 2" } }],
    [{ statusCode: 200, body: { a: 1 } }],
    [{ statusCode: 200, isBase64Encoded: "maybe" }],
    ["text"],
    [[1]],
    [null],
  ])("%j is malformed: 502", async (result) => {
    const response = await answerTo(result);

    expect(response).toMatchObject({ status: 502, body: '{"message": "Internal server error"}' });
    expect(response.headers["x-amzn-errortype"]).toBe("InternalServerErrorException");
  });

  it("sends one line per value, multi values first, each pair once, in the case of multiValueHeaders", async () => {
    const { lines } = await answerTo({
      headers: { "x-a": "2", "content-type": "text/plain", n: 5, b: true, same: "v" },
      multiValueHeaders: { "X-A": ["1", "3"], "Set-Cookie": ["a=1", "b=2"], same: ["v"] },
    });

    expect(lines.slice(2)).toEqual([
      ["X-A", "1"],
      ["X-A", "3"],
      ["Set-Cookie", "a=1"],
      ["Set-Cookie", "b=2"],
      ["same", "v"],
      ["X-A", "2"],
      ["content-type", "text/plain"],
      ["n", "5"],
      ["b", "true"],
      ["X-Amzn-Trace-Id", expect.any(String)],
    ]);
  });

  it("renames reserved headers and drops Transfer-Encoding", async () => {
    const { headers } = await answerTo({
      headers: { Date: "d", Server: "s", "WWW-Authenticate": "w", "Transfer-Encoding": "chunked", Location: "/x" },
    });

    expect(headers).toMatchObject({
      "x-amzn-remapped-date": "d",
      "x-amzn-remapped-server": "s",
      "x-amzn-remapped-www-authenticate": "w",
      location: "/x",
    });
    expect(Object.keys(headers).filter((name) => ["date", "server", "transfer-encoding"].includes(name))).toEqual([]);
  });

  it.each([
    { accept: "image/png", types: ["image/png"], decoded: true },
    { accept: "image/png,text/html", types: ["image/png"], decoded: true },
    { accept: "text/html,image/png", types: ["image/png"], decoded: false },
    { accept: "image/png;q=0.5", types: ["image/*"], decoded: true },
    { accept: "image/*", types: ["image/png"], decoded: false },
    { accept: "*/*", types: ["image/png"], decoded: false },
    { accept: "*/*", types: ["*/*"], decoded: true },
    { accept: "image", types: ["image/*"], decoded: false },
    { accept: "image/png", types: ["*/png"], decoded: false },
    { accept: undefined, types: ["image/png"], decoded: false },
  ])("is decoded for Accept $accept and binary types $types: $decoded", async ({ accept, types, decoded }) => {
    const result = { isBase64Encoded: true, body: Buffer.from([0, 255]).toString("base64") };

    const { bytes } = await answerTo(result, accept === undefined ? [] : [["Accept", accept]], types);

    expect(bytes).toEqual(decoded ? Buffer.from([0, 255]) : Buffer.from("AP8="));
  });

  it("that is not base64, but must be decoded, is 500", async () => {
    const response = await answerTo(
      { isBase64Encoded: true, body: "no-$$$" },
      [["Accept", "image/png"]],
      ["image/png"],
    );

    expect(response.status).toBe(500);
  });

  it.each([
    {
      sent: "Root=1-3152b799-8954dae64eda91bc9a23a7e8;Parent=7fa8c0f79203be72;Sampled=1",
      answered: /^Root=1-3152b799-8954dae64eda91bc9a23a7e8;Parent=7fa8c0f79203be72;Sampled=1/,
    },
    {
      sent: "Root=1-3152b799-8954dae64eda91bc9a23a7e8",
      answered: /^Root=1-3152b799-8954dae64eda91bc9a23a7e8;Parent=[0-9a-f]{16};Sampled=0$/,
    },
  ])("carries the trace $sent on", async ({ sent, answered }) => {
    const { headers } = await answerTo({}, [["x-amzn-trace-id", sent]]);

    expect(headers["x-amzn-trace-id"]).toMatch(answered);
  });
});
