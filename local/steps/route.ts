import { HTTP_METHODS } from "../../definition/method";
import { type RouteIndex, variableOf } from "../addresses/route-index";
import { unsigned } from "../auth/signature";
import { shortId } from "../context";
import type { Arrival, Exchange, Overrides, Route } from "../exchange";
import { percentDecoded } from "../http/percent-decoded";
import { OverrideRecord, SilentRecord } from "../templates/values";

/**
 * Finds the method and builds the exchange. Static segments win over variables and variables over greedy ones, but only
 * among resources that have the verb: when the better resource lacks it, the next one serves.
 *
 * @throws GatewayError `UNKNOWN_ROUTE`: API Gateway knows no 404 and no 405
 */
export function route(arrival: Arrival): Exchange {
  const found = findRoute(arrival.stage.routesFor, arrival.httpMethod, arrival.path);
  if (!found) throw unsigned(arrival, "UNKNOWN_ROUTE");
  return exchangeOf(arrival, found);
}

/** The exchange of a request that has found its method. */
export function exchangeOf(arrival: Arrival, { route, pathParameters }: Match): Exchange {
  const { resourcePath } = route.method;
  arrival.facts.set("resourceId", shortId(`${arrival.stage.apiId}${resourcePath}`, 6));
  arrival.facts.set("resourcePath", resourcePath);
  return {
    ...arrival,
    route,
    method: route.method,
    pathParameters,
    overrides: new EmptyOverrides(),
  };
}

/** Made when something asks for them: most requests meet no template. */
class EmptyOverrides implements Overrides {
  private requestOverride: SilentRecord | undefined;
  private responseOverride: OverrideRecord | undefined;

  get request(): SilentRecord {
    this.requestOverride ??= Object.assign(new SilentRecord(), {
      path: new OverrideRecord(),
      header: new OverrideRecord(),
      querystring: new OverrideRecord(),
    });
    return this.requestOverride;
  }

  get response(): OverrideRecord {
    this.responseOverride ??= Object.assign(new OverrideRecord(), { header: new OverrideRecord() });
    return this.responseOverride;
  }
}

/** Verbs that ANY stands for; no method serves another one, such as TRACE. */
const VERBS: ReadonlySet<string> = new Set(HTTP_METHODS.filter((verb) => verb !== "ANY"));

/** A route, with what the path says of its variables. */
export interface Match {
  readonly route: Route;
  readonly pathParameters: Readonly<Record<string, string>>;
}

/** The route that serves a path, among those that an index names. */
export function findRoute(routesFor: RouteIndex, httpMethod: string, path: string): Match | undefined {
  if (!VERBS.has(httpMethod)) return undefined;
  const segments = path === "/" ? [] : path.replace(/^\/+|\/$/g, "").split("/");
  let best: Match | undefined;
  for (const candidate of routesFor(httpMethod, segments)) {
    const matching = match(candidate, segments);
    if (matching && (best === undefined || compare(candidate, best.route) < 0)) best = matching;
  }
  return best;
}

/** Whether a path is one of a route, and with which variables. */
export function match(candidate: Route, segments: readonly string[]): Match | undefined {
  const pathParameters: Record<string, string> = {};
  for (const [index, pattern] of candidate.segments.entries()) {
    const segment = segments[index];
    if (segment === undefined) return undefined;
    const variable = variableOf(pattern);
    if (!variable) {
      if (segment !== pattern && percentDecoded(segment) !== pattern) return undefined;
      continue;
    }
    const value = variable.isGreedy ? withoutOuterSlashes(segments.slice(index).join("/")) : segment;
    if (value === "") return undefined;
    pathParameters[variable.name] = value;
    if (variable.isGreedy) return { route: candidate, pathParameters };
  }
  return segments.length === candidate.segments.length ? { route: candidate, pathParameters } : undefined;
}

function withoutOuterSlashes(text: string): string {
  return text.replace(/^\/+|\/+$/g, "");
}

/** Better resource first; on the same resource the exact verb before ANY. */
function compare(a: Route, b: Route): number {
  for (const [index, segment] of a.segments.entries()) {
    const difference = rank(segment) - rank(b.segments[index]);
    if (difference !== 0) return difference;
  }
  return Number(a.method.httpMethod === "ANY") - Number(b.method.httpMethod === "ANY");
}

function rank(segment: string | undefined): number {
  if (segment === undefined || segment.endsWith("+}")) return 2;
  return segment.startsWith("{") ? 1 : 0;
}
