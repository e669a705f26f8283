import { ADMIN_PATHS, adminPages } from "../../../local/admin/admin-pages";
import { createMetrics } from "../../../local/admin/metrics";
import { createGateway } from "../../../local/pipeline";
import { deployed, FUNCTION_URI, fakeHost, method, proxy, stack, stage } from "../../support/gateway";

const ELSEWHERE = FUNCTION_URI.replace("function:fn", "function:elsewhere");

/** The routes of an API with one route of each kind. */
function routes(planKnowsApiBy: "address" | "id" = "address") {
  const methods = [
    method({
      resourcePath: "/orders/{orderId}",
      integration: proxy({ cacheKeyParameters: ["method.request.path.orderId"], timeoutMillis: 5_000 }),
      authorizationType: "COGNITO_USER_POOLS",
      authorizer: "users",
      authorizationScopes: ["orders/read"],
      apiKeyRequired: true,
    }),
    method({ httpMethod: "POST", resourcePath: "/elsewhere", integration: proxy({ uri: ELSEWHERE }) }),
  ];
  const authorizers = { users: { type: "COGNITO_USER_POOLS", resultTtlSeconds: 0, providerArns: [] } } as const;
  const methodSettings = [
    {
      route: "*" as const,
      cachingEnabled: true,
      cacheTtlSeconds: 60,
      throttlingRateLimit: 50,
      throttlingBurstLimit: 20,
    },
  ];
  const api = deployed({ name: "orders", methods, authorizers }, [stage({ cacheClusterSize: "0.5", methodSettings })]);
  const quota = { limit: 100, offset: 0, period: "DAY" } as const;
  const served = stack({
    apis: [api],
    usagePlans: [
      {
        name: "free",
        throttle: { rateLimit: 2, burstLimit: 1 },
        quota,
        apiStages: [{ apiAddress: api[planKnowsApiBy], stageName: "v1", throttle: [] }],
        apiKeys: [],
      },
    ],
  });
  const gateway = createGateway({ stacks: [served], host: fakeHost() });
  const pages = adminPages(createMetrics(), () => ({ stacks: [served], gateway }));
  return { pages, views: JSON.parse(pages[ADMIN_PATHS.routes]?.().body ?? "{}").routes };
}

describe("/-/routes", () => {
  it("says of each route what is behind it, who may call it, and how often", () => {
    const [order] = routes().views;

    expect(order).toEqual({
      api: "orders",
      stage: "v1",
      method: "GET",
      path: "/orders/{orderId}",
      localPath: "/v1/orders/{orderId}",
      integration: { type: "AWS_PROXY", uri: FUNCTION_URI, timeoutMillis: 5_000 },
      authorization: { type: "COGNITO_USER_POOLS", authorizer: "users", scopes: ["orders/read"] },
      apiKeyRequired: true,
      throttle: { rateLimit: 50, burstLimit: 20 },
      plans: { free: { rateLimit: 2, burstLimit: 1, quota: { limit: 100, offset: 0, period: "DAY" } } },
      cache: { ttlSeconds: 60, keys: ["method.request.path.orderId"] },
      notEmulated: [],
    });
  });

  it("knows plans of other stacks, which name the API by its id", () => {
    expect(routes("id").views[0].plans).toHaveProperty("free");
  });

  it("says what is not emulated, and that a POST is stored only where it is switched on by itself", () => {
    const [, elsewhere] = routes().views;

    expect(elsewhere).toMatchObject({
      method: "POST",
      cache: null,
      plans: {},
      notEmulated: [
        {
          attribute: "integration.uri",
          reason: expect.stringContaining('function "elsewhere" is not in this stack'),
          answers: "501",
        },
      ],
    });
  });
});

describe("/-/health", () => {
  it("names each of several stacks that are served as one", () => {
    const gateway = createGateway({ stacks: [], host: fakeHost() });
    const pages = adminPages(createMetrics(), () => ({ stacks: [stack({ name: "orders, billing" })], gateway }));

    expect(JSON.parse(pages[ADMIN_PATHS.health]?.().body ?? "").stacks).toEqual(["orders", "billing"]);
  });

  it("names the stacks that are served", () => {
    expect(JSON.parse(routes().pages[ADMIN_PATHS.health]?.().body ?? "")).toEqual({
      status: "ok",
      stacks: ["orders-dev"],
    });
  });
});
