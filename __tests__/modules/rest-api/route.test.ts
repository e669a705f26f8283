import { MockIntegration } from "../../../modules";
import { documentOf } from "../../../modules/testing";
import { member, operation, synthWithApi } from "../support/api";
import { api, expectRefusal, type Refusal } from "../support/refusals";

describe("api.route", () => {
  it("creates the resources in between, and nothing twice", () => {
    const terraform = synthWithApi((it) => {
      const orders = it.root.addResource("orders");
      const get = it.route("GET /orders/{orderId}", new MockIntegration());
      it.route("DELETE /orders/{orderId}");

      expect(get.route).toBe("GET /orders/{orderId}");
      expect(get.resource.parentResource).toBe(orders);
    });

    expect(Object.keys(member(documentOf(terraform), "paths", "/orders/{orderId}"))).toEqual(["delete", "get"]);
  });

  it("declares a method of the root", () => {
    const terraform = synthWithApi((it) => it.route("ANY /"));

    expect(operation(terraform, "ANY /")).toBeDefined();
  });

  it("hands the options to the method", () => {
    const terraform = synthWithApi((it) => it.route("POST /orders", undefined, { operationName: "CreateOrder" }));

    expect(operation(terraform, "POST /orders").operationId).toBe("CreateOrder");
  });
});

const REFUSALS: readonly Refusal[] = [
  ...[
    ["a verb, one space and a path", "/orders"],
    ["a verb, one space and a path", "GET"],
    ["a verb, one space and a path", "GET  /orders"],
    ["a verb, one space and a path", "GET /orders "],
    ["begins with a slash", "GET orders"],
    ["does not end with a slash", "GET /orders/"],
    ["a segment of the path is empty", "GET /orders//{id}"],
    ["a segment of the path is empty", "GET //orders"],
  ].map(([problem = "", route = ""]) => ({ code: "ROUTE_INVALID", problem, build: api({}, (it) => it.route(route)) })),
  { code: "HTTP_METHOD_UNKNOWN", problem: 'no method "FETCH"', build: api({}, (it) => it.route("FETCH /orders")) },
  { code: "PATH_PART_INVALID", problem: 'got "a{b}"', build: api({}, (it) => it.route("GET /a{b}")) },
  {
    code: "DUPLICATE_ROUTE",
    problem: '"GET /a" is declared twice',
    build: api({}, (it) => [it.route("GET /a"), it.route("get /a")]),
  },
];

it.each(REFUSALS)("fails when a route cannot be read: $code, $problem", expectRefusal);
