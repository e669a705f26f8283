import type { IConstruct } from "constructs";
import { type Check, refuseAtOnce } from "../checks/check";

/** A verb and a path, as they stand in `GET /orders/{orderId}`. */
export interface RouteText {
  readonly httpMethod: string;
  readonly path: string;
}

const CHECKS: readonly Check<string>[] = [
  {
    code: "ROUTE_INVALID",
    problem: (route) => {
      if (!/^\S+ \S+$/.test(route)) return `a route is a verb, one space and a path, got "${route}"`;
      const path = route.slice(route.indexOf(" ") + 1);
      if (!path.startsWith("/")) return `the path of a route begins with a slash, got "${route}"`;
      if (path.length > 1 && path.endsWith("/")) return `the path of a route does not end with a slash, got "${route}"`;
      return path.includes("//") ? `a segment of the path is empty in "${route}"` : undefined;
    },
    fix: 'write it as "GET /orders/{orderId}"',
  },
];

/** Takes a route apart. Throws `ROUTE_INVALID`. */
export function parseRoute(scope: IConstruct, route: string): RouteText {
  refuseAtOnce(scope, CHECKS, route);
  const [httpMethod = "", path = ""] = route.split(" ");
  return { httpMethod, path };
}
