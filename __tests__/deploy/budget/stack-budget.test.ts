import type { JsonObject } from "../../../definition/json";
import { readStackJson } from "../../../definition/terraform/read-stack";
import { renderBudget } from "../../../deploy/budget/render-budget";
import { type StackBudget, stackBudget } from "../../../deploy/budget/stack-budget";
import { MockIntegration, RestApi, type RestApiProps, type StageOptions } from "../../../modules";
import { synthApi } from "../../../modules/testing";

type Routes = Readonly<Record<string, Parameters<RestApi["route"]>[2]>>;

async function budgetOf(routes: Routes, stage: StageOptions = {}, props: RestApiProps = {}): Promise<StackBudget> {
  const terraform: JsonObject = JSON.parse(
    JSON.stringify(
      synthApi((stack) => {
        const deployOptions = { stageName: "v1", ...stage };
        const api = new RestApi(stack, "Api", {
          restApiName: "shop",
          deployOptions,
          ...props,
        });
        for (const [route, options] of Object.entries(routes)) api.route(route, new MockIntegration(), options ?? {});
      }),
    ),
  );
  return stackBudget(terraform, await readStackJson(terraform, "shop-dev"));
}

const SLOW = { throttle: { rateLimit: 5, burstLimit: 2 } };
const CACHED = { cache: { ttlSeconds: 60 } };

describe("stackBudget", () => {
  it("costs the same however many routes have no settings of their own", async () => {
    const routes = Object.fromEntries(Array.from({ length: 50 }, (_, index) => [`GET /things-${index}`, {}]));

    const [one, many] = await Promise.all([budgetOf({ "GET /things": {} }), budgetOf(routes)]);

    expect([one.create.calls, one.plan.calls]).toEqual([10, 5]);
    expect([many.create.calls, many.plan.calls]).toEqual([10, 5]);
  });

  it("names routes that cost calls of their own, with what differs from the stage", async () => {
    const { create, plan, routes } = await budgetOf({
      "GET /a": SLOW,
      "GET /b": {},
      "GET /c": CACHED,
    });

    expect([create.calls, plan.calls]).toEqual([10 + 4 + 1, 5 + 2]);
    expect(routes).toMatchObject([
      {
        stage: "shop/v1",
        route: "GET /a",
        differences: { throttlingRateLimit: 5, throttlingBurstLimit: 2 },
      },
      {
        stage: "shop/v1",
        route: "GET /c",
        differences: { cachingEnabled: true, cacheTtlSeconds: 60 },
      },
    ]);
  });

  it("suggests the stage's default where routes say the same, and the usage plan for throttles", async () => {
    const { suggestions } = await budgetOf({
      "GET /a": SLOW,
      "GET /b": SLOW,
      "GET /c": CACHED,
    });

    expect(suggestions).toEqual([
      "shop/v1: GET /a, GET /b: the same throttle as default of the stage costs 2 calls for all",
      "shop/v1: GET /a, GET /b: throttles of a usage plan cost no calls; they limit each API key, not all callers together",
      "shop/v1: GET /c: a cached route needs its entry: nothing saves it",
    ]);
  });

  it("suggests nothing where the stage says it for all", async () => {
    const { routes, suggestions, create } = await budgetOf(
      { "GET /a": SLOW, "GET /b": SLOW },
      { throttlingRateLimit: 5, throttlingBurstLimit: 2 },
    );

    expect(create.calls).toBe(12);
    expect({ routes, suggestions }).toEqual({ routes: [], suggestions: [] });
  });

  it("says of entries that repeat the stage that they can go", async () => {
    const settings = {
      rest_api_id: "${aws_api_gateway_rest_api.a.id}",
      stage_name: "${aws_api_gateway_stage.s.stage_name}",
    };
    const terraform: JsonObject = {
      resource: {
        aws_api_gateway_rest_api: { a: { name: "a" } },
        aws_api_gateway_stage: {
          s: {
            rest_api_id: "${aws_api_gateway_rest_api.a.id}",
            deployment_id: "d",
            stage_name: "v1",
          },
        },
        aws_api_gateway_method_settings: {
          all: {
            ...settings,
            method_path: "*/*",
            settings: { metrics_enabled: true },
          },
          one: {
            ...settings,
            method_path: "orders/GET",
            settings: { metrics_enabled: true },
          },
        },
      },
    };

    const { suggestions } = stackBudget(terraform, await readStackJson(terraform, "a"));

    expect(suggestions).toEqual(["a/v1: GET /orders: says what the stage says: remove the entry"]);
  });

  it("suggests a document for an API of resources", async () => {
    const { suggestions } = await budgetOf({ "GET /a": {} }, {}, { emission: "resources" });

    expect(suggestions).toEqual([
      '8 calls make routes one by one; the "openapi" emission makes them all by one PutRestApi',
    ]);
  });
});

describe("renderBudget", () => {
  it("shows calls by operation, routes that cost, and how to save", async () => {
    expect(renderBudget(await budgetOf({ "GET /a": SLOW, "GET /b": {} }))).toMatchInlineSnapshot(`
      "shop-dev (eu-west-1): calls to API Gateway's control plane, with hashicorp/aws 5.100

      operation         create  plan  AWS allows
      CreateDeployment       1        1 in 5 s
      CreateRestApi          1        1 in 3 s
      CreateStage            1
      GetDeployment          1     1
      GetResources           1     1  2.5 a second
      GetRestApi             3     2
      GetStage               2     2
      PutRestApi             1        1 a second
      UpdateStage            1
      all                   12     6  10 a second, 40 at once
      at least             0 s   0 s

      Routes with calls of their own, 2 to create and 1 to plan:
        GET /a  on shop/v1  throttlingRateLimit 5, throttlingBurstLimit 2

      To save calls:
        shop/v1: GET /a: throttles of a usage plan cost no calls; they limit each API key, not all callers together"
    `);
  });

  it("lists 20 routes and counts the others", async () => {
    const routes = Object.fromEntries(Array.from({ length: 25 }, (_, index) => [`GET /things-${index}`, SLOW]));

    const text = renderBudget(await budgetOf(routes));

    expect(text.match(/GET \/things-\d+ {2}on/g)).toHaveLength(20);
    expect(text).toContain("… and 5 more (--json lists them all)");
    expect(text).toMatch(/^at least +2 s +0 s {2}because of total$/m);
  });
});
