import type { MethodSettingsDefinition } from "../../definition/stage";
import type { ThrottleDefinition, UsagePlanDefinition } from "../../definition/usage-plan";
import {
  deployed,
  type FakeHost,
  fakeHost,
  gatewayFor,
  integrationResponse,
  method,
  mock,
  type ReadResponse,
  send,
  stage,
} from "../support/gateway";

const THINGS = { resourcePath: "/things", httpMethod: "GET" } as const;
const methods = [method(), method({ resourcePath: "/others" })];
const keyed = methods.map((it) => ({ ...it, apiKeyRequired: true }));

const forAll = (rate: number, burst: number): MethodSettingsDefinition => ({
  route: "*",
  throttlingRateLimit: rate,
  throttlingBurstLimit: burst,
});
const forThings = (rate: number, burst: number): MethodSettingsDefinition => ({
  ...forAll(rate, burst),
  route: THINGS,
});

const withSettings = (...methodSettings: readonly MethodSettingsDefinition[]) => ({ methodSettings });

/** Two keys in one plan of the stages v1 and v2. */
function gatewayWithPlan(
  plan: Partial<Pick<UsagePlanDefinition, "throttle">> & { readonly ofThings?: ThrottleDefinition },
  host: FakeHost,
  settings: readonly MethodSettingsDefinition[] = [],
) {
  const stages = [stage({ methodSettings: settings }), stage({ name: "v2" })];
  const throttle = plan.ofThings ? [{ ...THINGS, ...plan.ofThings }] : [];
  return gatewayFor(
    {},
    {
      host,
      stack: {
        apis: [deployed({ methods: keyed }, stages)],
        apiKeys: ["one", "two"].map((name) => ({ name, enabled: true })),
        usagePlans: [
          {
            name: "free",
            apiKeys: ["one", "two"],
            apiStages: stages.map(({ name }) => ({ apiAddress: deployed({}).address, stageName: name, throttle })),
            ...(plan.throttle && { throttle: plan.throttle }),
          },
        ],
      },
    },
  );
}

const withKey = (name: string, target = "/v1/things") => ({
  target,
  headers: [["x-api-key", `headgate-local-${name}`]] as const,
});

type Request = Parameters<typeof send>[1];

/** Statuses of requests sent at once. */
async function statuses(gateway: ReturnType<typeof gatewayFor>, count: number, request: Request = {}) {
  const responses = await Promise.all(Array.from({ length: count }, () => send(gateway, request)));
  return responses.map(({ status }) => status);
}

const passed = (all: readonly number[]) => all.filter((status) => status === 200).length;

describe("a throttle", () => {
  it("answers 429 in API Gateway's words, and says on the terminal which limit it is", async () => {
    const host = fakeHost();
    const gateway = gatewayFor({ methods }, { host, stage: withSettings(forThings(1, 1)) });
    await send(gateway);

    const response = await send(gateway);

    expect(response).toMatchObject<Partial<ReadResponse>>({ status: 429, body: '{"message":"Too Many Requests"}' });
    expect(response.headers["x-amzn-errortype"]).toBe("TooManyRequestsException");
    expect(host.explained).toEqual([
      "Too Many Requests; the limit of the route is 1 a second, 1 at once; --no-throttle switches limits off",
    ]);
  });

  it("answers as the gateway response THROTTLED says", async () => {
    const gatewayResponses = {
      THROTTLED: {
        statusCode: "503",
        responseParameters: { "gatewayresponse.header.Retry-After": "'1'" },
        responseTemplates: { "application/json": '{"why":"$context.error.responseType"}' },
      },
    };
    const gateway = gatewayFor({ methods, gatewayResponses }, { stage: withSettings(forAll(0, 0)) });

    expect(await send(gateway)).toMatchObject({
      status: 503,
      body: '{"why":"THROTTLED"}',
      headers: { "retry-after": "1" },
    });
  });

  it.each([
    ["lets as many requests pass at once as the burst says", forAll(1, 3), 0, 3],
    ["refills by the rate", forAll(2, 3), 500, 4],
    ["refills by parts of a request", forAll(0.5, 1), 1_999, 1],
    ["refills by parts of a request, when they make a whole one", forAll(0.5, 1), 2_000, 2],
    ["never holds more than the burst", forAll(10, 3), 60_000, 6],
    ["lets nothing pass at a rate of 0", forAll(0, 5), 60_000, 0],
    ["lets nothing pass at a burst of 0", forAll(5, 0), 60_000, 0],
    ["has no limit of its own at −1", forAll(-1, -1), 0, 14],
    ["takes the account's rate where only a burst is set", forAll(-1, 2), 1, 4],
  ] as const)("%s", async (_, settings, millis, expected) => {
    const host = fakeHost();
    const gateway = gatewayFor({ methods }, { host, stage: withSettings(settings) });
    const first = await statuses(gateway, 7);

    host.nowMillis += millis;

    expect(passed([...first, ...(await statuses(gateway, 7))])).toBe(expected);
  });

  it("counts exactly when asked often in between", async () => {
    const host = fakeHost();
    const gateway = gatewayFor({ methods }, { host, stage: withSettings(forAll(1, 1)) });
    await send(gateway);

    for (let tenth = 1; tenth < 10; tenth += 1) {
      host.nowMillis += 100;
      expect((await send(gateway)).status).toBe(429);
    }
    host.nowMillis += 100;

    expect((await send(gateway)).status).toBe(200);
  });

  it("lets a burst of requests at once pass, and no more", async () => {
    const host = fakeHost();
    const gateway = gatewayFor({ methods }, { host, stage: withSettings(forThings(10, 25)) });
    const burst = async () => {
      const responses = await Promise.all(Array.from({ length: 200 }, () => send(gateway)));
      expect(responses.filter(({ status }) => status === 429)[0]?.headers).not.toHaveProperty("retry-after");
      return responses.filter(({ status }) => status === 200).length;
    };

    expect(await burst()).toBe(25);
    host.nowMillis += 1_000;
    expect(await burst()).toBe(10);
    host.nowMillis += 3_600_000;
    expect(await burst()).toBe(25);
  });

  it("costs nothing on paths that are not defined", async () => {
    const gateway = gatewayFor({ methods }, { host: fakeHost(), stage: withSettings(forThings(1, 1)) });

    expect((await send(gateway, { target: "/v1/unknown" })).status).toBe(403);
    expect((await send(gateway, { method: "DELETE" })).status).toBe(403);
    expect((await send(gateway)).status).toBe(200);
  });

  it("of a stage counts each route by itself", async () => {
    const gateway = gatewayFor({ methods }, { stage: withSettings(forAll(1, 2)) });

    expect(passed(await statuses(gateway, 3))).toBe(2);
    expect(passed(await statuses(gateway, 3, { target: "/v1/others" }))).toBe(2);
  });

  it("of a route stands in place of that of its stage", async () => {
    const gateway = gatewayFor({ methods }, { stage: withSettings(forAll(1, 1), forThings(5, 5)) });

    expect(passed(await statuses(gateway, 9))).toBe(5);
    expect(passed(await statuses(gateway, 9, { target: "/v1/others" }))).toBe(1);
  });

  it.each([
    ["cannot be exceeded by a stage", 90_000, [1_200, 50]],
    ["counts beside that of a stage", 1_000, [1_000, 250]],
  ])("of the account is shared by all routes, and %s", async (_, limit, expected) => {
    const settings = withSettings(forAll(limit, limit));
    const stack = { region: "eu-south-1", apis: [deployed({ methods }, [stage(settings)])] };
    const gateway = gatewayFor({}, { stack });

    const things = await statuses(gateway, 1_200);
    const others = await statuses(gateway, 1_200, { target: "/v1/others" });

    expect([passed(things), passed(others)]).toEqual(expected);
  });

  it("of a plan counts each key by itself, on all routes and stages together", async () => {
    const gateway = gatewayWithPlan({ throttle: { rateLimit: 1, burstLimit: 3 } }, fakeHost());

    expect(passed(await statuses(gateway, 2, withKey("one")))).toBe(2);
    expect(passed(await statuses(gateway, 2, withKey("one", "/v2/others")))).toBe(1);
    expect(passed(await statuses(gateway, 5, withKey("two")))).toBe(3);
  });

  it("of a route in a plan counts each key by itself, and only this route", async () => {
    const gateway = gatewayWithPlan({ ofThings: { rateLimit: 1, burstLimit: 2 } }, fakeHost());

    expect(passed(await statuses(gateway, 3, withKey("one")))).toBe(2);
    expect(passed(await statuses(gateway, 3, withKey("two")))).toBe(2);
    expect(passed(await statuses(gateway, 3, withKey("one", "/v1/others")))).toBe(3);
  });

  it("costs nothing when another one refuses", async () => {
    const host = fakeHost();
    const gateway = gatewayWithPlan({ throttle: { rateLimit: 1, burstLimit: 2 } }, host, [forThings(0, 0)]);

    expect(passed(await statuses(gateway, 5, withKey("one")))).toBe(0);
    expect(passed(await statuses(gateway, 5, withKey("one", "/v1/others")))).toBe(2);
  });

  it("comes after the key and before parameters", async () => {
    const gateway = gatewayFor(
      {
        requestValidators: { v: { validateRequestBody: false, validateRequestParameters: true } },
        methods: [
          method({ requestValidator: "v", requestParameters: { "method.request.querystring.q": true } }),
          method({ resourcePath: "/keyed", apiKeyRequired: true }),
        ],
      },
      { stage: withSettings(forAll(0, 0)) },
    );

    expect((await send(gateway)).status).toBe(429);
    expect((await send(gateway, { target: "/v1/keyed" })).status).toBe(403);
  });

  it("is switched off together with quotas", async () => {
    const gateway = gatewayFor({ methods }, { stage: withSettings(forAll(0, 0)), hasLimits: false });

    expect(passed(await statuses(gateway, 5))).toBe(5);
  });

  it("is no longer named as missing", async () => {
    const gateway = gatewayFor({ methods }, { stage: withSettings(forAll(9, 9)) });

    expect(gateway.notEmulated()).toEqual([]);
    expect((await send(gateway)).headers).not.toHaveProperty("x-headgate-not-emulated");
  });

  it("reaches the access log", async () => {
    const host = fakeHost();
    const accessLog = { destinationArn: "arn", format: "$context.status $context.error.responseType" };
    const gateway = gatewayFor({ methods }, { host, stage: { ...withSettings(forAll(0, 0)), accessLog } });

    await send(gateway);

    expect(host.logLines).toEqual(["429 THROTTLED"]);
  });

  it("lets integrations answer 429 themselves", async () => {
    const integration = mock("", {
      requestTemplates: { "application/json": '{"statusCode": 429}' },
      responses: [integrationResponse({ statusCode: "429" })],
    });

    expect((await send(gatewayFor({ methods: [method({ integration })] }))).headers).not.toHaveProperty(
      "x-amzn-errortype",
    );
  });
});
