import { ApiDefinition, SpecRestApi } from "../../../../modules";
import { documentOf, synthApi } from "../../../../modules/testing";

/** What an import knows, and the provider has no argument for. */
const NEWER = {
  "x-amazon-apigateway-security-policy": "SecurityPolicy_TLS13_1_3_2025_09",
  "x-amazon-apigateway-endpoint-access-mode": "STRICT",
};
const STREAMED = { responseTransferMode: "STREAM", timeoutInMillis: 900_000 };
const BALANCED = {
  connectionType: "VPC_LINK",
  connectionId: "link-2",
  integrationTarget: "arn:aws:elasticloadbalancing:eu-west-1:111111111111:loadbalancer/app/shop/1",
};

describe("a document that knows more than the provider", () => {
  it("is imported as it is: TLS policy, streamed answers, an application load balancer behind a VPC link", () => {
    const integration = {
      type: "http_proxy",
      httpMethod: "GET",
      uri: "https://shop.example/",
      ...STREAMED,
      ...BALANCED,
    };
    const terraform = synthApi((stack) => {
      new SpecRestApi(stack, "Shop", {
        apiDefinition: ApiDefinition.fromInline({
          openapi: "3.0.1",
          info: { title: "shop", version: "1" },
          paths: {
            "/": { get: { responses: { 200: { description: "ok" } }, "x-amazon-apigateway-integration": integration } },
          },
          ...NEWER,
        }),
      });
    });

    expect(documentOf(terraform)).toMatchObject({
      ...NEWER,
      paths: { "/": { get: { "x-amazon-apigateway-integration": integration } } },
    });
  });
});
