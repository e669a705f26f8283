import { deflateSync, gunzipSync, gzipSync, inflateSync } from "node:zlib";
import type { RestApiDefinition } from "../../definition/rest-api";
import {
  custom,
  fakeHost,
  gatewayFor,
  integrationResponse,
  method,
  mock,
  proxy,
  returns,
  send,
} from "../support/gateway";

const TEXT = "x".repeat(2_000);

const compressing = (minimumCompressionSizeBytes: number | undefined, api: Partial<RestApiDefinition> = {}) =>
  gatewayFor({
    methods: [method({ integration: mock(TEXT) })],
    ...(minimumCompressionSizeBytes !== undefined && { minimumCompressionSizeBytes }),
    ...api,
  });
const accepting = (value: string) => ({ headers: [["Accept-Encoding", value]] as const });

describe("an answer", () => {
  it.each([
    ["gzip", gunzipSync],
    ["deflate", inflateSync],
  ] as const)("is compressed as %s", async (coding, decompress) => {
    const response = await send(compressing(0), accepting(coding));

    expect(response.headers["content-encoding"]).toBe(coding);
    expect(decompress(response.bytes).toString()).toBe(TEXT);
  });

  it.each([
    ["GZIP", "gzip"],
    ["gzip, deflate, br", "gzip"],
    ["deflate,gzip", "deflate"],
    ["deflate;q=0.5,gzip;q=1.0", "gzip"],
    ["gzip;q=1.0,identity;q=0.5,*;q=0", "gzip"],
    ["br, gzip", "gzip"],
    ["gzip;q=0.9;x=1, deflate;q=0.8", "gzip"],
    ["gzip;q=abc", "gzip"],
    ["br;q=1.0, gzip;q=0.8", undefined],
    ["identity;q=1.0, gzip;q=0.5", undefined],
    ["identity", undefined],
    ["gzip;q=0", undefined],
    ["*", undefined],
    ["br", undefined],
    ["", undefined],
    [", ,;", undefined],
  ])("for Accept-Encoding %p has the coding %p", async (accepted, coding) => {
    const response = await send(compressing(0), accepting(accepted));

    expect(response.headers["content-encoding"]).toBe(coding);
    expect(response.body === TEXT).toBe(coding === undefined);
  });

  it.each([
    ["without Accept-Encoding", 0, {}],
    ["without minimumCompressionSize", undefined, accepting("gzip")],
    ["below the size", 2_001, accepting("gzip")],
  ])("stays as it is %s", async (_, minimum, request) => {
    const response = await send(compressing(minimum), request);

    expect(response.headers).not.toHaveProperty("content-encoding");
    expect(response.body).toBe(TEXT);
  });

  it("is compressed from the size on", async () => {
    expect((await send(compressing(2_000), accepting("gzip"))).headers["content-encoding"]).toBe("gzip");
  });

  it("that is coded already, or empty, or made by API Gateway, stays as it is", async () => {
    const api = { minimumCompressionSizeBytes: 0, methods: [method({ integration: proxy() })] };
    const answer = (value: object) => gatewayFor(api, { host: fakeHost({ invoke: () => returns(value) }) });

    const coded = await send(answer({ headers: { "content-encoding": "br" }, body: TEXT }), accepting("gzip"));
    const empty = await send(answer({ statusCode: 204 }), accepting("gzip"));
    const failed = await send(answer({ nonsense: true }), accepting("gzip"));

    expect(coded).toMatchObject({ body: TEXT, headers: { "content-encoding": "br" } });
    expect(empty.headers).not.toHaveProperty("content-encoding");
    expect(failed).toMatchObject({ status: 502, body: '{"message": "Internal server error"}' });
  });

  it("is stored in the cache without a coding", async () => {
    const host = fakeHost({ invoke: () => returns({ body: TEXT }) });
    const gateway = gatewayFor(
      { minimumCompressionSizeBytes: 0, methods: [method({ integration: proxy() })] },
      { host, stage: { cacheClusterSize: "0.5", methodSettings: [{ route: "*", cachingEnabled: true }] } },
    );

    const packed = await send(gateway, accepting("gzip"));
    const plain = await send(gateway);

    expect(host.invocations).toHaveLength(1);
    expect(gunzipSync(packed.bytes).toString()).toBe(TEXT);
    expect(plain.body).toBe(TEXT);
  });

  it("shows its length on the wire in the access log", async () => {
    const host = fakeHost();
    const accessLog = { destinationArn: "arn", format: "$context.responseLength" };
    const gateway = gatewayFor(
      { minimumCompressionSizeBytes: 0, methods: [method({ integration: mock(TEXT) })] },
      { host, stage: { accessLog } },
    );

    const { bytes } = await send(gateway, accepting("gzip"));

    expect(host.logLines).toEqual([String(bytes.length)]);
  });

  it("is no longer named as missing", async () => {
    expect(compressing(0).notEmulated()).toEqual([]);
    expect((await send(compressing(0))).headers).not.toHaveProperty("x-headgate-not-emulated");
  });
});

describe("the body of a request", () => {
  const posting = (coding: string, body: Buffer | string) => ({
    method: "POST",
    headers: [
      ["Content-Type", "application/json"],
      ["Content-Encoding", coding],
    ] as const,
    body,
  });
  const JSON_BODY = '{"a": 1}';

  it.each([
    ["gzip", gzipSync(JSON_BODY), 0],
    ["GZip", gzipSync(JSON_BODY), gzipSync(JSON_BODY).length],
    ["deflate", deflateSync(JSON_BODY), undefined],
    ["identity", JSON_BODY, 0],
    ["", JSON_BODY, 0],
  ])("in the coding %p is unpacked before validation and templates", async (coding, body, minimum) => {
    const host = fakeHost();
    const gateway = gatewayFor(
      {
        ...(minimum !== undefined && { minimumCompressionSizeBytes: minimum }),
        requestValidators: { v: { validateRequestBody: true, validateRequestParameters: false } },
        models: { M: { contentType: "application/json", schema: { type: "object", required: ["a"] } } },
        methods: [
          method({
            httpMethod: "POST",
            requestValidator: "v",
            requestModels: { "application/json": "M" },
            integration: custom("AWS", {
              requestTemplates: { "application/json": '{"v": $input.path("$.a")}' },
              responses: [integrationResponse()],
            }),
          }),
        ],
      },
      { host },
    );

    expect((await send(gateway, posting(coding, body))).status).toBe(200);
    expect(host.invocations.map(({ payload }) => payload.toString())).toEqual(['{"v": 1}']);
  });

  it.each([
    ["gzip", gzipSync(JSON_BODY)],
    ["br", Buffer.from(JSON_BODY)],
  ])("in the coding %p stays as it is below the size", async (coding, body) => {
    const host = fakeHost();
    const integration = custom("HTTP", { responses: [integrationResponse()] });
    const api = { minimumCompressionSizeBytes: 1_000, binaryMediaTypes: ["application/json"] };
    const gateway = gatewayFor({ ...api, methods: [method({ httpMethod: "POST", integration })] }, { host });

    await send(gateway, posting(coding, body));

    expect(host.requests[0]?.body).toEqual(body);
  });

  it("reaches a function unpacked, with the header still there", async () => {
    const host = fakeHost();
    const gateway = gatewayFor({ methods: [method({ httpMethod: "POST", integration: proxy() })] }, { host });

    await send(gateway, posting("gzip", gzipSync(JSON_BODY)));

    const [event] = host.invocations.map(({ payload }) => JSON.parse(payload.toString()));
    expect(event).toMatchObject({ body: JSON_BODY, isBase64Encoded: false, headers: { "Content-Encoding": "gzip" } });
  });

  it.each([
    ["is in an unknown coding", posting("br", JSON_BODY)],
    ["is in two codings", posting("gzip, gzip", gzipSync(gzipSync(JSON_BODY)))],
    ["is not what its coding says", posting("gzip", JSON_BODY)],
    ["is cut off", posting("gzip", gzipSync(TEXT).subarray(0, 15))],
  ])("answers 415 when it %s", async (_, request) => {
    const host = fakeHost();
    const gateway = gatewayFor({ methods: [method({ httpMethod: "POST", integration: proxy() })] }, { host });

    expect(await send(gateway, request)).toMatchObject({
      status: 415,
      body: '{"message":"Unsupported Media Type"}',
      headers: { "x-amzn-errortype": "BadRequestException" },
    });
    expect([host.invocations, host.bugs]).toEqual([[], []]);
  });

  it("answers 413 when it grows beyond 10 MB", async () => {
    const gateway = gatewayFor({ methods: [method({ httpMethod: "POST" })] });

    expect((await send(gateway, posting("gzip", gzipSync(Buffer.alloc(10_485_761))))).status).toBe(413);
  });

  it("may be missing, whatever its coding is said to be", async () => {
    expect((await send(gatewayFor({ methods: [method()] }), accepting("x"))).status).toBe(200);
    expect((await send(gatewayFor({ methods: [method()] }), { headers: [["Content-Encoding", "br"]] })).status).toBe(
      200,
    );
  });
});
