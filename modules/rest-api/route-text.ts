import type { IConstruct } from "constructs";
import { HTTP_METHODS } from "../../definition/method";
import { type Check, findProblems } from "../checks/check";
import { recordFinding } from "../checks/findings";
import { shortHash } from "../naming";

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

/** Takes a route apart. Reports `ROUTE_INVALID` at synth, with another route in the place of the one that is none. */
export function parseRoute(scope: IConstruct, route: string): RouteText {
  const findings = findProblems(scope, CHECKS, route);
  for (const finding of findings) recordFinding(scope, finding);
  const [httpMethod = "", path = ""] = route.split(" ");
  return findings.length === 0 ? { httpMethod, path } : standIn(route);
}

/** What keeps a text from being a route, if anything: for routes that stand outside of an app. */
export function routeProblem(route: string): string | undefined {
  const [found] = CHECKS.flatMap(({ problem }) => problem(route) ?? []);
  if (found !== undefined) return found;
  const [verb = ""] = route.split(" ");
  return HTTP_METHODS.some((known) => known === verb.toUpperCase())
    ? undefined
    : `API Gateway has no method "${verb}", only ${HTTP_METHODS.join(", ")}`;
}

/** With the variables of the path, which options may name, and no other route's verb and path. */
function standIn(route: string): RouteText {
  const segments = route.split(/[\s/]+/).filter((segment) => segment !== "");
  const variables = segments.filter((segment) => /^\{[\w.-]+\+?\}$/.test(segment));
  const [verb = ""] = segments;
  const httpMethod = HTTP_METHODS.find((known) => known === verb.toUpperCase()) ?? "ANY";
  return { httpMethod, path: `/${[shortHash(route), ...variables].join("/")}` };
}
