import { MockIntegration } from "../../../../modules";
import type { ChangeRow } from "../change-row";
import { oneRoute } from "./one-route";

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
    name: "become-document",
    only: "resources",
    before: oneRoute(),
    after: oneRoute({ api: { emission: "openapi", formerEmission: "resources" } }),
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
];
