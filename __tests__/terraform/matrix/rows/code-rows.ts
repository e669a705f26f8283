import { SqsQueue } from "@cdktf/provider-aws/lib/sqs-queue";
import { Construct } from "constructs";
import { DomainName, MockIntegration, movedFrom, RestApi, SqsIntegration } from "../../../../modules";
import type { Build, ChangeRow, Site } from "../change-row";
import { oneRoute } from "./one-route";

/** An API as its document, just after it was resources. */
const BECOMING_DOCUMENT = oneRoute({ api: { emission: "openapi", formerEmission: "resources" } });

/** Changes of the code that declares an API, and of the form in which it is emitted. */
export const CODE_ROWS: readonly ChangeRow[] = [
  {
    name: "move-code",
    before: ({ api }) => {
      const own = api();
      own.route("GET /orders", new MockIntegration());
      own.route("GET /orders/{id}", new MockIntegration());
    },
    after: ({ api }) => {
      const orders = api().root.addResource("orders");
      orders.addResource("{id}").addMethod("GET", new MockIntegration());
      orders.addMethod("GET", new MockIntegration());
    },
    redeploys: false,
  },
  {
    name: "move-construct",
    before: (site) => shop(site, new Construct(site.scope, "Old")),
    after: (site) =>
      movedFrom(shop(site, new Construct(new Construct(site.scope, "Backend"), "Shop")), `${site.scope.node.id}/Old`),
    // The same definition is deployed once more: deployments are replaced by design, and cannot be moved.
    redeploys: false,
    plan: ["aws_api_gateway_deployment create", "aws_api_gateway_deployment delete", "aws_api_gateway_stage update"],
  },
  {
    name: "become-document",
    only: "resources",
    before: oneRoute(),
    after: BECOMING_DOCUMENT,
    redeploys: false,
    plan: [
      "aws_api_gateway_integration forget",
      "aws_api_gateway_integration_response forget",
      "aws_api_gateway_method forget",
      "aws_api_gateway_method_response forget",
      "aws_api_gateway_resource forget",
      "aws_api_gateway_rest_api_put create",
    ],
  },
  {
    name: "stay-document",
    only: "resources",
    earlier: oneRoute(),
    before: BECOMING_DOCUMENT,
    after: oneRoute({ api: { emission: "openapi" } }),
    redeploys: false,
  },
  {
    name: "become-resources",
    only: "openapi",
    before: beside("absent"),
    after: beside("present"),
    redeploys: false,
    plan: [
      ...["api_gateway_deployment", "api_gateway_integration", "api_gateway_integration_response"],
      ...["api_gateway_method", "api_gateway_method_response", "api_gateway_resource", "api_gateway_rest_api"],
      "api_gateway_stage",
    ]
      .map((type) => `aws_${type} create`)
      .concat("aws_api_gateway_base_path_mapping update", "terraform_data create"),
    order: [["CreateStage", "UpdateBasePathMapping"]],
    shows: { of: ({ mappings }) => mappings.length, before: 1, after: 0 },
  },
];

/** An API, a plan, a key and a queue below one construct. */
function shop({ api, named }: Site, scope: Construct): Construct {
  const own = api({}, { scope, id: "Api" });
  const queue = new SqsQueue(scope, "Events", { name: named("events") });
  own.route("POST /events", new SqsIntegration(queue), { apiKeyRequired: true });
  own.route("GET /health", new MockIntegration(), { throttle: { rateLimit: 5, burstLimit: 5 } });
  const plan = own.addUsagePlan("Plan", { name: named("plan"), apiStages: [{ stage: own.deploymentStage }] });
  plan.addApiKey(own.addApiKey("Key", { apiKeyName: named("key") }));
  return scope;
}

/** A domain that leads to the API as a document; or to another API of resources beside it. */
function beside(next: "absent" | "present"): Build {
  return ({ scope, api, named }) => {
    const document = api();
    document.route("GET /orders", new MockIntegration());
    const domain = new DomainName(scope, "Domain", {
      domainName: `${named("shop")}.example.com`,
      certificate: "arn:aws:acm:eu-west-1:111111111111:certificate/00000001-0000-1111-2222-333344445555",
    });
    const served = next === "present" ? nextApi(scope, named("next")) : document;
    domain.addBasePathMapping(served, { basePath: "shop" });
  };
}

function nextApi(scope: Construct, restApiName: string): RestApi {
  const deployOptions = { stageName: "v1" };
  const api = new RestApi(scope, "Next", { restApiName, emission: "resources", deployOptions });
  api.route("GET /orders", new MockIntegration());
  return api;
}
