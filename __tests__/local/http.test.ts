import type { IntegrationDefinition } from "../../definition/integration";
import type { BackendResponse } from "../../local/host/host";
import { custom, fakeHost, gatewayFor, integrationResponse, method, send } from "../support/gateway";

function call(
  type: "HTTP" | "HTTP_PROXY",
  overrides: Partial<IntegrationDefinition> = {},
  request: Parameters<typeof send>[1] = {},
  answer: Partial<BackendResponse> = {},
  binaryMediaTypes: string[] = [],
) {
  const host = fakeHost({ fetch: () => answer });
  const integration = custom(type, overrides);
  const gateway = gatewayFor(
    { methods: [method({ resourcePath: "/things/{id}", httpMethod: "ANY", integration })], binaryMediaTypes },
    { host, stage: { variables: { host: "rates.example.com", sv: "stage-value" } } },
  );
  return send(gateway, { target: "/v1/things/7", ...request }).then((response) => {
    const [sent] = host.requests;
    const headers = Object.fromEntries((sent?.headers ?? []).map(([name, value]) => [name.toLowerCase(), value]));
    return { response, sent, headers };
  });
}

describe("an HTTP integration", () => {
  it("sends nothing of the client but the body and its type", async () => {
    const { sent } = await call(
      "HTTP",
      {},
      {
        method: "PUT",
        target: "/v1/things/7?q=1",
        headers: [
          ["Content-Type", "text/x"],
          ["X-Own", "1"],
          ["User-Agent", "curl"],
        ],
        body: "abc",
      },
    );

    expect(sent).toEqual({
      method: "POST",
      url: "https://backend.example.com/base",
      headers: [
        ["Host", "backend.example.com"],
        ["Accept", "application/json"],
        ["Content-Type", "text/x"],
        ["User-Agent", "AmazonAPIGateway_abcdefghij"],
        ["X-Amzn-Apigateway-Api-Id", "abcdefghij"],
        ["X-Amzn-Trace-Id", expect.stringMatching(/^Root=1-/)],
        ["Content-Length", "3"],
      ],
      body: Buffer.from("abc"),
    });
  });

  it("maps parameters to places, names and values", async () => {
    const { sent, headers } = await call(
      "HTTP",
      {
        uri: "https://${stageVariables.host}/items/{key}/{nope}?fix=1",
        requestParameters: {
          "integration.request.path.key": "method.request.path.id",
          "integration.request.querystring.all": "method.request.multivaluequerystring.q",
          "integration.request.querystring.last": "method.request.querystring.q",
          "integration.request.querystring.missing": "method.request.querystring.nope",
          "integration.request.header.literal": "'it''s'",
          "integration.request.header.many": "method.request.multivalueheader.x",
          "integration.request.header.one": "method.request.header.x",
          "integration.request.header.case": "method.request.header.X",
          "integration.request.header.sv": "stageVariables.sv",
          "integration.request.header.ctx": "context.stage",
          "integration.request.header.name": "method.request.body.user.name",
          "integration.request.header.whole": "method.request.body",
          "integration.request.header.Accept": "'text/plain'",
        },
      },
      {
        method: "POST",
        target: "/v1/things/a%20b?q=1&q=2",
        headers: [
          ["x", "1"],
          ["x", "2"],
        ],
        body: '{"user":{"name":"Ann"}}',
      },
    );

    expect(sent?.url).toBe("https://rates.example.com/items/a%20b/{nope}?fix=1&all=1&all=2&last=2");
    expect(headers).toMatchObject({
      literal: "it''s",
      many: "1,2",
      one: "2",
      sv: "stage-value",
      ctx: "v1",
      name: "Ann",
      whole: '{"user":{"name":"Ann"}}',
      accept: "text/plain",
    });
    expect(headers).not.toHaveProperty("case");
    expect(headers).not.toHaveProperty("missing");
  });

  it("lets templates override parameters", async () => {
    const template =
      '#set($context.requestOverride.header.h = "over")#set($context.requestOverride.header.list = ["a", "b"])#set($context.requestOverride.path.id = "9")#set($context.requestOverride.querystring.q = "x y")body';

    const { sent, headers } = await call("HTTP", {
      uri: "https://backend.example.com/{id}",
      requestTemplates: { "application/json": template },
      requestParameters: {
        "integration.request.header.h": "'mapped'",
        "integration.request.path.id": "method.request.path.id",
      },
    });

    expect(sent).toMatchObject({ url: "https://backend.example.com/9?q=x%20y", body: Buffer.from("body") });
    expect(headers).toMatchObject({ h: "over", list: "a,b" });
  });

  it.each([
    { backend: 200, status: 200 },
    { backend: 404, status: 400 },
    { backend: 201, status: 200 },
    { backend: 4040, status: 200 },
  ])("answers a backend's $backend with $status", async ({ backend, status }) => {
    const responses = [integrationResponse({ statusCode: "400", selectionPattern: "4\\d{2}" }), integrationResponse()];

    const { response } = await call("HTTP", { responses }, {}, { status: backend });

    expect(response.status).toBe(status);
  });

  it("maps response headers and passes no other", async () => {
    const responses = [
      integrationResponse({
        responseParameters: {
          "method.response.header.a": "integration.response.header.X-Own",
          "method.response.header.b": "integration.response.body.k",
          "method.response.header.c": "stageVariables.sv",
          "method.response.header.d": "context.stage",
          "method.response.header.e": "'literal'",
          "method.response.header.f": "integration.response.multivalueheader.two",
          "method.response.header.none": "integration.response.header.nope",
        },
      }),
    ];

    const { response } = await call(
      "HTTP",
      { responses },
      {},
      {
        headers: [
          ["x-own", "1"],
          ["two", "1"],
          ["two", "2"],
          ["Content-Type", "text/html"],
        ],
        body: Buffer.from('{"k":"two"}'),
      },
    );

    expect(response.headers).toMatchObject({
      a: "1",
      b: "two",
      c: "stage-value",
      d: "v1",
      e: "literal",
      "content-type": "application/json",
    });
    expect(response.lines.filter(([name]) => name === "f")).toEqual([
      ["f", "1"],
      ["f", "2"],
    ]);
    expect(Object.keys(response.headers)).not.toEqual(expect.arrayContaining(["x-own"]));
    expect(response.headers).not.toHaveProperty("none");
  });

  it("is 500 when a body that is mapped to a header is no JSON", async () => {
    const responses = [
      integrationResponse({ responseParameters: { "method.response.header.a": "integration.response.body.k" } }),
    ];

    const { response } = await call("HTTP", { responses }, {}, { body: Buffer.from("{wrong") });

    expect(response.status).toBe(500);
  });

  it.each([
    ["{wrong", 400, undefined],
    ["  ", 200, "{}"],
    ["plain text", 200, "plain text"],
  ])("is 400 when a body that looks like JSON and is none is mapped: %j gives %i", async (body, status, mapped) => {
    const requestParameters = { "integration.request.header.h": "method.request.body" };

    const { response, headers } = await call("HTTP", { requestParameters }, { method: "POST", body });

    expect(response.status).toBe(status);
    expect(headers.h).toBe(mapped);
  });

  it.each([
    ["text/csv;q=0.5, text/html", { "text/csv": "csv", "application/json": "json" }, "csv", "text/csv"],
    ["text/html, text/csv", { "text/csv": "csv", "application/json": "json" }, "json", "application/json"],
    ["*/*", { "text/csv": "csv", "application/json": "json" }, "json", "application/json"],
    ["text/html", { "text/csv": "csv" }, "csv", "text/csv"],
    ["application/json", { "application/json": "", "text/csv": "csv" }, "raw", "application/json"],
  ])("for Accept %j and the templates %j answers %j as %s", async (accept, responseTemplates, body, contentType) => {
    const { response } = await call(
      "HTTP",
      { responses: [integrationResponse({ responseTemplates })] },
      { headers: [["Accept", accept]] },
      { body: Buffer.from("raw") },
    );

    expect(response).toMatchObject({ body, headers: { "content-type": contentType } });
  });

  const PASSED =
    "Accept Accept-Charset Accept-Encoding Age Content-Encoding Content-Type Pragma Range Referer TE Via Warn".split(
      " ",
    );
  const REMAPPED =
    "Authorization Connection Content-Length Content-MD5 Date Expect Host Max-Forwards Proxy-Authenticate Server Trailer Upgrade User-Agent WWW-Authenticate".split(
      " ",
    );

  it("passes, renames or drops mapped response headers", async () => {
    const all = [...PASSED, ...REMAPPED, "Transfer-Encoding"];
    const responseParameters = Object.fromEntries(
      all.map((name) => [`method.response.header.${name}`, `'own ${name}'`]),
    );

    const { response } = await call("HTTP", { responses: [integrationResponse({ responseParameters })] });

    const own = response.lines.filter(([, value]) => value.startsWith("own ")).map(([name]) => name);
    expect(own.sort()).toEqual([...PASSED, ...REMAPPED.map((name) => `x-amzn-Remapped-${name}`)].sort());
  });

  it.each(["Content-Length", "Transfer-Encoding"])("never sends a request when %s is mapped", async (name) => {
    const { response, sent } = await call("HTTP", {
      requestParameters: { [`integration.request.header.${name}`]: "'0'" },
    });

    expect(response).toMatchObject({ status: 500, body: '{"message": "Internal server error"}' });
    expect(response.headers).not.toHaveProperty("x-amzn-trace-id");
    expect(sent).toBeUndefined();
  });
});

describe("what an integration sends", () => {
  it.each([
    { place: "path.id", sent: "https://backend.example.com/%F0%9F%98%80/caf%C3%A9" },
    { place: "querystring.q", sent: "https://backend.example.com/{id}?q=%F0%9F%98%80%2Fcaf%C3%A9" },
  ])("encodes what a URL cannot hold in $place", async ({ place, sent: url }) => {
    const { sent } = await call(
      "HTTP",
      {
        uri: "https://backend.example.com/{id}",
        requestParameters: { [`integration.request.${place}`]: "method.request.querystring.text" },
      },
      { target: "/v1/things/7?text=%F0%9F%98%80%2Fcaf%C3%A9" },
    );

    expect(sent?.url).toBe(url);
  });

  it("replaces half of a surrogate pair, which no URL can hold", async () => {
    const template = '#set($context.requestOverride.querystring.q = $input.path("$.text"))';

    const { sent } = await call(
      "HTTP",
      { requestTemplates: { "application/json": template } },
      { body: '{"text":"a\\ud83d"}' },
    );

    expect(sent?.url).toBe("https://backend.example.com/base?q=a%EF%BF%BD");
  });

  it.each(["a%0d%0aX-Injected: 1", "%E2%82%AC", "%00"])("is 500 when a mapped header is %s", async (value) => {
    const host = fakeHost();
    const integration = custom("HTTP", {
      requestParameters: { "integration.request.header.X-Text": "method.request.querystring.text" },
    });

    const response = await send(gatewayFor({ methods: [method({ integration })] }, { host }), {
      target: `/v1/things?text=${value}`,
    });

    expect(response.status).toBe(500);
    expect(host.requests).toEqual([]);
    expect(host.bugs).toEqual([]);
  });

  it.each([
    { method: "POST", length: "0" },
    { method: "PUT", length: "0" },
    { method: "GET", length: undefined },
    { method: "DELETE", length: undefined },
  ])("says of a $method without body that its length is $length", async ({ method: verb, length }) => {
    const { headers } = await call("HTTP_PROXY", { httpMethod: verb });

    expect(headers["content-length"]).toBe(length);
  });
});

describe("an HTTP_PROXY integration", () => {
  it.each([
    ["ends", undefined, {}],
    [
      "passes when it is mapped",
      "PUT",
      { "integration.request.header.X-HTTP-Method-Override": "method.request.header.X-HTTP-Method-Override" },
    ],
  ])("has replaced the verb, so that X-HTTP-Method-Override %s", async (_, passed, requestParameters) => {
    const { sent, headers } = await call(
      "HTTP_PROXY",
      { httpMethod: "ANY", requestParameters },
      { method: "POST", headers: [["X-HTTP-Method-Override", "PUT"]] },
    );

    expect(sent?.method).toBe("PUT");
    expect(headers["x-http-method-override"]).toBe(passed);
  });

  it("passes path, raw query, body and headers, but for those that end at a proxy", async () => {
    const { sent, headers } = await call(
      "HTTP_PROXY",
      {
        httpMethod: "ANY",
        uri: "https://backend.example.com/base/{id}",
        requestParameters: { "integration.request.path.id": "method.request.path.id" },
      },
      {
        method: "PATCH",
        target: "/v1/things/7?b=%20&a=1+2&flag",
        headers: [
          ["X-Own", "1"],
          ["Via", "p"],
          ["Content-Encoding", "identity"],
          ["Connection", "close"],
          ["TE", "gzip"],
          ["Authorization", "t"],
          ["Date", "d"],
        ],
        body: "abc",
      },
    );

    expect(sent).toMatchObject({
      method: "PATCH",
      url: "https://backend.example.com/base/7?b=%20&a=1+2&flag",
      body: Buffer.from("abc"),
    });
    expect(headers).toMatchObject({
      host: "backend.example.com",
      "x-own": "1",
      authorization: "t",
      date: "d",
      "x-amzn-apigateway-api-id": "abcdefghij",
      "x-amzn-trace-id": expect.stringMatching(/^Root=/),
      "content-length": "3",
    });
    expect(Object.keys(headers)).not.toEqual(expect.arrayContaining(["via"]));
    expect(["via", "content-encoding", "connection", "te"].filter((name) => name in headers)).toEqual([]);
  });

  it.each([
    ["AWS4-HMAC-SHA256 Credential=a/20250101/eu-central-1/execute-api/aws4_request", undefined],
    ["Bearer token", "Bearer token"],
  ])("keeps a signature to itself and passes tokens: %s", async (authorization, passed) => {
    const { headers } = await call("HTTP_PROXY", {}, { headers: [["Authorization", authorization]] });

    expect(headers.authorization).toBe(passed);
  });

  it("adds mapped query parameters to the client's", async () => {
    const { sent } = await call(
      "HTTP_PROXY",
      { requestParameters: { "integration.request.querystring.q": "'new'" } },
      { target: "/v1/things/7?q=old&other=1" },
    );

    expect(sent?.url).toBe("https://backend.example.com/base?other=1&q=new");
  });

  it("sends mapped headers, Host too, and drops the ones that no backend may get", async () => {
    const { headers } = await call("HTTP_PROXY", {
      requestParameters: {
        "integration.request.header.Host": "method.request.header.Host",
        "integration.request.header.Content-Encoding": "'compress'",
        "integration.request.header.Connection": "'keep-alive'",
        "integration.request.header.TE": "'gzip'",
        "integration.request.header.Via": "'v'",
      },
    });

    expect(headers).toMatchObject({ host: "api.example.com", "content-encoding": "compress" });
    expect(["connection", "te", "via"].filter((name) => name in headers)).toEqual([]);
  });

  it("relays status, headers and body of the backend, redirects too", async () => {
    const { response } = await call(
      "HTTP_PROXY",
      { responses: [integrationResponse({ responseParameters: { "method.response.header.Age": "'1'" } })] },
      {},
      {
        status: 301,
        headers: [
          ["Location", "https://example.com/x"],
          ["X-Own", "1"],
          ["X-Own", "2"],
          ["Server", "s"],
          ["Date", "d"],
          ["Connection", "close"],
          ["Content-Length", "3"],
          ["Transfer-Encoding", "chunked"],
          ["Keep-Alive", "timeout=5"],
          ["x-amzn-requestid", "backend"],
        ],
        body: Buffer.from("abc"),
      },
    );

    expect(response).toMatchObject({ status: 301, body: "abc" });
    expect(response.lines.slice(2)).toEqual([
      ["Content-Type", "application/json"],
      ["Location", "https://example.com/x"],
      ["X-Own", "1"],
      ["X-Own", "2"],
      ["x-amzn-Remapped-Server", "s"],
      ["x-amzn-Remapped-Date", "d"],
      ["x-amzn-Remapped-Connection", "close"],
      ["x-amzn-Remapped-Content-Length", "3"],
      ["x-amzn-Remapped-x-amzn-requestid", "backend"],
    ]);
  });

  it.each<Partial<BackendResponse>>([{ status: 99 }, { status: 101 }, { headers: [["X-Line", "a\nb"]] }])(
    "is 500, and reported, when no client could read the backend's answer: %j",
    async (answer) => {
      const host = fakeHost({ fetch: () => answer });

      const response = await send(gatewayFor({ methods: [method({ integration: custom("HTTP_PROXY") })] }, { host }));

      expect(response.status).toBe(500);
      expect(host.bugs).toHaveLength(1);
    },
  );

  it("leaves a coded body untouched", async () => {
    const gzip = Buffer.from([31, 139, 8, 0, 255]);

    const { response } = await call("HTTP_PROXY", {}, {}, { headers: [["Content-Encoding", "gzip"]], body: gzip });

    expect(response.bytes).toEqual(gzip);
  });
});
