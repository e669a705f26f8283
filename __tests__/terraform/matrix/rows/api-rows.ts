import type { RestApiDefinition } from "../../../../definition/rest-api";
import {
  AnyPrincipal,
  Effect,
  HttpIntegration,
  MockIntegration,
  PolicyDocument,
  PolicyStatement,
  ResponseType,
} from "../../../../modules";
import type { Build, ChangeRow } from "../change-row";
import { oneRoute } from "./one-route";

const RANGE = "203.0.113.0/24";

/** Changes of what holds for all routes of an API. */
export const API_ROWS: readonly ChangeRow[] = [
  {
    name: "change-policy",
    before: oneRoute({ api: { policy: policyFor(RANGE) } }),
    after: oneRoute({ api: { policy: policyFor("198.51.100.0/24") } }),
    redeploys: true,
    emissions: { resources: { plan: ["aws_api_gateway_rest_api_policy update"] } },
    shows: { of: ({ api }) => rangeOf(api), before: RANGE, after: "198.51.100.0/24" },
  },
  {
    name: "change-route-beside-policy",
    before: oneRoute({
      integration: new HttpIntegration("https://old.example.com"),
      api: { policy: policyFor(RANGE) },
    }),
    after: oneRoute({ integration: new HttpIntegration("https://new.example.com"), api: { policy: policyFor(RANGE) } }),
    redeploys: true,
    emissions: { resources: { plan: ["aws_api_gateway_integration update"] } },
    shows: {
      of: ({ api }) => [api.methods[0]?.integration.uri, rangeOf(api)],
      before: ["https://old.example.com", RANGE],
      after: ["https://new.example.com", RANGE],
    },
  },
  {
    name: "remove-policy",
    before: oneRoute({ api: { policy: policyFor(RANGE) } }),
    after: oneRoute(),
    redeploys: true,
    emissions: {
      resources: {
        plan: ["aws_api_gateway_rest_api_policy delete"],
        hazard: {
          because: "Terraform deletes the policy after it has taken the snapshot",
          warning: "REMOVED_ROUTES_STAY_LIVE",
          staysLive: true,
        },
      },
    },
    shows: { of: ({ api }) => rangeOf(api), before: RANGE, after: undefined },
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
    name: "remove-gateway-response",
    before: throttledAs("slow down"),
    after: throttledAs(),
    redeploys: true,
    emissions: {
      resources: {
        plan: ["aws_api_gateway_gateway_response delete"],
        hazard: {
          because: "Terraform deletes the answer after it has taken the snapshot",
          warning: "REMOVED_ROUTES_STAY_LIVE",
          staysLive: true,
        },
      },
    },
    shows: { of: ({ api }) => Object.keys(api.gatewayResponses), before: ["THROTTLED"], after: [] },
  },
  {
    name: "change-api-settings",
    before: oneRoute({ api: { minimumCompressionSize: 1024, disableExecuteApiEndpoint: true } }),
    after: oneRoute({ api: { apiKeySourceType: "AUTHORIZER" } }),
    redeploys: true,
    emissions: { resources: { plan: ["aws_api_gateway_rest_api update"] } },
    shows: {
      of: ({ api }) => [api.minimumCompressionSizeBytes, api.disableExecuteApiEndpoint, api.apiKeySource],
      before: [1024, true, "HEADER"],
      after: [undefined, false, "AUTHORIZER"],
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

function rangeOf({ policy }: RestApiDefinition): string | undefined {
  return JSON.stringify(policy)?.match(/\d[\d.]+\/24/)?.[0];
}

function throttledAs(text?: string): Build {
  return ({ api }) => {
    const own = api();
    own.route("GET /orders", new MockIntegration());
    if (text === undefined) return;
    own.addGatewayResponse("Throttled", { type: ResponseType.THROTTLED, templates: { "text/plain": text } });
  };
}
