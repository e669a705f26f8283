import { array, assert, constantFrom, property, tuple } from "fast-check";
import { type RouteIndex, routeIndex } from "../../../local/addresses/route-index";
import type { Route } from "../../../local/exchange";
import { findRoute } from "../../../local/steps/route";
import { method } from "../../support/gateway";

/** Looks at every route, as API Gateway's rules are written. */
const linear =
  (routes: readonly Route[]): RouteIndex =>
  (httpMethod) =>
    routes.filter(({ method: { httpMethod: verb } }) => verb === httpMethod || verb === "ANY");

function routeOf([httpMethod, segments]: readonly ["GET" | "POST" | "ANY", readonly string[]]): Route {
  const resourcePath = `/${segments.join("/")}`;
  return { method: method({ httpMethod, resourcePath }), segments, obstacles: [], limiters: [], withoutEffect: [] };
}

const verb = constantFrom("GET", "POST", "ANY");
const pattern = constantFrom("a", "b", "a b", "a%20b", "{x}", "{y}", "{p+}", "{q+}");
const table = array(tuple(verb, array(pattern, { maxLength: 4 })), { maxLength: 12 });
const path = array(constantFrom("a", "b", "c", "a%20b", "%", ""), { maxLength: 6 });

describe("the index of routes", () => {
  it("finds for any table and path what a look at every route finds", () => {
    assert(
      property(table, constantFrom("GET", "POST", "PUT", "TRACE"), path, (entries, httpMethod, segments) => {
        const routes = entries.map(routeOf);
        const sent = `/${segments.join("/")}`;

        expect(findRoute(routeIndex(routes), httpMethod, sent)).toEqual(findRoute(linear(routes), httpMethod, sent));
      }),
      { numRuns: 2_000 },
    );
  });

  it("names no routes that begin otherwise", () => {
    const routes = Array.from({ length: 1_000 }, (_, index) => routeOf(["GET", [`things-${index}`, "{id}"]]));

    expect(routeIndex(routes)("GET", ["things-7", "1"])).toEqual([routes[7]]);
  });
});
