import { DomainName, MockIntegration } from "../../../../modules";
import type { Build, ChangeRow, Live } from "../change-row";

const MAPPING = "aws_api_gateway_base_path_mapping";
const DOMAIN = "aws_api_gateway_domain_name";
const CERTIFICATES = "arn:aws:acm:eu-west-1:111111111111:certificate";

/** Changes of where an API is served: stages and custom domains. */
export const PLACE_ROWS: readonly ChangeRow[] = [
  {
    name: "add-stage",
    before: places({}),
    after: places({ stages: ["beta"] }),
    redeploys: false,
    plan: ["aws_api_gateway_stage create", "terraform_data update"],
  },
  {
    name: "remove-stage",
    before: places({ stages: ["beta"] }),
    after: places({}),
    redeploys: false,
    plan: ["aws_api_gateway_stage delete", "terraform_data update"],
    takesAway: ["DeleteStage"],
  },
  {
    name: "remove-stage-of-plan",
    only: "openapi",
    before: planned(["v1", "beta"]),
    after: planned(["v1"]),
    redeploys: false,
    plan: ["aws_api_gateway_stage delete", "aws_api_gateway_usage_plan update", "terraform_data update"],
    emissions: {
      openapi: {
        fails: {
          because: "Terraform deletes the stage before the plan lets go of it",
          message: "Invalid API Stage specified",
          again: "converges",
        },
      },
    },
    takesAway: ["DeleteStage"],
    shows: {
      of: ({ usagePlans }) => usagePlans.flatMap(({ apiStages }) => apiStages.map(({ stage }) => stage)).sort(),
      before: ["beta", "v1"],
      after: ["v1"],
    },
  },
  {
    name: "add-domain",
    before: places({}),
    after: places({ mappings: { shop: "v1" } }),
    redeploys: false,
    plan: [`${DOMAIN} create`, `${MAPPING} create`],
    order: [["CreateDomainName", "CreateBasePathMapping"]],
    shows: { of: mappingsOf, before: {}, after: { shop: "v1" } },
  },
  {
    name: "remove-domain",
    before: places({ mappings: { shop: "v1" } }),
    after: places({}),
    redeploys: false,
    plan: [`${DOMAIN} delete`, `${MAPPING} delete`],
    takesAway: ["DeleteBasePathMapping", "DeleteDomainName"],
    order: [["DeleteBasePathMapping", "DeleteDomainName"]],
    shows: { of: mappingsOf, before: { shop: "v1" }, after: {} },
  },
  {
    name: "remove-stage-with-domain",
    before: places({ stages: ["beta"], mappings: { shop: "v1", beta: "beta" } }),
    after: places({ mappings: { shop: "v1" } }),
    redeploys: false,
    plan: ["aws_api_gateway_stage delete", `${MAPPING} delete`, "terraform_data update"],
    takesAway: ["DeleteBasePathMapping", "DeleteStage"],
    order: [["DeleteBasePathMapping", "DeleteStage"]],
    shows: { of: mappingsOf, before: { shop: "v1", beta: "beta" }, after: { shop: "v1" } },
  },
  {
    name: "move-domain",
    before: places({ stages: ["beta"], mappings: { shop: "beta" } }),
    after: places({ stages: ["beta"], mappings: { shop: "v1" } }),
    redeploys: false,
    plan: [`${MAPPING} update`],
    shows: { of: mappingsOf, before: { shop: "beta" }, after: { shop: "v1" } },
  },
  {
    name: "renew-certificate",
    before: places({ mappings: { shop: "v1" }, certificate: "1" }),
    after: places({ mappings: { shop: "v1" }, certificate: "2" }),
    redeploys: false,
    plan: [`${DOMAIN} update`],
    shows: { of: mappingsOf, before: { shop: "v1" }, after: { shop: "v1" } },
  },
];

interface Places {
  /** Stages beside `v1`. */
  readonly stages?: readonly string[];
  /** Stages by base path, on a domain of the row. */
  readonly mappings?: Readonly<Record<string, string>>;
  readonly certificate?: string;
}

function places({ stages = [], mappings = {}, certificate = "1" }: Places): Build {
  return ({ scope, api, named }) => {
    const own = api();
    own.route("GET /orders", new MockIntegration());
    const byName = new Map(stages.map((stageName) => [stageName, own.addStage(stageName, { stageName })]));
    if (Object.keys(mappings).length === 0) return;
    const domain = new DomainName(scope, "Domain", {
      domainName: `${named("shop")}.example.com`,
      certificate: `${CERTIFICATES}/${certificate.padStart(8, "0")}-0000-1111-2222-333344445555`,
    });
    for (const [basePath, stage] of Object.entries(mappings)) {
      domain.addApiMapping(byName.get(stage) ?? own.deploymentStage, { basePath });
    }
  };
}

/** An API with these stages, all of which one usage plan covers. */
function planned([, ...others]: readonly string[]): Build {
  return ({ api, named }) => {
    const own = api();
    own.route("GET /orders", new MockIntegration(), { apiKeyRequired: true });
    const stages = [own.deploymentStage, ...others.map((stageName) => own.addStage(stageName, { stageName }))];
    own.addUsagePlan("Plan", { name: named("plan"), apiStages: stages.map((stage) => ({ stage })) });
  };
}

function mappingsOf({ mappings }: Live): Readonly<Record<string, string | undefined>> {
  return Object.fromEntries(mappings.map(({ basePath, stage }) => [basePath, stage]));
}
