import type { FunctionDefinition } from "../../definition/function";
import type { MethodDefinition } from "../../definition/method";
import type { StageDefinition } from "../../definition/stage";
import type { UsagePlanDefinition } from "../../definition/usage-plan";
import type { Gateway } from "../../local/pipeline";
import { GatewayState } from "../../local/state/gateway-state";
import {
  deployed,
  fakeHost,
  gatewayFor,
  lambdaFunction,
  method,
  proxy,
  returns,
  send,
  stage as stageOf,
} from "../support/gateway";

const KEY = { headers: [["x-api-key", "headgate-local-one"]] } as const;

interface Version {
  readonly methods?: readonly MethodDefinition[];
  readonly stage?: Partial<StageDefinition>;
  readonly plan?: Partial<UsagePlanDefinition>;
  readonly code?: Partial<FunctionDefinition>;
}

/** Versions of one gateway, one after the other, with one memory. */
function versions() {
  const state = new GatewayState();
  const host = fakeHost({ invoke: () => returns({ statusCode: 200, body: String(host.invocations.length) }) });
  return (version: Version = {}): Gateway => {
    const { methods = [method({ integration: proxy() })], plan } = version;
    const stage = stageOf(version.stage);
    const apiStages = [{ apiAddress: deployed({}).address, stageName: "v1", throttle: [] }];
    const gateway = gatewayFor(
      {},
      {
        host,
        state,
        stack: {
          apis: [deployed({ methods }, [stage])],
          functions: [{ ...lambdaFunction(), ...version.code }],
          apiKeys: [{ name: "one", enabled: true }],
          usagePlans: plan ? [{ name: "free", apiKeys: ["one"], apiStages, ...plan }] : [],
        },
      },
    );
    state.sweep();
    return gateway;
  };
}

const statuses = async (gateway: Gateway, count: number, request: Parameters<typeof send>[1] = {}) => {
  const answers: number[] = [];
  for (let n = 0; n < count; n++) answers.push((await send(gateway, request)).status);
  return answers;
};
const body = async (gateway: Gateway) => (await send(gateway)).body;

const throttled = (burst: number): Version => ({
  stage: { methodSettings: [{ route: "*", throttlingRateLimit: 1, throttlingBurstLimit: burst }] },
});
const other = method({ resourcePath: "/others" });
const cached: Version = {
  stage: {
    cacheClusterSize: "0.5",
    methodSettings: [{ route: "*", cachingEnabled: true, throttlingRateLimit: 9, throttlingBurstLimit: 9 }],
  },
};

describe("what a gateway remembers, in its next version", () => {
  it("is the level of a throttle that stays the same", async () => {
    const version = versions();
    await statuses(version(throttled(2)), 1);

    const next = version({ ...throttled(2), methods: [method({ integration: proxy() }), other] });

    expect(await statuses(next, 2)).toEqual([200, 429]);
  });

  it("is not the level of a throttle that was changed", async () => {
    const version = versions();
    await statuses(version(throttled(1)), 1);

    expect(await statuses(version(throttled(2)), 3)).toEqual([200, 200, 429]);
  });

  it("is what a key has left of its quota", async () => {
    const version = versions();
    const keyed: Version = {
      methods: [method({ integration: proxy(), apiKeyRequired: true })],
      plan: { quota: { limit: 2, offset: 0, period: "DAY" } },
    };
    await statuses(version(keyed), 1, KEY);

    expect(await statuses(version({ ...keyed, ...throttled(9) }), 2, KEY)).toEqual([200, 429]);
  });

  it("is what a stage has in its cache, whatever its throttles are now", async () => {
    const version = versions();
    await body(version(cached));
    const methodSettings = cached.stage?.methodSettings?.map((it) => ({ ...it, throttlingBurstLimit: 8 })) ?? [];

    expect(await body(version({ stage: { ...cached.stage, methodSettings } }))).toBe("1");
  });

  it.each<[string, Version]>([
    ["the code behind it is new", { code: { sourceCodeHash: "new" } }],
    ["the API has another route", { methods: [method({ integration: proxy() }), other] }],
    ["its variables are others", { stage: { ...cached.stage, variables: { host: "b" } } }],
  ])("is not what a stage has in its cache when %s", async (_title, change) => {
    const version = versions();
    await body(version(cached));

    expect(await body(version({ ...cached, ...change }))).toBe("2");
  });

  it("is nothing of a version before the last one", async () => {
    const version = versions();
    await statuses(version(throttled(1)), 1);
    version();

    expect(await statuses(version(throttled(1)), 1)).toEqual([200]);
  });
});
