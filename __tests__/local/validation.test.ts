import type { RestApiDefinition } from "../../definition/rest-api";
import { fakeHost, gatewayFor, method, mock, proxy, send } from "../support/gateway";

const SUM = {
  $schema: "http://json-schema.org/draft-04/schema#",
  title: "Sum",
  type: "object",
  properties: { a: { type: "number" }, b: { type: "number" }, id: { type: "string", format: "byte" } },
  required: ["a", "b"],
};
const modelUrl = (name: string) => `https://apigateway.amazonaws.com/restapis/abcdefghij/models/${name}`;

const api = (overrides: Partial<RestApiDefinition> = {}): Partial<RestApiDefinition> => ({
  models: {
    Sum: { contentType: "application/json", schema: SUM },
    Sums: { contentType: "application/json", schema: { type: "array", items: { $ref: modelUrl("Sum") } } },
    Person: {
      contentType: "application/json",
      schema: {
        type: "object",
        required: ["name"],
        properties: { name: { type: "string" }, house: { $ref: modelUrl("House") } },
      },
    },
    House: {
      contentType: "application/json",
      schema: {
        type: "object",
        properties: { people: { type: "array", minItems: 1, items: { $ref: "#/components/schemas/Person" } } },
      },
    },
    Price: {
      contentType: "application/json",
      schema: { type: "object", properties: { price: { type: "number", minimum: 0, exclusiveMinimum: true } } },
    },
    Mail: {
      contentType: "application/json",
      schema: { type: "object", properties: { to: { type: "string", format: "email" } } },
    },
    Unlike: { contentType: "application/json", schema: { type: "array", uniqueItems: true } },
    Loose: { contentType: "application/json", schema: { type: "object" } },
    Anything: { contentType: "application/json", schema: {} },
  },
  requestValidators: {
    all: { validateRequestBody: true, validateRequestParameters: true },
    body: { validateRequestBody: true, validateRequestParameters: false },
    parameters: { validateRequestBody: false, validateRequestParameters: true },
    nothing: { validateRequestBody: false, validateRequestParameters: false },
  },
  ...overrides,
});

const INVALID_BODY = { status: 400, body: '{"message":"Invalid request body"}' };

describe("validation of parameters", () => {
  const guarded = (requestValidator?: string) =>
    gatewayFor(
      api({
        methods: [
          method({
            resourcePath: "/things/{id}",
            httpMethod: "ANY",
            integration: mock("ok"),
            requestParameters: {
              "method.request.querystring.q": true,
              "method.request.path.issuer": true,
              "method.request.path.id": true,
              "method.request.header.x-h": true,
              "method.request.header.optional": false,
            },
            requestModels: { "application/json": "Sum" },
            ...(requestValidator && { requestValidator }),
          }),
        ],
      }),
    );

  it("reports all that is missing at once: headers, path, query, before the body", async () => {
    const response = await send(guarded("all"), { method: "POST", target: "/v1/things/7", body: '{"bad":1}' });

    expect(response).toMatchObject({
      status: 400,
      body: '{"message":"Missing required request parameters: [x-h, issuer, q]"}',
    });
    expect(response.headers["x-amzn-errortype"]).toBe("BadRequestException");
  });

  it.each([
    ["absent", "/v1/things/7", []],
    ["blank", "/v1/things/7?q=", [["x-h", " "]]],
  ] as const)("counts a parameter that is %s as missing", async (_, target, headers) => {
    const response = await send(guarded("parameters"), { target, headers });

    expect(response.body).toBe('{"message":"Missing required request parameters: [x-h, issuer, q]"}');
  });

  it("finds headers whatever their case", async () => {
    const response = await send(guarded("parameters"), { target: "/v1/things/7?q=1", headers: [["X-H", "1"]] });

    expect(response.body).toBe('{"message":"Missing required request parameters: [issuer]"}');
  });

  it.each([undefined, "nothing", "body"])("is off with the validator %s", async (validator) => {
    const response = await send(guarded(validator), { target: "/v1/things/7", body: '{"a":1,"b":2}' });

    expect(response.body).toBe("ok");
  });
});

describe("validation of bodies", () => {
  const guarded = (model: string, type = "application/json") =>
    gatewayFor(
      api({
        methods: [
          method({
            httpMethod: "ANY",
            requestValidator: "body",
            requestModels: { [type]: model },
            integration: proxy(),
          }),
        ],
      }),
    );

  it.each([
    ["Sum", '{"a":1,"b":2,"id":"any text"}'],
    ["Sums", '[{"a":1,"b":2}]'],
    ["Person", '{"name":"Ann","house":{"people":[{"name":"Bob"}]}}'],
    ["Price", '{"price":0.01}'],
    ["Mail", '{"to":"a@example.com"}'],
    ["Unlike", '[{"a":1,"b":2},{"a":1},"a","1",1,[1]]'],
    ["Loose", ""],
    ["Anything", ""],
    ["Anything", "[1]"],
  ])("passes a %s like %s", async (model, body) => {
    expect(await send(guarded(model), { method: "POST", body })).toMatchObject({ status: 200 });
  });

  it.each([
    ["Sum", '{"a":1}'],
    ["Sum", "{not json"],
    ["Sum", ""],
    ["Sum", "null"],
    ["Sums", ""],
    ["Sums", '[{"a":1}]'],
    ["Person", '{"name":"Ann","house":{"people":[{}]}}'],
    ["Price", '{"price":0}'],
    ["Mail", '{"to":"nobody"}'],
    ["Unlike", '[{"a":1,"b":2},{"b":2,"a":1}]'],
  ])("refuses a %s like '%s'", async (model, body) => {
    const response = await send(guarded(model), { method: "POST", body });

    expect(response).toMatchObject(INVALID_BODY);
    expect(response.headers["x-amzn-errortype"]).toBe("BadRequestException");
  });

  it("finds out quickly that tens of thousands of items are unlike", async () => {
    const body = JSON.stringify(Array.from({ length: 30_000 }, (_, a) => ({ a })));
    const before = performance.now();

    const response = await send(guarded("Unlike"), { method: "POST", body });

    expect(response.status).toBe(200);
    expect(performance.now() - before).toBeLessThan(2_000);
  });

  it("refuses a body that is nested deeper than anybody can check", async () => {
    const host = fakeHost();
    const nested = { type: "array", items: { $ref: "https://apigateway.amazonaws.com/restapis/x/models/Nested" } };
    const gateway = gatewayFor(
      {
        ...api({ models: { Nested: { contentType: "application/json", schema: nested } } }),
        methods: [method({ requestValidator: "body", requestModels: { "application/json": "Nested" } })],
      },
      { host },
    );

    const response = await send(gateway, { body: "[".repeat(100_000) + "]".repeat(100_000) });

    expect(response).toMatchObject(INVALID_BODY);
    expect(host.bugs).toEqual([]);
  });

  it("checks a GET without a body too", async () => {
    expect(await send(guarded("Sum"))).toMatchObject(INVALID_BODY);
  });

  it.each([
    { type: "application/json", sent: "application/json; charset=utf-8", status: 400 },
    { type: "application/json", sent: "Application/JSON", status: 400 },
    { type: "application/json", sent: "text/plain", status: 200 },
    { type: "$default", sent: "text/plain", status: 400 },
  ])("chooses the model of $type for $sent: $status", async ({ type, sent, status }) => {
    const response = await send(guarded("Sum", type), {
      method: "POST",
      headers: [["content-type", sent]],
      body: '{"a":1}',
    });

    expect(response.status).toBe(status);
  });

  it("never lets a refused request reach the backend", async () => {
    const host = fakeHost();
    const methods = [
      method({ requestValidator: "body", requestModels: { "application/json": "Sum" }, integration: proxy() }),
    ];

    await send(gatewayFor(api({ methods }), { host }));

    expect(host.invocations).toEqual([]);
  });

  it("tells the gateway response the first thing that is wrong, since a large body may have millions", async () => {
    const gateway = gatewayFor(
      api({
        methods: [method({ requestValidator: "body", requestModels: { "application/json": "Sum" } })],
        gatewayResponses: {
          BAD_REQUEST_BODY: {
            responseParameters: {},
            responseTemplates: { "application/json": "$context.error.validationErrorString" },
          },
        },
      }),
    );

    expect((await send(gateway, { body: '{"a":"x"}' })).body).toBe('[object has missing required properties (["b"])]');
    expect((await send(gateway, { body: '{"a":"x","b":1}' })).body).toBe(
      '[instance type (string) does not match any allowed primitive type (allowed: ["integer","number"])]',
    );
  });
});
