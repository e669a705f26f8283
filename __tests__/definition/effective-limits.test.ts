import { type HeadgateStack, RestApi } from "../../modules";
import { limitsOf, synthApi } from "../../modules/testing";

const limits = (build: (api: RestApi) => void, throttle?: { rateLimit: number; burstLimit: number }) =>
  limitsOf(
    synthApi((stack: HeadgateStack) =>
      build(new RestApi(stack, "Api", { deployOptions: throttle === undefined ? {} : { throttle } })),
    ),
  );

describe("effectiveLimits", () => {
  it("are the account's where nothing else is declared", () => {
    expect(limits((api) => api.route("GET /"))).toEqual([
      {
        route: "GET /",
        everyone: { rateLimit: 10_000, rateLimitBy: "account", burstLimit: 5_000, burstLimitBy: "account" },
        plans: {},
      },
    ]);
  });

  it("of a route stand in place of the stage's, whether smaller or larger", () => {
    const found = limits(
      (api) => {
        api.route("GET /large", undefined, { throttle: { rateLimit: 500, burstLimit: 50 } });
        api.route("GET /other");
        api.route("GET /raised", undefined, { throttle: "account-limit" });
      },
      { rateLimit: 200, burstLimit: 100 },
    );

    expect(found.map(({ route, everyone }) => [route, everyone])).toEqual([
      ["GET /large", { rateLimit: 500, rateLimitBy: "route", burstLimit: 50, burstLimitBy: "route" }],
      ["GET /other", { rateLimit: 200, rateLimitBy: "stage", burstLimit: 100, burstLimitBy: "stage" }],
      ["GET /raised", { rateLimit: 200, rateLimitBy: "stage", burstLimit: 100, burstLimitBy: "stage" }],
    ]);
  });

  it("of a key are the smallest of its plan's and everyone's, each number by itself", () => {
    const [order, product] = limits((api) => {
      const method = api.route("POST /orders", undefined, {
        apiKeyRequired: true,
        throttle: { rateLimit: 20, burstLimit: 10 },
      });
      api.route("GET /products");
      const apiStages = [
        { stage: api.deploymentStage, throttle: [{ method, throttle: { rateLimit: 1, burstLimit: 99 } }] },
      ];
      api.addUsagePlan("free", { throttle: { rateLimit: 5, burstLimit: 4 }, apiStages });
      api.addUsagePlan("pro", {
        throttle: { rateLimit: 100, burstLimit: 200 },
        quota: { limit: 1_000, period: "DAY" },
        apiStages: [{ stage: api.deploymentStage }],
      });
      api.addUsagePlan("elsewhere", { throttle: { rateLimit: 1, burstLimit: 1 } });
    });

    expect(order?.plans).toEqual({
      free: { rateLimit: 1, rateLimitBy: "plan route", burstLimit: 4, burstLimitBy: "plan" },
      pro: {
        rateLimit: 20,
        rateLimitBy: "route",
        burstLimit: 10,
        burstLimitBy: "route",
        quota: { limit: 1_000, offset: 0, period: "DAY" },
      },
    });
    expect(product?.plans).toEqual({});
  });

  it("fails when it is not clear which stage is meant", () => {
    const two = synthApi((stack) => {
      for (const id of ["One", "Two"]) new RestApi(stack, id).route("GET /");
    });

    expect(() => limitsOf(two)).toThrow('limitsOf needs one stage, and found "prod" of "One", "prod" of "Two"');
    expect(limitsOf(two, { api: "Two" })).toHaveLength(1);
  });
});
