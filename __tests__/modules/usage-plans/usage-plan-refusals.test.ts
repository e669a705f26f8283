import {
  ApiKey,
  type ApiKeyOptions,
  type Quotas,
  RestApi,
  raiseQuotas,
  Stage,
  type ThrottleSettings,
  type UsagePlanOptions,
} from "../../../modules";
import { synthApi } from "../../../modules/testing";
import { synthWithApi } from "../support/api";
import { expectRefusal, type Refusal } from "../support/refusals";
import { warningsOf } from "../support/warnings";

const WITH_KEY = { apiKeyRequired: true };

const plan = (options: UsagePlanOptions) => () => synthWithApi((api) => api.addUsagePlan("Plan", options));
const key = (options: ApiKeyOptions) => () => synthApi((stack) => new ApiKey(stack, "Key", options));
const covering = (extend: (api: RestApi) => unknown) => () => synthWithApi(extend);

/** A throttle as it comes from JavaScript or a cast. */
const untyped = (throttle: unknown) => plan({ throttle: throttle as ThrottleSettings });

const limit = { rateLimit: 1, burstLimit: 1 };

describe("usage plans and keys", () => {
  it.each<Refusal>([
    { code: "QUOTA_LIMIT_INVALID", problem: "got 0", build: plan({ quota: { limit: 0, period: "DAY" } }) },
    {
      code: "QUOTA_OFFSET_OUT_OF_RANGE",
      problem: "of a DAY must be 0 to 0, got 1",
      build: plan({ quota: { limit: 1, period: "DAY", offset: 1 } }),
    },
    {
      code: "QUOTA_OFFSET_OUT_OF_RANGE",
      problem: "of a WEEK must be 0 to 6, got 7",
      build: plan({ quota: { limit: 1, period: "WEEK", offset: 7 } }),
    },
    {
      code: "QUOTA_OFFSET_OUT_OF_RANGE",
      problem: "must be 0 to 27, got 28",
      build: plan({ quota: { limit: 1, period: "MONTH", offset: 28 } }),
    },
    {
      code: "THROTTLE_RATE_OUT_OF_RANGE",
      problem: 'of usage plan "Plan" must be 0 or more requests a second, got -2',
      build: plan({ throttle: { rateLimit: -2, burstLimit: 1 } }),
    },
    {
      code: "THROTTLE_BURST_OUT_OF_RANGE",
      problem: "got 1.5",
      build: plan({ throttle: { rateLimit: 1, burstLimit: 1.5 } }),
    },
    {
      code: "USAGE_PLAN_THROTTLE_INVALID",
      problem: 'of usage plan "Plan" must be a rateLimit and a burstLimit, got {"rateLimit":-1,"burstLimit":5}',
      build: plan({ throttle: { rateLimit: -1, burstLimit: 5 } }),
    },
    { code: "USAGE_PLAN_THROTTLE_INVALID", problem: 'got "account-limit"', build: untyped("account-limit") },
    { code: "USAGE_PLAN_THROTTLE_INVALID", problem: 'got {"rateLimit":5}', build: untyped({ rateLimit: 5 }) },
    { code: "USAGE_PLAN_THROTTLE_INVALID", problem: 'got {"burstLimit":5}', build: untyped({ burstLimit: 5 }) },
    {
      code: "USAGE_PLAN_THROTTLE_INVALID",
      problem: '"GET /" in usage plan "Plan"',
      build: covering((api) => {
        const throttle = [
          { method: api.route("GET /", undefined, WITH_KEY), throttle: { rateLimit: -1, burstLimit: 1 } },
        ];
        api.addUsagePlan("Plan", { apiStages: [{ stage: api.deploymentStage, throttle }] });
      }),
    },
    {
      code: "USAGE_PLAN_STAGE_FOREIGN",
      problem: 'the stage "prod" in usage plan "Plan" is one of test/Api, not of test/Other',
      build: () =>
        synthWithApi((api, stack) => {
          const other = new RestApi(stack, "Other");
          api.addUsagePlan("Plan", { apiStages: [{ api: other, stage: api.deploymentStage }] });
        }),
    },
    {
      code: "USAGE_PLAN_STAGE_DUPLICATE",
      problem: 'the stage "prod" is twice in usage plan "Plan"',
      build: covering((api) =>
        api.addUsagePlan("Plan", { apiStages: [{ stage: api.deploymentStage }, { stage: api.deploymentStage }] }),
      ),
    },
    {
      code: "USAGE_PLAN_ROUTE_DUPLICATE",
      problem: '"GET /" is throttled twice in usage plan "Plan"',
      build: covering((api) => {
        const method = api.route("GET /", undefined, WITH_KEY);
        const throttle = [1, 2].map(() => ({ method, throttle: limit }));
        api.addUsagePlan("Plan").addApiStage({ stage: api.deploymentStage, throttle });
      }),
    },
    {
      code: "USAGE_PLAN_ROUTE_FOREIGN",
      problem: '"GET /" in usage plan "Plan" is a route of test/Other, but the stage "prod" is one of test/Api',
      build: () =>
        synthWithApi((api, stack) => {
          const method = new RestApi(stack, "Other").route("GET /", undefined, WITH_KEY);
          api.addUsagePlan("Plan").addApiStage({ stage: api.deploymentStage, throttle: [{ method, throttle: limit }] });
        }),
    },
    {
      code: "USAGE_PLAN_ROUTE_WITHOUT_KEY",
      problem: 'usage plan "Plan" throttles "GET /open", which ask for no API key',
      build: covering((api) => {
        const throttle = [
          { method: api.route("GET /open"), throttle: limit },
          { method: api.route("GET /closed", undefined, WITH_KEY), throttle: limit },
        ];
        api.addUsagePlan("Plan").addApiStage({ stage: api.deploymentStage, throttle });
      }),
    },
    {
      code: "API_KEY_IN_TWO_PLANS",
      problem: 'the API key "Key" is in the plans "Free" and "Pro" of the stage "prod"',
      build: covering((api) => {
        const shared = api.addApiKey("Key");
        api.route("GET /", undefined, WITH_KEY);
        for (const name of ["Free", "Pro"]) {
          api.addUsagePlan(name, { apiStages: [{ stage: api.deploymentStage }] }).addApiKey(shared);
        }
      }),
    },
    {
      code: "API_KEY_IN_TWO_PLANS",
      problem: 'the API key "Pro key" is in the plans "Free" and "Pro"',
      build: () =>
        synthWithApi((api, stack) => {
          for (const name of ["Free", "Pro"]) {
            const same = ApiKey.fromApiKeyId(stack, `${name} key`, "key123");
            api.addUsagePlan(name, { apiStages: [{ stage: api.deploymentStage }] }).addApiKey(same);
          }
        }),
    },
    { code: "API_KEY_VALUE_INVALID", problem: "got 5 characters", build: key({ value: "short" }) },
    { code: "API_KEY_VALUE_INVALID", problem: "got 129 characters", build: key({ value: "x".repeat(129) }) },
    { code: "API_KEY_VALUE_INVALID", problem: "without spaces", build: key({ value: "with spaces, and long enough" }) },
    { code: "API_KEY_NAME_INVALID", problem: "got 1025", build: key({ apiKeyName: "x".repeat(1025) }) },
    { code: "API_KEY_NAME_INVALID", problem: "got 0", build: key({ apiKeyName: "" }) },
    {
      code: "API_KEY_VALUE_DUPLICATE",
      problem: "the API key has the same value as test/One",
      build: () =>
        synthApi((stack) => {
          for (const id of ["One", "Two"]) new ApiKey(stack, id, { value: "x".repeat(20) });
        }),
    },
  ])("fails when AWS would refuse it or it could never apply: $code, $problem", expectRefusal);

  it("fails when a plan throttles more routes of a stage than AWS allows, unless the quota was raised", () => {
    const build = (raised: Partial<Quotas>) => () =>
      synthWithApi((api) => {
        raiseQuotas(api, raised);
        const throttle = Array.from({ length: 21 }, (_, index) => ({
          method: api.route(`GET /r${index}`, undefined, WITH_KEY),
          throttle: limit,
        }));
        api.addUsagePlan("Plan").addApiStage({ stage: api.deploymentStage, throttle });
      });

    expectRefusal({
      code: "USAGE_PLAN_THROTTLES_TOO_MANY",
      problem: 'usage plan "Plan" may throttle 20 routes of a stage by themselves, got 21',
      build: build({}),
    });
    expect(build({ throttledRoutesPerPlanStage: 21 })).not.toThrow();
  });

  it("never shows the value of a key in a message", () => {
    expect(key({ value: "secret" })).not.toThrow(/secret/);
  });
});

describe("plans, stages and routes that ask for keys", () => {
  const warnings = (build: (api: RestApi) => void) => warningsOf((stack) => build(new RestApi(stack, "Api")));

  it("are warned of when a plan covers a stage whose routes ask for no key", () => {
    const found = warnings((api) => {
      api.route("GET /");
      api.addUsagePlan("Plan", { apiStages: [{ stage: api.deploymentStage }] });
    });

    expect(found).toEqual([
      expect.stringMatching(
        /^USAGE_PLAN_WITHOUT_EFFECT: usage plan "Plan" covers the stage "prod", but no route of test\/Api/,
      ),
    ]);
  });

  it("are warned of by stage when no plan covers routes that ask for a key", () => {
    const found = warnings((api) => {
      for (const id of ["a", "b", "c", "d"]) api.route(`GET /${id}`, undefined, WITH_KEY);
      const { latestDeployment: deployment } = api;
      if (deployment === undefined) throw new Error("the API is not deployed");
      new Stage(api, "Preview", { deployment, stageName: "preview" });
      api.addUsagePlan("Plan", { apiStages: [{ stage: api.deploymentStage }] });
    });

    expect(found).toEqual([
      expect.stringMatching(
        /^API_KEY_ROUTES_WITHOUT_PLAN: "GET \/a", "GET \/b", "GET \/c" and 1 more on the stage "preview" ask for an API key/,
      ),
    ]);
  });

  it("are warned of when a plan allows more than the account", () => {
    const found = warnings((api) => {
      api.route("GET /", undefined, WITH_KEY);
      api.addUsagePlan("Plan", {
        throttle: { rateLimit: 20_000, burstLimit: 10 },
        apiStages: [{ stage: api.deploymentStage }],
      });
    });

    expect(found).toEqual([expect.stringMatching(/^THROTTLE_ABOVE_ACCOUNT: usage plan "Plan" allows 20000/)]);
  });

  it("are not warned of when the API has other routes elsewhere", () => {
    const found = warningsOf((stack) => {
      const api = RestApi.fromRestApiAttributes(stack, "Api", { restApiId: "a1b2c3d4e5", rootResourceId: "r" });
      api.route("GET /a");
      const stage = api.addStage("Stage", {});
      api.addUsagePlan("Plan", { apiStages: [{ stage }] });
    });

    expect(found.filter((text) => text.startsWith("USAGE_PLAN_WITHOUT_EFFECT"))).toEqual([]);
  });

  it("are not warned of when they fit", () => {
    expect(
      warnings((api) => {
        api.route("GET /", undefined, WITH_KEY);
        api.addUsagePlan("Plan", { apiStages: [{ stage: api.deploymentStage }] });
      }),
    ).toEqual([]);
  });
});
