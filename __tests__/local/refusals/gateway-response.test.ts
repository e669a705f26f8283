import type { GatewayResponseDefinition, GatewayResponseType } from "../../../definition/gateway-response";
import { BackendUnreachable } from "../../../local/host/host";
import { custom, fails, fakeHost, gatewayFor, method, mock, proxy, returns, send } from "../../support/gateway";

const customised = (type: GatewayResponseType, definition: Partial<GatewayResponseDefinition>) => ({
  [type]: { responseParameters: {}, responseTemplates: {}, ...definition },
});

describe("gateway responses", () => {
  it.each([
    [
      "a header only",
      { responseParameters: { "gatewayresponse.header.x-a": "method.request.header.Accept" } },
      403,
      "text/x",
    ],
    ["a status only", { statusCode: "404" }, 404, undefined],
  ])("keep everything else when %s is customised", async (_, definition, status, header) => {
    const gateway = gatewayFor({ gatewayResponses: customised("MISSING_AUTHENTICATION_TOKEN", definition) });

    const response = await send(gateway, { headers: [["Accept", "text/x"]] });

    expect(response).toMatchObject({ status, body: '{"message":"Missing Authentication Token"}' });
    expect(response.headers["x-a"]).toBe(header);
  });

  it("substitute context, stage variables and parameters, and nothing else", async () => {
    const template =
      '{"m":$context.error.messageString,"t":"$context.error.responseType","s":"${context.stage}","v":"$stageVariables.a","q":"$method.request.querystring.q","none":"$context.nope","d":"#if(true)x#end"}';
    const gateway = gatewayFor(
      {
        gatewayResponses: customised("MISSING_AUTHENTICATION_TOKEN", {
          responseTemplates: { "application/json": template },
        }),
      },
      { stage: { variables: { a: "1" } } },
    );

    const response = await send(gateway, { target: "/v1/nope?q=2" });

    expect(JSON.parse(response.body)).toEqual({
      m: "Missing Authentication Token",
      t: "MISSING_AUTHENTICATION_TOKEN",
      s: "v1",
      v: "1",
      q: "2",
      none: "",
      d: "#if(true)x#end",
    });
  });

  it("choose the template by Accept, else JSON", async () => {
    const responseTemplates = { "application/json": '{"j":1}', "application/xml": "<x/>" };
    const gateway = gatewayFor({ gatewayResponses: customised("MISSING_AUTHENTICATION_TOKEN", { responseTemplates }) });

    const xml = await send(gateway, { headers: [["Accept", "application/xml"]] });
    const json = await send(gateway, { headers: [["Accept", "text/html"]] });

    expect([xml.body, xml.headers["content-type"]]).toEqual(["<x/>", "application/xml"]);
    expect([json.body, json.headers["content-type"]]).toEqual(['{"j":1}', "application/json"]);
  });

  it("of a whole class apply to types that are not customised themselves", async () => {
    const gatewayResponses = {
      ...customised("DEFAULT_4XX", {
        responseParameters: { "gatewayresponse.header.Access-Control-Allow-Origin": "'*'" },
      }),
      ...customised("INVALID_API_KEY", { statusCode: "499" }),
    };
    const gateway = gatewayFor({ gatewayResponses, methods: [method({ apiKeyRequired: true })] });

    const unknown = await send(gateway, { target: "/v1/nope" });
    const keyless = await send(gateway);

    expect(unknown).toMatchObject({ status: 403, headers: { "access-control-allow-origin": "*" } });
    expect(keyless.status).toBe(499);
    expect(keyless.headers).not.toHaveProperty("access-control-allow-origin");
  });

  it("ignore types that this error is not", async () => {
    const gatewayResponses = {
      ...customised("RESOURCE_NOT_FOUND", { statusCode: "499" }),
      ...customised("DEFAULT_5XX", { statusCode: "599" }),
    };

    const response = await send(gatewayFor({ gatewayResponses }));

    expect(response.status).toBe(403);
  });

  it("still report the error when their own mapping fails", async () => {
    const gatewayResponses = customised("DEFAULT_4XX", {
      responseParameters: { "gatewayresponse.header.x-a": "no.such.source", "gatewayresponse.header.x-b": "'b'" },
    });

    const response = await send(gatewayFor({ gatewayResponses }));

    expect(response).toMatchObject({ status: 403, headers: { "x-b": "b" } });
    expect(response.headers).not.toHaveProperty("x-a");
  });

  const INTERNAL = '{"message": "Internal server error"}';

  it.each([
    {
      failure: "a function that throws",
      integration: proxy(),
      host: fakeHost({ invoke: () => fails("boom") }),
      status: 502,
      body: INTERNAL,
    },
    {
      failure: "a function that does not exist",
      integration: proxy(),
      host: fakeHost({ invoke: () => ({ status: 404 }) }),
      status: 500,
      body: INTERNAL,
    },
    {
      failure: "a function that is too busy",
      integration: proxy(),
      host: fakeHost({ invoke: () => ({ status: 429 }) }),
      status: 500,
      body: INTERNAL,
    },
    {
      failure: "a result above Lambda's limit",
      integration: proxy(),
      host: fakeHost({ invoke: () => returns({ body: "a".repeat(6 * 1024 * 1024) }) }),
      status: 502,
      body: INTERNAL,
    },
    {
      failure: "a function that is called with GET",
      integration: proxy({ httpMethod: "GET" }),
      host: fakeHost(),
      status: 500,
      body: INTERNAL,
    },
    {
      failure: "a backend that cannot be reached",
      integration: custom("HTTP_PROXY"),
      host: fakeHost({
        fetch: () => {
          throw new BackendUnreachable("refused");
        },
      }),
      status: 504,
      body: '{"message": "Network error communicating with endpoint"}',
    },
    {
      failure: "a backend that takes too long",
      integration: custom("HTTP_PROXY", { timeoutMillis: 50 }),
      host: fakeHost({ fetch: () => new Promise(() => {}) }),
      status: 504,
      body: '{"message": "Endpoint request timed out"}',
    },
    {
      failure: "a stage variable that is not defined",
      integration: custom("HTTP", { uri: "https://${stageVariables.nope}/" }),
      host: fakeHost(),
      status: 500,
      body: INTERNAL,
    },
    {
      failure: "a URI that is none",
      integration: custom("HTTP", { uri: "no uri" }),
      host: fakeHost(),
      status: 500,
      body: INTERNAL,
    },
    {
      failure: "an answer above 10 MB",
      integration: custom("HTTP_PROXY"),
      host: fakeHost({ fetch: () => ({ body: Buffer.alloc(10_485_761) }) }),
      status: 500,
      body: INTERNAL,
    },
    {
      failure: "no integration response",
      integration: mock("", { responses: [] }),
      host: fakeHost(),
      status: 500,
      body: INTERNAL,
    },
  ])("tell the client of $failure by $status", async ({ integration, host, status, body }) => {
    const response = await send(gatewayFor({ methods: [method({ integration })] }, { host }));

    expect(response).toMatchObject({ status, body });
    expect(response.headers["x-amzn-errortype"]).toBe("InternalServerErrorException");
    expect(host.bugs).toEqual([]);
  });

  it("reach a client without a method response for the selected status as 500", async () => {
    const gateway = gatewayFor({ methods: [method({ integration: mock("ok"), methodResponses: {} })] });

    expect(await send(gateway)).toMatchObject({ status: 500, body: INTERNAL });
  });

  it("never show a bug of ours: it is reported, and the gateway goes on serving", async () => {
    const host = fakeHost({
      invoke: () => {
        throw new TypeError("secret detail");
      },
    });
    const gateway = gatewayFor(
      { methods: [method({ integration: proxy() }), method({ resourcePath: "/ok", integration: mock("ok") })] },
      { host },
    );

    const broken = await send(gateway);
    const next = await send(gateway, { target: "/v1/ok" });

    expect(broken).toMatchObject({ status: 500, body: INTERNAL });
    expect(host.bugs).toEqual([expect.objectContaining({ message: "secret detail" })]);
    expect(next.body).toBe("ok");
  });

  it("refuse too large bodies, events and headers with AWS's words", async () => {
    const gateway = gatewayFor({ methods: [method({ httpMethod: "POST", integration: proxy() })] });

    const payload = await send(gateway, { method: "POST", body: Buffer.alloc(10_485_761) });
    const event = await send(gateway, { method: "POST", body: "a".repeat(7 * 1024 * 1024) });
    const headers = await send(gateway, { method: "POST", headers: [["X-Big", "a".repeat(10_300)]] });

    expect(payload).toMatchObject({ status: 413, body: "HTTP content length exceeded 10485760 bytes." });
    expect(payload.headers).not.toHaveProperty("x-amzn-errortype");
    expect(event).toMatchObject({ status: 413, body: '{"message": "Request Too Long"}' });
    expect(event.headers["x-amzn-errortype"]).toBe("BadRequestException");
    expect(headers.status).toBe(431);
  });
});
