import { MockIntegration, RestApi } from "../../../modules";
import { documentOf, synthApi } from "../../../modules/testing";
import { integrationOf, member, operation, synthWithApi } from "../support/api";

describe("Resource", () => {
  it("knows its path and the variables in it", () => {
    synthWithApi((api) => {
      const events = api.root.addResource("orders").addResource("{orderId}").addResource("{rest+}");
      api.root.addMethod("GET");

      expect(api.root.path).toBe("/");
      expect(events.path).toBe("/orders/{orderId}/{rest+}");
      expect(events.pathParameters).toEqual(["orderId", "rest"]);
      expect(events.parentResource?.path).toBe("/orders/{orderId}");
    });
  });

  it("creates what is missing on the way to a path, and nothing twice", () => {
    synthWithApi((api) => {
      const orders = api.root.addResource("orders");
      const order = api.root.resourceForPath("/orders/{orderId}");
      order.addMethod("GET");

      expect(api.root.resourceForPath("orders/{orderId}")).toBe(order);
      expect(orders.getResource("{orderId}")).toBe(order);
      expect(api.root.resourceForPath("/")).toBe(api.root);
    });
  });

  it("declares the variables of the path on each method", () => {
    const terraform = synthWithApi((api) => api.root.resourceForPath("orders/{orderId}").addMethod("GET"));

    expect(operation(terraform, "GET /orders/{orderId}").parameters).toEqual([
      { in: "path", name: "orderId", required: true, schema: { type: "string" } },
    ]);
  });

  it("serves everything below a proxy", () => {
    const terraform = synthWithApi((api) => api.root.addProxy());

    expect(operation(terraform, "ANY /{proxy+}")).toMatchObject({
      parameters: [{ in: "path", name: "proxy", required: true }],
    });
  });

  it("hands integration and options down to children", () => {
    const terraform = synthWithApi(
      (api) => {
        const orders = api.root.addResource("orders", { defaultMethodOptions: { operationName: "ListOrders" } });
        orders.addMethod("GET");
      },
      {
        defaultIntegration: new MockIntegration({ requestTemplates: { "application/json": '{"statusCode": 418}' } }),
        defaultMethodOptions: { apiKeyRequired: true },
      },
    );

    expect(operation(terraform, "GET /orders")).toMatchObject({
      operationId: "ListOrders",
      security: [{ api_key: [] }],
    });
    expect(integrationOf(terraform, "GET /orders").requestTemplates).toEqual({
      "application/json": '{"statusCode": 418}',
    });
  });

  it("writes the same document whatever the order of declaration", () => {
    const routes = ["a", "b", "c"];
    const build = (order: readonly string[]) =>
      synthApi((stack) => {
        const api = new RestApi(stack, "Api");
        for (const name of order) api.root.addResource(name).addMethod("GET");
      });

    expect(build([...routes].reverse())).toEqual(build(routes));
  });

  it("accepts verbs in any case", () => {
    const terraform = synthWithApi((api) => api.root.addMethod("post"));

    expect(Object.keys(member(documentOf(terraform), "paths", "/"))).toEqual(["post"]);
  });

  it("allows a greedy child below a static resource next to a greedy sibling", () => {
    const terraform = synthWithApi((api) => {
      api.root.addProxy();
      api.root.addResource("parent").addResource("{child+}").addMethod("GET");
    });

    expect(Object.keys(member(documentOf(terraform), "paths"))).toEqual(["/parent/{child+}", "/{proxy+}"]);
  });
});
