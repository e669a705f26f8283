import { HttpIntegration, MockIntegration } from "../../../../modules";
import type { ChangeRow } from "../change-row";
import { oneRoute, onlyMethod } from "./one-route";

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
          because:
            "Terraform deletes the old integration last, under the key that the new one has taken, and the method response after the snapshot",
          warning: "REMOVED_ROUTES_STAY_LIVE",
          staysLive: true,
          secondPlan: ["aws_api_gateway_integration create"],
        },
      },
    },
    shows: { of: (live) => onlyMethod(live)?.integration.type, before: "MOCK", after: "HTTP_PROXY" },
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
