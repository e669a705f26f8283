import type { StageDefinition } from "../../definition/stage";
import { fakeHost, gatewayFor, method, mock, proxy, send } from "../support/gateway";

const TEMPLATE = "$stageVariables.color $stageVariables.size $context.isCanary $context.isCanaryRequest $context.stage";

const stageWith = (canary: Partial<StageDefinition["canary"]>, more: Partial<StageDefinition> = {}) => ({
  variables: { color: "blue", size: "l" },
  canary: { percentTraffic: 10, variables: { color: "yellow" }, useStageCache: false, ...canary },
  ...more,
});

function gatewayWith(stage: Partial<StageDefinition>, host = fakeHost()) {
  return gatewayFor({ methods: [method({ integration: mock(TEMPLATE) })] }, { host, stage });
}

describe("a canary", () => {
  it.each([
    [10, 0, "yellow l true true v1"],
    [10, 0.0999, "yellow l true true v1"],
    [10, 0.1, "blue l false false v1"],
    [0.5, 0.0049, "yellow l true true v1"],
    [0.5, 0.005, "blue l false false v1"],
    [0, 0, "blue l false false v1"],
    [100, 0.9999, "yellow l true true v1"],
  ])("of %d percent answers at a chance of %d: %s", async (percentTraffic, chance, expected) => {
    const host = fakeHost();
    host.chance = chance;

    expect((await send(gatewayWith(stageWith({ percentTraffic }), host))).body).toBe(expected);
  });

  it("is nowhere on a stage without one", async () => {
    expect((await send(gatewayWith({ variables: { color: "blue" } }))).body).toBe("blue  false  v1");
  });

  it("shows in the access log", async () => {
    const host = fakeHost();
    const accessLog = { destinationArn: "arn", format: "$context.requestId $context.isCanaryRequest" };

    await send(gatewayWith(stageWith({}, { accessLog }), host));

    expect(host.logLines).toEqual([expect.stringMatching(/ true$/)]);
  });

  it("shares the throttles of its stage", async () => {
    const host = fakeHost();
    const methodSettings = [{ route: "*", throttlingRateLimit: 1, throttlingBurstLimit: 1 }] as const;
    const gateway = gatewayWith(stageWith({}, { methodSettings }), host);
    await send(gateway);

    host.chance = 0.99;

    expect((await send(gateway)).status).toBe(429);
  });

  it.each([
    [true, "yellow l true true v1"],
    [false, "blue l false false v1"],
  ])("shares the stage's cache when told: %s", async (useStageCache, expected) => {
    const host = fakeHost();
    const methodSettings = [{ route: "*", cachingEnabled: true }] as const;
    const gateway = gatewayWith(stageWith({ useStageCache }, { cacheClusterSize: "0.5", methodSettings }), host);
    await send(gateway);

    host.chance = 0.99;

    expect((await send(gateway)).body).toBe(expected);
  });

  it("is no longer named as missing", async () => {
    const gateway = gatewayWith(stageWith({}));

    expect(gateway.notEmulated()).toEqual([]);
    expect((await send(gateway)).headers).not.toHaveProperty("x-headgate-not-emulated");
  });

  it("that calls a function outside of the stack answers 501, and its stage does not", async () => {
    const uri =
      "arn:aws:apigateway:r:lambda:path/2015-03-31/functions/arn:aws:lambda:r:0:function:${stageVariables.fn}/invocations";
    const host = fakeHost();
    const gateway = gatewayFor(
      { methods: [method({ integration: proxy({ uri }) })] },
      { host, stage: stageWith({ variables: { fn: "other" } }, { variables: { fn: "fn" } }) },
    );

    expect((await send(gateway)).status).toBe(501);
    host.chance = 0.99;
    expect((await send(gateway)).status).toBe(200);
    expect(gateway.notEmulated()).toEqual([
      {
        route: "GET /v1/things",
        attribute: "integration.uri",
        reason: expect.stringMatching(/^function "other" is not in this stack/),
        answers: "501",
      },
    ]);
  });
});
