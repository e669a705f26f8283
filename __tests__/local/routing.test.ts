import type { HttpMethod } from "../../definition/method";
import { markUnknown } from "../../definition/unknown";
import { createGateway } from "../../local/pipeline";
import {
  deployed,
  fakeHost,
  gatewayFor,
  method,
  mock,
  namedMethods,
  proxy,
  send,
  stack,
  stage,
} from "../support/gateway";

type Named = readonly (readonly [HttpMethod, string])[];

const SIBLINGS: Named = [
  ["POST", "/test"],
  ["ANY", "/test/any"],
  ["OPTIONS", "/{proxy+}"],
];
const GREEDY_ROOT: Named = [
  ["GET", "/part1"],
  ["GET", "/part1/hardcoded-value"],
  ["GET", "/{param+}"],
];
const ORDERS: Named = [
  ["GET", "/"],
  ["GET", "/orders"],
  ["ANY", "/orders/{orderId}"],
  ["GET", "/orders/{orderId}"],
  ["GET", "/orders/latest"],
  ["GET", "/orders/{orderId}/events/{eventId}"],
];

describe("routing", () => {
  it.each(["/v1/a//b", "/v1/a//b/", "/v1//a//b//"])("gives a greedy variable no outer slashes: %s", async (target) => {
    const gateway = gatewayFor({
      methods: [method({ resourcePath: "/{p+}", integration: mock("$input.params('p')") })],
    });

    expect((await send(gateway, { target })).body).toBe("a//b");
  });

  it.each<{ api: Named; request: string; served: string }>([
    { api: SIBLINGS, request: "OPTIONS /test", served: "OPTIONS /{proxy+}" },
    { api: SIBLINGS, request: "OPTIONS /test/any", served: "ANY /test/any" },
    { api: SIBLINGS, request: "GET /test/any", served: "ANY /test/any" },
    { api: GREEDY_ROOT, request: "GET /part1/hardcoded-value", served: "GET /part1/hardcoded-value" },
    { api: GREEDY_ROOT, request: "GET /part1/other", served: "GET /{param+}" },
    { api: GREEDY_ROOT, request: "GET /part1", served: "GET /part1" },
    { api: ORDERS, request: "GET /", served: "GET /" },
    { api: ORDERS, request: "GET", served: "GET /" },
    { api: ORDERS, request: "GET /orders", served: "GET /orders" },
    { api: ORDERS, request: "GET /orders/", served: "GET /orders" },
    { api: ORDERS, request: "GET //orders", served: "GET /orders" },
    { api: ORDERS, request: "GET /orders/latest", served: "GET /orders/latest" },
    { api: ORDERS, request: "PUT /orders/latest", served: "ANY /orders/{orderId}" },
    { api: ORDERS, request: "GET /orders/17", served: "GET /orders/{orderId}" },
    { api: ORDERS, request: "GET /orders/17?x=/a/b", served: "GET /orders/{orderId}" },
    { api: ORDERS, request: "GET /orders/17/events/3", served: "GET /orders/{orderId}/events/{eventId}" },
  ])("serves $request by $served", async ({ api, request, served }) => {
    const [verb = "", path = ""] = request.split(" ");
    const gateway = gatewayFor({ methods: namedMethods(...api) });

    const response = await send(gateway, { method: verb, target: `/v1${path}` });

    expect(response).toMatchObject({ status: 200, body: served });
  });

  it.each([
    ["an unknown path", "GET", "/v1/nowhere"],
    ["a verb that the resource lacks", "POST", "/v1/orders"],
    ["HEAD, which GET does not imply", "HEAD", "/v1/orders"],
    ["an empty path variable", "GET", "/v1/orders//events/3"],
    ["a path that goes on", "GET", "/v1/orders/17/events"],
  ])("answers 403 to %s", async (_, verb, target) => {
    const gateway = gatewayFor({ methods: namedMethods(["GET", "/orders"], ["GET", "/orders/{orderId}/events/{id}"]) });

    const response = await send(gateway, { method: verb, target });

    expect(response).toMatchObject({ status: 403, body: '{"message":"Missing Authentication Token"}' });
    expect(response.headers).toMatchObject({
      "content-type": "application/json",
      "x-amzn-errortype": "MissingAuthenticationTokenException",
      "x-amzn-requestid": expect.stringMatching(/^[0-9a-f-]{36}$/),
      "x-amz-apigw-id": expect.stringMatching(/^[\w+/]{15}=$/),
    });
    expect(response.headers).not.toHaveProperty("x-amzn-trace-id");
  });

  it("complains about the Authorization header of an unknown path when it is no signature", async () => {
    const gateway = gatewayFor({ methods: [] });

    const token = await send(gateway, { headers: [["Authorization", "Bearer abc"]] });
    const signature = await send(gateway, { headers: [["Authorization", "AWS4-HMAC-SHA256 Credential=x"]] });

    expect(token.status).toBe(403);
    expect(token.body).toMatch(/Invalid key=value pair \(missing equal-sign\) in Authorization header/);
    expect(token.headers["x-amzn-errortype"]).toBe("IncompleteSignatureException");
    expect(signature.headers["x-amzn-errortype"]).toBe("MissingAuthenticationTokenException");
  });

  it("lets X-HTTP-Method-Override replace the verb", async () => {
    const gateway = gatewayFor({ methods: namedMethods(["GET", "/things"], ["POST", "/things"]) });

    const response = await send(gateway, { method: "POST", headers: [["X-HTTP-Method-Override", "GET"]] });

    expect(response.body).toBe("GET /things");
  });

  it.each(["TRACE", "CONNECT", "ANY", "NO VERB", ""])("does not let ANY serve the verb '%s'", async (verb) => {
    const gateway = gatewayFor({ methods: namedMethods(["ANY", "/things"]) });

    const response = await send(gateway, { headers: [["X-HTTP-Method-Override", verb]] });

    expect(response.status).toBe(403);
    expect(response.headers["x-amzn-errortype"]).toBe("MissingAuthenticationTokenException");
  });

  it.each([
    { target: "/v1/a-value", path: "/a-value", full: "/v1/a-value", proxy: "a-value" },
    { target: "/v1/a-value/?q=1", path: "/a-value/", full: "/v1/a-value/", proxy: "a-value" },
    { target: "/v1//a-value", path: "/a-value", full: "/v1//a-value", proxy: "a-value" },
    { target: "//v1/a//b", path: "/a//b", full: "/v1/a//b", proxy: "a//b" },
    { target: "/v1/t%2Ba@x.com/t+a", path: "/t%2Ba@x.com/t+a", full: "/v1/t%2Ba@x.com/t+a", proxy: "t%2Ba@x.com/t+a" },
    { target: "/v1/a%2Fb/", path: "/a%2Fb/", full: "/v1/a%2Fb/", proxy: "a%2Fb" },
  ])("keeps the path of $target as it was written", async ({ target, path, full, proxy: value }) => {
    const host = fakeHost();
    const api = { methods: [method({ resourcePath: "/{proxy+}", integration: proxy() })] };

    await send(gatewayFor(api, { host }), { target });

    const event = JSON.parse(host.invocations[0]?.payload.toString() ?? "");
    expect(event).toMatchObject({ path, pathParameters: { proxy: value }, requestContext: { path: full } });
  });

  it("gives two stages of one API their own URLs and variables", async () => {
    const api = { methods: [method({ integration: mock("$context.stage $stageVariables.v") })] };
    const stages = [stage({ name: "dev", variables: { v: "1" } }), stage({ name: "prod", variables: { v: "2" } })];
    const gateway = createGateway({ stacks: [stack({ apis: [deployed(api, stages)] })], host: fakeHost() });

    const [dev, prod] = [
      await send(gateway, { target: "/dev/things" }),
      await send(gateway, { target: "/prod/things" }),
    ];

    expect([dev.body, prod.body]).toEqual(["dev 1", "prod 2"]);
  });

  it.each(["/", "/nope", "/nope/things", "*", ""])(
    "answers 403 Forbidden to the unknown stage of %s",
    async (target) => {
      const response = await send(gatewayFor({ methods: namedMethods(["GET", "/things"]) }), { target });

      expect(response).toMatchObject({ status: 403, body: '{"message":"Forbidden"}' });
      expect(response.headers).toMatchObject({
        "x-amzn-errortype": "ForbiddenException",
        "x-amzn-requestid": expect.stringMatching(/^[0-9a-f-]{36}$/),
        "x-amz-apigw-id": expect.stringMatching(/^[\w+/]{15}=$/),
      });
    },
  );

  it.each([
    [
      "arn:aws:apigateway:r:lambda:path/2015-03-31/functions/arn:aws:lambda:r:0:function:fn:live/invocations",
      "AWS_PROXY fn:live",
    ],
    [
      "arn:aws:apigateway:r:lambda:path/2021-11-15/functions/arn:aws:lambda:r:0:function:fn/response-streaming-invocations",
      "AWS_PROXY fn",
    ],
    [
      `http://${markUnknown({ address: "aws_lb.main", attribute: "dns_name" })}/x`,
      "AWS_PROXY http://(unknown aws_lb.main.dns_name)/x",
    ],
  ])("lists what is behind a route: %s", (uri, integration) => {
    const gateway = gatewayFor({ methods: [method({ integration: proxy({ uri }) })] });

    expect(gateway.routes()).toMatchObject([{ integration }]);
  });

  it("lists its routes", () => {
    const gateway = gatewayFor({
      requestValidators: { all: { validateRequestBody: true, validateRequestParameters: true } },
      models: { Order: { contentType: "application/json", schema: {} } },
      methods: [
        method({
          httpMethod: "POST",
          resourcePath: "/orders",
          apiKeyRequired: true,
          requestValidator: "all",
          requestModels: { "application/json": "Order" },
          integration: proxy(),
        }),
        method({ resourcePath: "/health" }),
      ],
    });

    expect(gateway.routes()).toEqual([
      {
        stage: "v1",
        address: "v1",
        verb: "POST",
        path: "/orders",
        integration: "AWS_PROXY fn:live",
        apiKeyRequired: true,
        flags: ["API key", "parameters", "body model Order"],
      },
      {
        stage: "v1",
        address: "v1",
        verb: "GET",
        path: "/health",
        integration: "MOCK",
        apiKeyRequired: false,
        flags: [],
      },
    ]);
  });
});
