import type { IntegrationDefinition } from "../../definition/integration";
import type { MethodDefinition } from "../../definition/method";
import type { MethodSettingsDefinition, StageDefinition } from "../../definition/stage";
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

const ON: MethodSettingsDefinition = { route: "*", cachingEnabled: true, requireAuthorizationForCacheControl: false };
const stageWith = (...methodSettings: readonly MethodSettingsDefinition[]): Partial<StageDefinition> => ({
  cacheClusterSize: "0.5",
  methodSettings,
});
const FRESH = { headers: [["Cache-Control", "max-age=0"]] } as const;

/** A host whose function counts its calls. */
function counting(answer: (count: number) => object = (count) => ({ statusCode: 200, body: String(count) })) {
  const host = fakeHost({ invoke: () => returns(answer(host.invocations.length)) });
  return host;
}

/** A counting function behind a cached GET, or what is said. */
function cached(
  of: Partial<MethodDefinition> = {},
  stage: Partial<StageDefinition> = stageWith(ON),
  host = counting(),
) {
  const gateway = gatewayFor({ methods: [method({ integration: proxy(), ...of })] }, { host, stage });
  const body = async (request: Parameters<typeof send>[1] = {}) => (await send(gateway, request)).body;
  return { host, gateway, body };
}

const keyed = (...cacheKeyParameters: readonly string[]): Partial<MethodDefinition> => ({
  integration: proxy({ cacheKeyParameters }),
});

describe("a stage's cache", () => {
  it("answers until its time is over", async () => {
    const { host, body } = cached({}, stageWith({ ...ON, cacheTtlSeconds: 60 }));

    expect([await body(), await body()]).toEqual(["1", "1"]);
    host.nowMillis += 59_999;
    expect(await body()).toBe("1");
    host.nowMillis += 1;
    expect(await body()).toBe("2");
  });

  it("keeps answers for 300 seconds by default", async () => {
    const { host, body } = cached();
    await body();

    host.nowMillis += 299_999;
    expect(await body()).toBe("1");
    host.nowMillis += 1;
    expect(await body()).toBe("2");
  });

  it.each<[string, Partial<MethodDefinition>, Partial<StageDefinition>, string?]>([
    ["without a cluster", {}, { methodSettings: [ON] }],
    ["without settings", {}, { cacheClusterSize: "0.5" }],
    ["when switched off", {}, stageWith({ ...ON, cachingEnabled: false })],
    ["when switched off for the route", {}, stageWith(ON, { route: { resourcePath: "/things", httpMethod: "GET" } })],
    ["with a TTL of 0", {}, stageWith({ ...ON, cacheTtlSeconds: 0 })],
    ["for other verbs", { httpMethod: "POST" }, stageWith(ON), "POST"],
    ["for other verbs of ANY", { httpMethod: "ANY" }, stageWith(ON), "PUT"],
  ])("stores nothing %s", async (_, of, stage, verb = "GET") => {
    const { body } = cached(of, stage);

    expect([await body({ method: verb }), await body({ method: verb })]).toEqual(["1", "2"]);
  });

  it.each<[string, Partial<MethodDefinition>, Partial<StageDefinition>, string]>([
    ["the GET of ANY", { httpMethod: "ANY" }, stageWith(ON), "GET"],
    [
      "another verb that is switched on by itself",
      { httpMethod: "POST" },
      stageWith({ ...ON, route: { resourcePath: "/things", httpMethod: "POST" } }),
      "POST",
    ],
  ])("stores answers of %s", async (_, of, stage, verb) => {
    const { body } = cached(of, stage);

    expect([await body({ method: verb }), await body({ method: verb })]).toEqual(["1", "1"]);
  });

  it("takes a route's own settings in place of the stage's", async () => {
    const own = { ...ON, route: { resourcePath: "/things", httpMethod: "GET" }, cacheTtlSeconds: 1 };
    const { host, body } = cached({}, stageWith(ON, own));
    await body();

    host.nowMillis += 1_000;

    expect(await body()).toBe("2");
  });

  it("stores status, headers and body, and gives each request its own ids", async () => {
    const host = counting(() => ({
      statusCode: 404,
      headers: { "X-Own": "1", "Content-Type": "text/plain" },
      body: "no",
    }));
    const { gateway } = cached({}, stageWith(ON), host);

    const [first, second] = [await send(gateway), await send(gateway)];

    expect(host.invocations).toHaveLength(1);
    expect(second).toMatchObject({ status: 404, body: "no", headers: { "x-own": "1", "content-type": "text/plain" } });
    expect(second.lines.map(([name]) => name)).toEqual(first.lines.map(([name]) => name));
    for (const name of ["x-amzn-requestid", "x-amzn-trace-id"]) {
      expect(second.headers[name]).toBeDefined();
      expect(second.headers[name]).not.toBe(first.headers[name]);
    }
  });

  it.each([
    ["failures of the integration", fakeHost({ invoke: () => fails("boom") }), 502],
    ["what is refused before it", fakeHost(), 400],
  ])("stores no answers of API Gateway itself: %s", async (_, host, status) => {
    const refused = { requestValidator: "v", requestParameters: { "method.request.querystring.q": true } };
    const gateway = gatewayFor(
      {
        requestValidators: { v: { validateRequestBody: false, validateRequestParameters: true } },
        methods: [method({ integration: proxy(), ...(status === 400 && refused) })],
      },
      { host, stage: stageWith(ON) },
    );

    expect([(await send(gateway)).status, (await send(gateway)).status]).toEqual([status, status]);
    expect(host.invocations).toHaveLength(status === 400 ? 0 : 2);
  });

  it.each([
    [1_048_576, 1],
    [1_048_577, 2],
  ])("stores bodies of up to 1 MiB: one of %d bytes takes %d calls", async (length, calls) => {
    const host = counting(() => ({ statusCode: 200, body: "x".repeat(length) }));
    const { gateway } = cached({}, stageWith(ON), host);

    await send(gateway);
    await send(gateway);

    expect(host.invocations).toHaveLength(calls);
  });

  it("holds 32 MiB, and forgets what has not been asked for the longest", async () => {
    const host = counting(() => ({ statusCode: 200, body: "x".repeat(1_048_576) }));
    const { gateway } = cached(keyed("method.request.querystring.k"), stageWith(ON), host);
    const ask = (key: number) => send(gateway, { target: `/v1/things?k=${key}` });
    for (let key = 0; key < 31; key += 1) await ask(key);
    await ask(0);
    await ask(31);
    const before = host.invocations.length;

    await ask(0);
    expect(host.invocations).toHaveLength(before);
    await ask(1);
    expect(host.invocations).toHaveLength(before + 1);
  });

  it("lets requests that come before the first answer all go to the backend", async () => {
    const { host, gateway } = cached();

    await Promise.all([send(gateway), send(gateway), send(gateway)]);

    expect(host.invocations).toHaveLength(3);
  });

  it("is checked after the key, so that a stored answer needs one too", async () => {
    const { gateway } = cached({ apiKeyRequired: true });

    expect((await send(gateway)).status).toBe(403);
  });

  it("counts as a request towards throttles", async () => {
    const { gateway } = cached({}, stageWith({ ...ON, throttlingRateLimit: 1, throttlingBurstLimit: 1 }));
    await send(gateway);

    expect((await send(gateway)).status).toBe(429);
  });

  it("leaves nothing of an integration in the access log", async () => {
    const host = fakeHost();
    const accessLog = {
      destinationArn: "arn",
      format: "$context.status $context.integration.status $context.responseLength",
    };
    const gateway = gatewayFor(
      { methods: [method({ integration: custom("HTTP_PROXY") })] },
      {
        host,
        stage: { ...stageWith(ON), accessLog },
      },
    );

    await send(gateway);
    await send(gateway);

    expect(host.logLines).toEqual(["200 200 0", "200 - 0"]);
  });

  it("is no longer named as missing", () => {
    expect(cached().gateway.notEmulated()).toEqual([]);
  });
});

describe("the key of a stored answer", () => {
  it.each<[string, Partial<MethodDefinition>, target: string, other: string, calls: number]>([
    ["ignores what is no parameter", {}, "/v1/things?k=1", "/v1/things?k=2", 1],
    [
      "ignores the path, unless a part of it is a parameter",
      { resourcePath: "/things/{id}" },
      "/v1/things/1",
      "/v1/things/2",
      1,
    ],
    [
      "holds parts of the path",
      { resourcePath: "/things/{id}", ...keyed("method.request.path.id") },
      "/v1/things/1",
      "/v1/things/2",
      2,
    ],
    ["holds the query", keyed("method.request.querystring.k"), "/v1/things?k=1", "/v1/things?k=2", 2],
    [
      "holds all values of a query parameter",
      keyed("method.request.querystring.k"),
      "/v1/things?k=1&k=2",
      "/v1/things?k=2",
      2,
    ],
    [
      "holds several values",
      keyed("method.request.multivaluequerystring.k"),
      "/v1/things?k=1&k=2",
      "/v1/things?k=1&k=3",
      2,
    ],
    ["tells empty from absent", keyed("method.request.querystring.k"), "/v1/things?k=", "/v1/things", 2],
    [
      "ignores other query parameters",
      keyed("method.request.querystring.k"),
      "/v1/things?k=1",
      "/v1/things?k=1&l=2",
      1,
    ],
    [
      "holds parameters of the integration as they are mapped",
      {
        integration: proxy({
          requestParameters: { "integration.request.querystring.mapped": "method.request.querystring.k" },
          cacheKeyParameters: ["integration.request.querystring.mapped"],
        }),
      },
      "/v1/things?k=1",
      "/v1/things?k=2",
      2,
    ],
  ])("%s", async (_, of, target, other, calls) => {
    const { host, gateway } = cached(of);

    await send(gateway, { target });
    await send(gateway, { target: other });
    await send(gateway, { target });

    expect(host.invocations).toHaveLength(calls);
  });

  it("holds headers, whose names may have any case", async () => {
    const { host, gateway } = cached(keyed("method.request.header.X-Tenant"));

    await send(gateway, { headers: [["X-Tenant", "a"]] });
    await send(gateway, { headers: [["x-tenant", "a"]] });
    await send(gateway, { headers: [["X-Tenant", "b"]] });

    expect(host.invocations).toHaveLength(2);
  });

  it.each([
    [{}, 2],
    [{ cacheNamespace: "shared" }, 1],
  ])(
    "keeps resources apart, unless they share a namespace: %j",
    async (namespace: Partial<IntegrationDefinition>, calls) => {
      const host = counting();
      const methods = ["/things", "/others"].map((resourcePath) =>
        method({ resourcePath, integration: proxy(namespace) }),
      );
      const gateway = gatewayFor({ methods }, { host, stage: stageWith(ON) });

      await send(gateway);
      await send(gateway, { target: "/v1/others" });

      expect(host.invocations).toHaveLength(calls);
    },
  );
});

describe("Cache-Control: max-age=0", () => {
  it.each([
    ["max-age=0", "2"],
    ["no-transform, MAX-AGE = 0", "2"],
    ["max-age=00", "1"],
    ["max-age=01", "1"],
    ["s-max-age=0", "1"],
    ["no-cache", "1"],
    ["no-store", "1"],
  ])("as %s gives the answer %s, which stays", async (value, expected) => {
    const { body } = cached();
    await body();

    expect(await body({ headers: [["cache-control", value]] })).toBe(expected);
    expect(await body()).toBe(expected);
  });

  it("removes the stored answer when the fresh one is too large to store", async () => {
    const { host, gateway } = cached(
      {},
      stageWith(ON),
      counting((count) => ({ body: "x".repeat(count === 1 ? 1 : 1_048_577) })),
    );
    await send(gateway);

    await send(gateway, FRESH);
    await send(gateway);

    expect(host.invocations).toHaveLength(3);
  });

  describe.each([undefined, true])("that needs a permission (%s)", (requireAuthorizationForCacheControl) => {
    const guarded = (
      unauthorizedCacheControlHeaderStrategy?: MethodSettingsDefinition["unauthorizedCacheControlHeaderStrategy"],
    ) =>
      cached(
        {},
        stageWith({
          route: "*",
          cachingEnabled: true,
          ...(requireAuthorizationForCacheControl && { requireAuthorizationForCacheControl }),
          ...(unauthorizedCacheControlHeaderStrategy && { unauthorizedCacheControlHeaderStrategy }),
        }),
      );

    it.each([undefined, "SUCCEED_WITH_RESPONSE_HEADER"] as const)(
      "gets the stored answer with a warning: %s",
      async (strategy) => {
        const { gateway } = guarded(strategy);
        const warning = "199 Cache-control headers were ignored because the caller was unauthorized.";

        expect(await send(gateway, FRESH)).toMatchObject({ body: "1", headers: { warning } });
        expect(await send(gateway, FRESH)).toMatchObject({ body: "1", headers: { warning } });
        expect((await send(gateway)).headers).not.toHaveProperty("warning");
      },
    );

    it("gets the stored answer without a warning", async () => {
      const { gateway } = guarded("SUCCEED_WITHOUT_RESPONSE_HEADER");
      await send(gateway);

      const response = await send(gateway, FRESH);

      expect(response.body).toBe("1");
      expect(response.headers).not.toHaveProperty("warning");
    });

    it("gets 403, even when nothing is stored", async () => {
      const { host, gateway } = guarded("FAIL_WITH_403");

      const response = await send(gateway, FRESH);

      expect(response).toMatchObject({ status: 403, headers: { "x-amzn-errortype": "AccessDeniedException" } });
      expect(JSON.parse(response.body)).toEqual({
        Message:
          "User: anonymous is not authorized to perform: execute-api:InvalidateCache on resource: arn:aws:execute-api:eu-central-1:********0000:abcdefghij/v1/GET/things",
      });
      expect(host.invocations).toEqual([]);
    });
  });

  it("means nothing to a route without a cache", async () => {
    const { gateway } = cached({}, stageWith({ route: "*", unauthorizedCacheControlHeaderStrategy: "FAIL_WITH_403" }));

    expect(await send(gateway, FRESH)).toMatchObject({ status: 200, body: "1" });
  });
});

describe("a cached MOCK", () => {
  it("keeps what its template made", async () => {
    const integration = mock("$context.requestId", {
      responses: [integrationResponse({ responseTemplates: { "application/json": "$context.requestId" } })],
    });
    const { body } = cached({ integration });

    expect(await body()).toBe(await body());
  });
});
