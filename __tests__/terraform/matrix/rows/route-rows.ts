import { DynamodbTable } from "@cdktf/provider-aws/lib/dynamodb-table";
import { DynamoDbIntegration, LambdaIntegration, MockIntegration } from "../../../../modules";
import type { Build, ChangeRow, Live } from "../change-row";
import { FUNCTION_RESOURCES, inlineFunction } from "./inline-function";
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
/** A table answers in three ways, below a path of two parts. */
const REMOVED_ANSWERS = [
  ...["integration_response", "integration_response", "integration_response"],
  ...["method_response", "method_response", "method_response", "resource"],
].map((part) => `aws_api_gateway_${part} delete`);
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
    name: "remove-route-with-function",
    before: withFunction({ declared: true }),
    after: withFunction({ declared: false }),
    redeploys: true,
    plan: FUNCTION_RESOURCES.map((type) => `${type} delete`),
    emissions: { resources: { plan: REMOVED, hazard: STAYS_LIVE } },
    shows: { of: routesOf, before: ["GET /old", "GET /orders"], after: ["GET /orders"] },
  },
  {
    name: "remove-route-with-table",
    before: withTable({ declared: true }),
    after: withTable({ declared: false }),
    redeploys: true,
    plan: ["aws_dynamodb_table delete", "aws_iam_role delete", "aws_iam_role_policy delete"],
    // What holds data is not created before it is destroyed (rule 3 of ADR 3), so Terraform deletes it first of all.
    takesAway: ["DeleteTable"],
    emissions: { resources: { plan: [...REMOVED, ...REMOVED_ANSWERS], hazard: STAYS_LIVE } },
    shows: { of: routesOf, before: ["GET /old/{id}", "GET /orders"], after: ["GET /orders"] },
  },
  {
    name: "reorder-routes",
    before: routes("GET /orders", "POST /orders", "GET /items"),
    after: routes("GET /items", "POST /orders", "GET /orders"),
    redeploys: false,
  },
];

/** A route that is answered by API Gateway itself, and one by a function or not. */
function withFunction({ declared }: { readonly declared: boolean }): Build {
  return (site) => {
    const own = site.api();
    own.route("GET /orders", new MockIntegration());
    if (declared) own.route("GET /old", new LambdaIntegration(inlineFunction(site, "old")));
  };
}

/** The same with a table. */
function withTable({ declared }: { readonly declared: boolean }): Build {
  return ({ scope, api, named }) => {
    const own = api();
    own.route("GET /orders", new MockIntegration());
    if (!declared) return;
    const attribute = [{ name: "id", type: "S" }];
    const settings = { name: named("old"), hashKey: "id", billingMode: "PAY_PER_REQUEST", attribute };
    const table = new DynamodbTable(scope, "Table", settings);
    own.route("GET /old/{id}", DynamoDbIntegration.getItem(table, { key: { id: "$input.params('id')" } }));
  };
}

function routesOf({ api }: Live): readonly string[] {
  return api.methods.map(({ httpMethod, resourcePath }) => `${httpMethod} ${resourcePath}`);
}
