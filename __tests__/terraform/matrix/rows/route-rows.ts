import { HttpIntegration, MockIntegration } from "../../../../modules";
import type { Build, ChangeRow, Live } from "../change-row";

/** Changes of which routes there are. */
export const ROUTE_ROWS: readonly ChangeRow[] = [
  {
    name: "add-route",
    before: routes("GET /orders"),
    after: routes("GET /orders", "GET /orders/{id}"),
    redeploys: true,
    emissions: {
      resources: {
        plan: [
          "aws_api_gateway_integration create",
          "aws_api_gateway_method create",
          "aws_api_gateway_resource create",
        ],
      },
    },
    shows: { of: routesOf, before: ["GET /orders"], after: ["GET /orders", "GET /orders/{id}"] },
  },
  {
    name: "remove-route",
    before: routes("GET /orders", "GET /old"),
    after: routes("GET /orders"),
    redeploys: true,
    emissions: {
      resources: {
        plan: [
          "aws_api_gateway_integration delete",
          "aws_api_gateway_method delete",
          "aws_api_gateway_resource delete",
        ],
        hazard: {
          because: "Terraform takes the snapshot before it deletes the method",
          warning: "REMOVED_ROUTES_STAY_LIVE",
          staysLive: true,
        },
      },
    },
    shows: { of: routesOf, before: ["GET /old", "GET /orders"], after: ["GET /orders"] },
  },
  {
    name: "throttle-route",
    before: ({ api }) => void api().route("GET /orders", new MockIntegration()),
    after: ({ api }) =>
      void api().route("GET /orders", new MockIntegration(), { throttle: { rateLimit: 5, burstLimit: 10 } }),
    redeploys: false,
    plan: ["aws_api_gateway_method_settings create"],
    shows: {
      of: ({ stage }) => stage.methodSettings["~1orders/GET"]?.throttlingRateLimit,
      before: undefined,
      after: 5,
    },
  },
];

/** An API with these routes, each in front of a backend of its own. */
function routes(...declared: readonly string[]): Build {
  return ({ api }) => {
    const own = api();
    for (const route of declared) own.route(route, new HttpIntegration("https://orders.example.com"));
  };
}

function routesOf({ api }: Live): readonly string[] {
  return api.methods.map(({ httpMethod, resourcePath }) => `${httpMethod} ${resourcePath}`);
}
