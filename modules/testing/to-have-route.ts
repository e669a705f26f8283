import { routeProblem } from "../rest-api/route-text";
import { type Throttle, throttleLimits } from "../rest-api/throttle";
import { type DeployedRoute, deployedRoutes, type RouteFacts } from "./route-facts";
import type { TerraformJson } from "./synth-api";

/** What a route must be: the facts that are named, and no others. Objects match when they hold what is named in them. */
export type ExpectedRoute = {
  readonly [Fact in Exclude<keyof RouteFacts, "throttle">]?: Partially<RouteFacts[Fact]>;
} & {
  /** The limit that route or stage declare for all callers together. */
  readonly throttle?: Throttle;
  /** @default - every stage */
  readonly stage?: string;
  /** Name of the API. @default - the only API that has the route */
  readonly api?: string;
};

/** An object with some of its members, at any depth. */
export type Partially<Value> = Value extends readonly unknown[]
  ? Value
  : Value extends object
    ? { readonly [Name in keyof Value]?: Partially<Value[Name]> }
    : Value;

/** What jest and its likes hand to a matcher, as far as it is used here. */
export interface MatcherContext {
  readonly isNot?: boolean;
  equals(received: unknown, expected: unknown): boolean;
  readonly utils: { printExpected(value: unknown): string; printReceived(value: unknown): string };
}

/** What a matcher answers. */
export interface MatcherResult {
  readonly pass: boolean;
  message(): string;
}

/**
 * Asserts that a synthesized stack serves a route, with what is named about it, on every stage. Throws for a text that is no
 * route, and for a stage or an API that does not exist: `not.toHaveRoute` would be true of all of them.
 *
 * ```ts
 * expect(terraform).toHaveRoute("GET /products/{productId}", { cache: { ttlSeconds: 300 }, throttle: "account-limit" });
 * ```
 */
export function toHaveRoute(
  this: MatcherContext,
  terraform: TerraformJson,
  text: string,
  expected: ExpectedRoute = {},
): MatcherResult {
  const { stage, api, ...facts } = expected;
  const route = readRoute(text);
  const ofApi = within(deployedRoutes(terraform), "api", api);
  const all = within(ofApi, "stage", stage);
  const found = all.filter((it) => it.route === route);
  const apis = new Set(found.map((it) => it.api));
  if (apis.size > 1) throw new Error(`${[...apis].join(" and ")} have "${route}" both: name one of them as api`);
  const differences = found.flatMap((it) => differencesOf(this, it, facts));
  const isFound = found.length > 0;
  return {
    pass: isFound && differences.length === 0,
    message: () => {
      if (!isFound) return `there is no "${route}"${placeOf(expected)}; the routes are\n${listOf(all)}`;
      if (this.isNot === true) return `"${route}" is there, and is what it should not be${placeOf(expected)}`;
      return `"${route}" is there, but differs\n${differences.join("\n")}`;
    },
  };
}

/** Verbs may be in lower case, as in `route()`. */
function readRoute(text: string): string {
  const problem = routeProblem(text);
  if (problem !== undefined) throw new Error(`${problem}: write it as "GET /orders/{orderId}"`);
  const [verb = "", path = ""] = text.split(" ");
  return `${verb.toUpperCase()} ${path}`;
}

/** The routes on one stage, or of one API. */
function within(
  routes: readonly DeployedRoute[],
  place: "api" | "stage",
  name: string | undefined,
): readonly DeployedRoute[] {
  if (name === undefined) return routes;
  const found = routes.filter((it) => it[place] === name);
  if (found.length > 0) return found;
  const names = [...new Set(routes.map((it) => it[place]).filter((it) => it !== undefined))];
  throw new Error(`there is no ${place} "${name}", only ${names.map((it) => `"${it}"`).join(", ") || "none"}`);
}

function differencesOf(
  { equals, utils }: MatcherContext,
  { stage, facts }: DeployedRoute,
  expected: Omit<ExpectedRoute, "stage" | "api">,
): readonly string[] {
  const all: Readonly<Record<string, unknown>> = { ...facts };
  return Object.entries(expected).flatMap(([fact, wanted]) => {
    const value = fact === "throttle" ? inNumbers(wanted) : wanted;
    const received = named(all[fact], value);
    if (equals(received, value)) return [];
    const place = stage === undefined ? "without a stage" : `on stage "${stage}"`;
    return `  ${fact} ${place}: expected ${utils.printExpected(wanted)}, received ${utils.printReceived(received)}`;
  });
}

/** What is received, without the members that nothing is expected of. */
function named(received: unknown, expected: unknown): unknown {
  if (!isPlainObject(expected) || !isPlainObject(received)) return received;
  return Object.fromEntries(
    Object.entries(expected)
      .filter(([name]) => name in received)
      .map(([name, value]) => [name, named(received[name], value)]),
  );
}

/** `expect.anything()` and its likes are objects of classes. */
function isPlainObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}

function inNumbers(throttle: unknown): unknown {
  return throttle === "blocked" || throttle === "account-limit" ? throttleLimits(throttle) : throttle;
}

function placeOf({ api, stage }: ExpectedRoute): string {
  return `${stage === undefined ? "" : ` on stage "${stage}"`}${api === undefined ? "" : ` of API "${api}"`}`;
}

function listOf(routes: readonly DeployedRoute[]): string {
  const lines = [...new Set(routes.map(({ route }) => `  ${route}`))];
  return lines.length === 0 ? "  none" : lines.join("\n");
}
