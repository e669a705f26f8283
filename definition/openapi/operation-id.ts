import { createHash } from "node:crypto";

import { compareCodeUnits } from "../canonical-json";
import { ConfigurationError } from "../configuration-error";
import type { MethodDefinition } from "../method";

type Route = Pick<MethodDefinition, "httpMethod" | "resourcePath" | "operationName">;

/** `GET /orders`: how messages name a route. */
export function routeKey({ httpMethod, resourcePath }: Route): string {
  return `${httpMethod} ${resourcePath}`;
}

/**
 * Operation ids by route. A route without an `operationName` gets a readable one, as in `getOrdersByOrderId`; where two
 * routes would share it, both get a suffix that depends on the route alone, so that no other route can rename them.
 *
 * @throws ConfigurationError `DUPLICATE_OPERATION_NAME`
 */
export function operationIds(routes: readonly Route[]): ReadonlyMap<string, string> {
  const taken = new Map<string, number>();
  for (const route of routes) count(taken, route.operationName ?? readableId(route));
  const owners = new Map<string, Route>();
  for (const route of [...routes].sort((left, right) => compareCodeUnits(routeKey(left), routeKey(right)))) {
    const readable = readableId(route);
    const id = route.operationName ?? (taken.get(readable) === 1 ? readable : suffixedId(route));
    const owner = owners.get(id);
    if (owner !== undefined) throw duplicate(id, owner, route);
    owners.set(id, route);
  }
  return new Map([...owners].map(([id, route]) => [routeKey(route), id]));
}

/** True if the id is one that {@link operationIds} chooses for a route without a name. */
export function isGeneratedOperationId(route: Route, id: string): boolean {
  return id === readableId(route) || id === suffixedId(route);
}

function readableId(route: Route): string {
  const words = route.resourcePath
    .split("/")
    .filter((segment) => segment !== "")
    .map((segment) => (segment.startsWith("{") ? `By${pascalCase(segment)}` : pascalCase(segment)));
  return route.httpMethod.toLowerCase() + (words.join("") || "Root");
}

function suffixedId(route: Route): string {
  return `${readableId(route)}_${createHash("sha256").update(routeKey(route)).digest("hex").slice(0, 8)}`;
}

function pascalCase(segment: string): string {
  return segment
    .split(/[^A-Za-z0-9]+/)
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join("");
}

function count(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

function duplicate(id: string, first: Route, second: Route): ConfigurationError {
  return new ConfigurationError(
    "DUPLICATE_OPERATION_NAME",
    routeKey(second),
    `operationName "${id}" is already the name of "${routeKey(first)}"`,
    "give each route its own operationName, or none",
  );
}
