import type { UsagePlanDefinition } from "../../definition/usage-plan";
import { deployed, type FakeHost, fakeHost, gatewayFor, method, send, stage } from "../support/gateway";

type Quota = NonNullable<UsagePlanDefinition["quota"]>;

const settings = [{ route: "*", throttlingRateLimit: 1_000, throttlingBurstLimit: 1_000 }] as const;

function gatewayWith(quota: Quota, host: FakeHost, options: { readonly hasLimits?: boolean } = {}) {
  const stages = [stage({ methodSettings: settings }), stage({ name: "v2" })];
  return gatewayFor(
    {},
    {
      host,
      ...options,
      stack: {
        apis: [deployed({ methods: [method({ apiKeyRequired: true }), method({ resourcePath: "/open" })] }, stages)],
        apiKeys: ["one", "two"].map((name) => ({ name, enabled: true })),
        usagePlans: [
          {
            name: "free",
            apiKeys: ["one", "two"],
            apiStages: stages.map(({ name }) => ({ apiAddress: deployed({}).address, stageName: name, throttle: [] })),
            quota,
          },
        ],
      },
    },
  );
}

async function passing(gateway: ReturnType<typeof gatewayFor>, count: number, key = "one", target = "/v1/things") {
  let passed = 0;
  for (let sent = 0; sent < count; sent += 1) {
    const { status } = await send(gateway, { target, headers: [["x-api-key", `headgate-local-${key}`]] });
    passed += Number(status === 200);
  }
  return passed;
}

describe("a quota", () => {
  it("answers 429 in API Gateway's words, and says on the terminal whose quota it is", async () => {
    const host = fakeHost();
    const gateway = gatewayWith({ limit: 2, offset: 0, period: "DAY" }, host);
    await passing(gateway, 2);

    const response = await send(gateway, { headers: [["x-api-key", "headgate-local-one"]] });

    expect(response).toMatchObject({ status: 429, body: '{"message":"Limit Exceeded"}' });
    expect(response.headers["x-amzn-errortype"]).toBe("LimitExceededException");
    expect(host.explained.at(-1)).toContain('the plan "free" gives each key 2 requests a day');
  });

  it("counts each key by itself, on all stages of the plan together", async () => {
    const gateway = gatewayWith({ limit: 3, offset: 0, period: "DAY" }, fakeHost());

    expect(await passing(gateway, 2)).toBe(2);
    expect(await passing(gateway, 2, "one", "/v2/things")).toBe(1);
    expect(await passing(gateway, 5, "two")).toBe(3);
  });

  it("does not count routes that ask for no key", async () => {
    const gateway = gatewayWith({ limit: 1, offset: 0, period: "DAY" }, fakeHost());

    expect(await passing(gateway, 5, "one", "/v1/open")).toBe(5);
    expect(await passing(gateway, 2)).toBe(1);
  });

  it.each([
    ["DAY", Date.UTC(2024, 9, 5, 23, 59, 59, 999), Date.UTC(2024, 9, 6)],
    ["WEEK", Date.UTC(2024, 9, 5, 23, 59, 59, 999), Date.UTC(2024, 9, 6)],
    ["WEEK", Date.UTC(2024, 9, 12, 23, 59, 59, 999), Date.UTC(2024, 9, 13)],
    ["MONTH", Date.UTC(2024, 9, 31, 23, 59, 59, 999), Date.UTC(2024, 10, 1)],
    ["MONTH", Date.UTC(2024, 11, 31, 23, 59, 59, 999), Date.UTC(2025, 0, 1)],
  ] as const)("of a %s ends in UTC: %d", async (period, last, first) => {
    const host = fakeHost();
    host.nowMillis = last;
    const gateway = gatewayWith({ limit: 2, offset: 0, period }, host);

    expect(await passing(gateway, 3)).toBe(2);
    host.nowMillis = first;
    expect(await passing(gateway, 3)).toBe(2);
  });

  it.each([
    ["WEEK", Date.UTC(2024, 9, 6), Date.UTC(2024, 9, 12, 23, 59)],
    ["MONTH", Date.UTC(2024, 1, 1), Date.UTC(2024, 1, 29, 23, 59)],
  ] as const)("of a %s lasts as long", async (period, first, last) => {
    const host = fakeHost();
    host.nowMillis = first;
    const gateway = gatewayWith({ limit: 2, offset: 0, period }, host);

    expect(await passing(gateway, 2)).toBe(2);
    host.nowMillis = last;
    expect(await passing(gateway, 1)).toBe(0);
  });

  it("gives less by its offset in the first period alone", async () => {
    const host = fakeHost();
    const gateway = gatewayWith({ limit: 5, offset: 3, period: "WEEK" }, host);

    expect(await passing(gateway, 6)).toBe(2);
    host.nowMillis += 7 * 86_400_000;
    expect(await passing(gateway, 6)).toBe(5);
  });

  it("is switched off together with throttles", async () => {
    const gateway = gatewayWith({ limit: 1, offset: 0, period: "DAY" }, fakeHost(), { hasLimits: false });

    expect(await passing(gateway, 3)).toBe(3);
  });

  it("is no longer named as missing", () => {
    expect(gatewayWith({ limit: 1, offset: 0, period: "DAY" }, fakeHost()).notEmulated()).toEqual([]);
  });
});
