import {
  AnyPrincipal,
  Effect,
  MockIntegration,
  PolicyDocument,
  PolicyStatement,
  ResponseType,
} from "../../../../modules";
import type { Build, ChangeRow } from "../change-row";
import { oneRoute } from "./one-route";

/** Changes of what holds for all routes of an API. */
export const API_ROWS: readonly ChangeRow[] = [
  {
    name: "change-policy",
    before: oneRoute({ api: { policy: policyFor("203.0.113.0/24") } }),
    after: oneRoute({ api: { policy: policyFor("198.51.100.0/24") } }),
    redeploys: true,
    emissions: { resources: { plan: ["aws_api_gateway_rest_api_policy update"] } },
    shows: {
      of: ({ api }) => JSON.stringify(api.policy).match(/\d[\d.]+\/24/)?.[0],
      before: "203.0.113.0/24",
      after: "198.51.100.0/24",
    },
  },
  {
    name: "change-binary-types",
    before: oneRoute({ api: { binaryMediaTypes: ["image/png"] } }),
    after: oneRoute({ api: { binaryMediaTypes: ["application/pdf", "image/webp"] } }),
    redeploys: true,
    emissions: { resources: { plan: ["aws_api_gateway_rest_api update"] } },
    shows: {
      of: ({ api }) => api.binaryMediaTypes,
      before: ["image/png"],
      after: ["application/pdf", "image/webp"],
    },
  },
  {
    name: "change-cors-origins",
    before: oneRoute({ api: { defaultCorsPreflightOptions: { allowOrigins: ["https://old.example.com"] } } }),
    after: oneRoute({ api: { defaultCorsPreflightOptions: { allowOrigins: ["https://new.example.com"] } } }),
    redeploys: true,
    emissions: {
      resources: {
        plan: [
          "aws_api_gateway_gateway_response update",
          "aws_api_gateway_gateway_response update",
          "aws_api_gateway_integration_response update",
          "aws_api_gateway_integration_response update",
        ],
      },
    },
    shows: {
      of: ({ api }) => /https:\/\/(?:old|new)[a-z.]+/.exec(JSON.stringify(api.methods))?.[0],
      before: "https://old.example.com",
      after: "https://new.example.com",
    },
  },
  {
    name: "change-gateway-response",
    before: throttledAs("slow down"),
    after: throttledAs("too many requests"),
    redeploys: true,
    emissions: { resources: { plan: ["aws_api_gateway_gateway_response update"] } },
    shows: {
      of: ({ api }) => api.gatewayResponses.THROTTLED?.responseTemplates["text/plain"],
      before: "slow down",
      after: "too many requests",
    },
  },
  {
    name: "tags-only",
    before: oneRoute({ api: { tags: { team: "shop" }, deployOptions: { tags: { team: "shop" } } } }),
    after: oneRoute({ api: { tags: { team: "orders" }, deployOptions: { tags: { team: "orders" } } } }),
    redeploys: false,
    plan: ["aws_api_gateway_rest_api update", "aws_api_gateway_stage update"],
    shows: {
      of: ({ api, stage }) => [api.tags.team, stage.tags.team],
      before: ["shop", "shop"],
      after: ["orders", "orders"],
    },
  },
  {
    name: "change-description",
    before: oneRoute({ api: { description: "Orders" } }),
    after: oneRoute({ api: { description: "Orders of the shop" } }),
    redeploys: false,
    plan: ["aws_api_gateway_rest_api update"],
    emissions: { openapi: { plan: ["aws_api_gateway_rest_api_put create+delete"] } },
    shows: { of: ({ api }) => api.description, before: "Orders", after: "Orders of the shop" },
  },
];

function policyFor(range: string): PolicyDocument {
  return new PolicyDocument({
    statements: [
      new PolicyStatement({
        effect: Effect.ALLOW,
        principals: [new AnyPrincipal()],
        actions: ["execute-api:Invoke"],
        resources: ["execute-api:/*"],
        conditions: { IpAddress: { "aws:SourceIp": [range] } },
      }),
    ],
  });
}

function throttledAs(text: string): Build {
  return ({ api }) => {
    const own = api();
    own.route("GET /orders", new MockIntegration());
    own.addGatewayResponse("Throttled", { type: ResponseType.THROTTLED, templates: { "text/plain": text } });
  };
}
