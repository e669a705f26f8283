import type { ChangeRow, Live } from "../change-row";
import { routes } from "./one-route";

const ADDED = [
  "aws_api_gateway_integration create",
  "aws_api_gateway_method create",
  "aws_api_gateway_resource create",
];
const REMOVED = [
  "aws_api_gateway_integration delete",
  "aws_api_gateway_method delete",
  "aws_api_gateway_resource delete",
];
const STAYS_LIVE = {
  because: "Terraform takes the snapshot before it deletes the method",
  warning: "REMOVED_ROUTES_STAY_LIVE",
  staysLive: true,
} as const;

/** Changes of which routes there are. */
export const ROUTE_ROWS: readonly ChangeRow[] = [
  {
    name: "add-route",
    before: routes("GET /orders"),
    after: routes("GET /orders", "GET /orders/{id}"),
    redeploys: true,
    emissions: { resources: { plan: ADDED } },
    shows: { of: routesOf, before: ["GET /orders"], after: ["GET /orders", "GET /orders/{id}"] },
  },
  {
    name: "remove-route",
    before: routes("GET /orders", "GET /old"),
    after: routes("GET /orders"),
    redeploys: true,
    emissions: { resources: { plan: REMOVED, hazard: STAYS_LIVE } },
    shows: { of: routesOf, before: ["GET /old", "GET /orders"], after: ["GET /orders"] },
  },
  {
    name: "rename-route",
    before: routes("GET /items"),
    after: routes("GET /products"),
    redeploys: true,
    emissions: { resources: { plan: [...ADDED, ...REMOVED], hazard: STAYS_LIVE } },
    shows: { of: routesOf, before: ["GET /items"], after: ["GET /products"] },
  },
  {
    name: "rename-path-variable",
    before: routes("GET /orders/{id}"),
    after: routes("GET /orders/{orderId}"),
    redeploys: true,
    emissions: {
      resources: { plan: ["aws_api_gateway_method update", "aws_api_gateway_resource update"] },
    },
    shows: { of: routesOf, before: ["GET /orders/{id}"], after: ["GET /orders/{orderId}"] },
  },
  {
    name: "reorder-routes",
    before: routes("GET /orders", "POST /orders", "GET /items"),
    after: routes("GET /items", "POST /orders", "GET /orders"),
    redeploys: false,
  },
];

function routesOf({ api }: Live): readonly string[] {
  return api.methods.map(({ httpMethod, resourcePath }) => `${httpMethod} ${resourcePath}`);
}
