import { HttpIntegration, LambdaIntegration, MockIntegration } from "../../../../modules";
import type { ChangeRow, Site } from "../change-row";
import { FUNCTION_RESOURCES, inlineFunction } from "./inline-function";
import { oneRoute, onlyMethod } from "./one-route";

const NEEDS_SECOND_APPLY = {
  because: "Terraform deletes the old integration last, under the key that the new one has taken",
  warning: "REMOVED_ROUTES_STAY_LIVE",
  secondPlan: ["aws_api_gateway_integration create"],
} as const;

/** Changes of where a route leads. */
export const INTEGRATION_ROWS: readonly ChangeRow[] = [
  {
    name: "change-integration-type",
    before: oneRoute(),
    after: oneRoute({ integration: new HttpIntegration("https://orders.example.com") }),
    redeploys: true,
    emissions: {
      resources: {
        plan: [
          "aws_api_gateway_integration create+delete",
          "aws_api_gateway_integration_response delete",
          "aws_api_gateway_method_response delete",
        ],
        hazard: {
          ...NEEDS_SECOND_APPLY,
          because: `${NEEDS_SECOND_APPLY.because}, and the method response after the snapshot`,
          staysLive: true,
        },
      },
    },
    shows: { of: (live) => onlyMethod(live)?.integration.type, before: "MOCK", after: "HTTP_PROXY" },
  },
  {
    name: "stub-becomes-function",
    before: oneRoute({ integration: new HttpIntegration("https://stub.example.com") }),
    after: toFunction,
    redeploys: true,
    plan: FUNCTION_RESOURCES.map((type) => `${type} create`),
    emissions: {
      resources: { plan: ["aws_api_gateway_integration create+delete"], hazard: NEEDS_SECOND_APPLY },
    },
    shows: { of: (live) => onlyMethod(live)?.integration.type, before: "HTTP_PROXY", after: "AWS_PROXY" },
  },
  {
    name: "function-becomes-http",
    before: toFunction,
    after: oneRoute({ integration: new HttpIntegration("https://orders.example.com") }),
    redeploys: true,
    plan: FUNCTION_RESOURCES.map((type) => `${type} delete`),
    emissions: {
      resources: { plan: ["aws_api_gateway_integration create+delete"], hazard: NEEDS_SECOND_APPLY },
    },
    shows: { of: (live) => onlyMethod(live)?.integration.type, before: "AWS_PROXY", after: "HTTP_PROXY" },
  },
  {
    name: "change-uri",
    before: oneRoute({ integration: new HttpIntegration("https://old.example.com/orders") }),
    after: oneRoute({ integration: new HttpIntegration("https://new.example.com/orders") }),
    redeploys: true,
    emissions: { resources: { plan: ["aws_api_gateway_integration update"] } },
    shows: {
      of: (live) => onlyMethod(live)?.integration.uri,
      before: "https://old.example.com/orders",
      after: "https://new.example.com/orders",
    },
  },
  {
    name: "change-request-template",
    before: oneRoute({ integration: mapped("$input.body") }),
    after: oneRoute({ integration: mapped("{\"order\": $input.json('$')}") }),
    redeploys: true,
    emissions: { resources: { plan: ["aws_api_gateway_integration update"] } },
    shows: {
      of: (live) => onlyMethod(live)?.integration.requestTemplates["application/json"],
      before: "$input.body",
      after: "{\"order\": $input.json('$')}",
    },
  },
  {
    name: "change-response-template",
    before: oneRoute({ integration: answering("old") }),
    after: oneRoute({ integration: answering("new") }),
    redeploys: true,
    emissions: { resources: { plan: ["aws_api_gateway_integration_response update"] } },
    shows: {
      of: (live) => onlyMethod(live)?.integration.responses[0]?.responseTemplates["text/plain"],
      before: "old",
      after: "new",
    },
  },
];

function toFunction(site: Site): void {
  site.api().route("GET /orders", new LambdaIntegration(inlineFunction(site, "orders")));
}

function mapped(template: string): HttpIntegration {
  return new HttpIntegration("https://orders.example.com", {
    proxy: false,
    options: {
      requestTemplates: { "application/json": template },
      integrationResponses: [{ statusCode: "200" }],
    },
  });
}

function answering(text: string): MockIntegration {
  return new MockIntegration({
    integrationResponses: [{ statusCode: "200", responseTemplates: { "text/plain": text } }],
  });
}
