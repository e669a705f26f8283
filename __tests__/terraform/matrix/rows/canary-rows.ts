import { HttpIntegration, type RestApi } from "../../../../modules";
import type { Build, ChangeRow, Live } from "../change-row";
import { snapshotHash } from "../snapshot-hash";

const OLD = ["GET /orders"];
const NEW = ["GET /offers", "GET /orders"];
const NEXT = ["GET /offers", "GET /orders", "GET /tips"];
const old = snapshotHash(routes(OLD));
const next = snapshotHash(routes(NEW));

const ROUTE_OF_RESOURCES = ["integration", "method", "resource"].map((part) => `aws_api_gateway_${part}`);

/** Several snapshots of one API beside each other. */
export const CANARY_ROWS: readonly ChangeRow[] = [
  {
    name: "canary-start",
    before: routes(OLD),
    after: routes(NEW, (api) =>
      api.deploymentStage.canary({ percentTraffic: 10, baseline: old(), variables: { color: "green" } }),
    ),
    redeploys: "beside",
    emissions: { resources: { plan: ROUTE_OF_RESOURCES.map((type) => `${type} create`) } },
    serves: "before",
    shows: { of: trafficOf, before: { paths: OLD }, after: { paths: OLD, percent: 10 } },
  },
  {
    name: "canary-grow",
    earlier: routes(OLD),
    before: routes(NEW, (api) => api.deploymentStage.canary({ percentTraffic: 10, baseline: old() })),
    after: routes(NEW, (api) => api.deploymentStage.canary({ percentTraffic: 50, baseline: old() })),
    redeploys: false,
    plan: ["aws_api_gateway_stage update"],
    serves: "earlier",
    shows: { of: trafficOf, before: { paths: OLD, percent: 10 }, after: { paths: OLD, percent: 50 } },
  },
  {
    name: "canary-next",
    earlier: routes(OLD),
    before: routes(NEW, (api) => api.deploymentStage.canary({ percentTraffic: 10, baseline: old() })),
    after: routes(NEXT, (api) => api.deploymentStage.canary({ percentTraffic: 10, baseline: next() })),
    redeploys: true,
    emissions: { resources: { plan: ROUTE_OF_RESOURCES.map((type) => `${type} create`) } },
    serves: "before",
    shows: { of: trafficOf, before: { paths: OLD, percent: 10 }, after: { paths: NEW, percent: 10 } },
  },
  {
    name: "canary-promote",
    earlier: routes(OLD),
    before: routes(NEW, (api) => api.deploymentStage.canary({ percentTraffic: 10, baseline: old() })),
    after: routes(NEW),
    redeploys: false,
    plan: ["aws_api_gateway_deployment delete", "aws_api_gateway_stage update", "terraform_data update"],
    order: [["UpdateStage", "DeleteDeployment"]],
    shows: { of: trafficOf, before: { paths: OLD, percent: 10 }, after: { paths: NEW } },
  },
  {
    name: "canary-stop",
    earlier: routes(OLD),
    before: routes(NEW, (api) => api.deploymentStage.canary({ percentTraffic: 10, baseline: old() })),
    after: routes(NEW, (api) => api.deploymentStage.rollback(old())),
    redeploys: false,
    plan: ["aws_api_gateway_stage update", "terraform_data update"],
    serves: "earlier",
    shows: { of: trafficOf, before: { paths: OLD, percent: 10 }, after: { paths: OLD } },
  },
  {
    name: "canary-remove",
    earlier: routes(OLD),
    before: routes(NEW, (api) => api.deploymentStage.canary({ percentTraffic: 10, baseline: old() })),
    after: routes(OLD),
    redeploys: false,
    plan: ["aws_api_gateway_deployment delete", "aws_api_gateway_stage update", "terraform_data update"],
    emissions: {
      openapi: { plan: ["aws_api_gateway_rest_api_put create+delete"] },
      resources: { plan: ROUTE_OF_RESOURCES.map((type) => `${type} delete`) },
    },
    order: [["UpdateStage", "DeleteDeployment"]],
    shows: { of: trafficOf, before: { paths: OLD, percent: 10 }, after: { paths: OLD } },
  },
  {
    name: "rollback",
    earlier: routes(OLD),
    before: routes(NEW, undefined, () => [old()]),
    after: routes(NEW, (api) => api.deploymentStage.rollback(old())),
    redeploys: false,
    plan: ["aws_api_gateway_stage update", "terraform_data update"],
    serves: "earlier",
    shows: { of: trafficOf, before: { paths: NEW }, after: { paths: OLD } },
  },
  {
    name: "forget-retained",
    earlier: routes(OLD),
    before: routes(NEW, undefined, () => [old()]),
    after: routes(NEW),
    redeploys: false,
    plan: ["aws_api_gateway_deployment delete"],
    takesAway: ["DeleteDeployment"],
    shows: { of: trafficOf, before: { paths: NEW }, after: { paths: NEW } },
  },
];

/** An API with these routes, and a choice of snapshots. */
function routes(declared: readonly string[], choose?: (api: RestApi) => void, retain?: () => readonly string[]): Build {
  return ({ api }) => {
    const own = api(retain && { retainDeployments: retain() });
    for (const route of declared) own.route(route, new HttpIntegration("https://orders.example.com"));
    choose?.(own);
  };
}

function trafficOf({ api, stage }: Live): unknown {
  const paths = api.methods.map(({ httpMethod, resourcePath }) => `${httpMethod} ${resourcePath}`);
  return { paths, ...(stage.canarySettings && { percent: stage.canarySettings.percentTraffic }) };
}
