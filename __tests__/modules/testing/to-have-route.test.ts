import { stripVTControlCharacters } from "node:util";
import { MockIntegration, RestApi, Stage, TokenAuthorizer } from "../../../modules";
import { type ExpectedRoute, matchers, synthApi, type TerraformJson } from "../../../modules/testing";

expect.extend(matchers);

const terraform = synthApi((stack) => {
  const api = new RestApi(stack, "Orders", {
    deployOptions: { stageName: "v1", throttle: { rateLimit: 200, burstLimit: 100 } },
  });
  const deployment = api.latestDeployment;
  if (deployment === undefined) throw new Error("the API is not deployed");
  new Stage(stack, "Preview", { deployment, stageName: "preview", throttle: "blocked", cachingEnabled: false });
  const authorizer = new TokenAuthorizer(stack, "Token", {
    handler: { arn: "arn:aws:lambda:eu-west-1:111111111111:function:check-token" },
  });
  const mock = new MockIntegration();
  api.route("GET /products/{id}", mock, { cache: { ttlSeconds: 60, keys: ["method.request.querystring.lang"] } });
  api.route("POST /orders", mock, {
    authorizer,
    apiKeyRequired: true,
    throttle: { rateLimit: 20, burstLimit: 10 },
    requestBody: api.addModel("Order", { schema: { type: "object" } }),
  });
});

function failure(assert: () => unknown): string {
  try {
    assert();
  } catch (error) {
    return stripVTControlCharacters(error instanceof Error ? error.message : String(error));
  }
  throw new Error("nothing failed");
}

describe("toHaveRoute", () => {
  it("finds routes as they are served, on every stage", () => {
    expect(terraform).toHaveRoute("POST /orders");
    expect(terraform).not.toHaveRoute("GET /orders");
    expect(terraform).toHaveRoute("POST /orders", {
      apiKeyRequired: true,
      authorizationType: "CUSTOM",
      authorizer: "Token",
      requestModels: { "application/json": "Order" },
      throttle: { rateLimit: 20, burstLimit: 10 },
      cache: false,
      integration: { type: "MOCK" },
    });
  });

  it("knows limits that routes have from their stage, in numbers or in words", () => {
    const route = "GET /products/{id}";

    expect(terraform).toHaveRoute(route, { stage: "v1", throttle: { rateLimit: 200, burstLimit: 100 } });
    expect(terraform).toHaveRoute(route, { stage: "preview", throttle: "blocked" });
    expect(terraform).not.toHaveRoute(route, { throttle: "blocked" });
  });

  it("compares what is named in an object only, and takes asymmetric matchers", () => {
    expect(terraform).toHaveRoute("GET /products/{id}", { stage: "v1", cache: { ttlSeconds: 60 } });
    expect(terraform).toHaveRoute("GET /products/{id}", {
      stage: "v1",
      cache: { keys: expect.arrayContaining(["method.request.path.id"]) },
    });
  });

  it("reads APIs that are emitted as resources, too", () => {
    const resources = synthApi((stack) => {
      const api = new RestApi(stack, "Api", { emission: "resources" });
      api.route("GET /orders/{id}", new MockIntegration(), { apiKeyRequired: true, cache: { ttlSeconds: 60 } });
    });

    expect(resources).toHaveRoute("GET /orders/{id}", {
      apiKeyRequired: true,
      integration: { type: "MOCK" },
      cache: { ttlSeconds: 60, keys: ["method.request.path.id"] },
    });
    expect(resources).not.toHaveRoute("GET /orders");
  });

  it("says which routes there are when one is missing", () => {
    const message = failure(() => expect(terraform).toHaveRoute("POST /order", { stage: "v1" }));

    expect(message).toBe(
      'there is no "POST /order" on stage "v1"; the routes are\n  POST /orders\n  GET /products/{id}',
    );
  });

  it("says what differs, by stage", () => {
    const message = failure(() =>
      expect(terraform).toHaveRoute("GET /products/{id}", { apiKeyRequired: false, cache: { ttlSeconds: 90 } }),
    );

    expect(message.split("\n")).toEqual([
      '"GET /products/{id}" is there, but differs',
      '  cache on stage "v1": expected {"ttlSeconds": 90}, received {"ttlSeconds": 60}',
      '  cache on stage "preview": expected {"ttlSeconds": 90}, received false',
    ]);
  });

  it("says what is there and should not be", () => {
    const message = failure(() => expect(terraform).not.toHaveRoute("POST /orders", { apiKeyRequired: true }));

    expect(message).toBe('"POST /orders" is there, and is what it should not be');
  });

  it("reads routes of an API without stages", () => {
    const undeployed = synthApi((stack) => {
      new RestApi(stack, "Api", { deploy: false }).root.addMethod("GET");
    });

    expect(undeployed).toHaveRoute("GET /", { apiKeyRequired: false });
    expect(failure(() => expect(undeployed).toHaveRoute("GET /", { throttle: "blocked" }))).toContain(
      'throttle without a stage: expected "blocked", received undefined',
    );
  });

  it("takes verbs in lower case, as route() does", () => {
    expect(terraform).toHaveRoute("post /orders");
    expect(failure(() => expect(terraform).not.toHaveRoute("post /orders"))).toContain('"POST /orders" is there');
  });

  it.each<[title: string, route: string, expected: ExpectedRoute, message: string]>([
    ["a route has no verb", "/orders", {}, 'a route is a verb, one space and a path, got "/orders"'],
    ["a route has no slash", "GET orders", {}, 'the path of a route begins with a slash, got "GET orders"'],
    ["a verb does not exist", "FETCH /orders", {}, 'API Gateway has no method "FETCH", only ANY, '],
    ["a stage does not exist", "GET /orders", { stage: "v2" }, 'there is no stage "v2", only "v1", "preview"'],
    ["an API does not exist", "GET /orders", { api: "Order" }, 'there is no api "Order", only "Orders"'],
  ])("fails when %s, also where the route must not be there", (_title, route, expected, message) => {
    expect(failure(() => expect(terraform).toHaveRoute(route, expected))).toContain(message);
    expect(failure(() => expect(terraform).not.toHaveRoute(route, expected))).toContain(message);
  });

  it("fails when two APIs have the route and none is named", () => {
    const two: TerraformJson = synthApi((stack) => {
      for (const id of ["One", "Two"]) new RestApi(stack, id).root.addMethod("GET");
    });

    expect(failure(() => expect(two).toHaveRoute("GET /"))).toBe(
      'One and Two have "GET /" both: name one of them as api',
    );
    expect(two).toHaveRoute("GET /", { api: "Two" });
  });
});
