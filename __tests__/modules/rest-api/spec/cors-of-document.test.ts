import { onlyResource } from "../../../../modules/testing";
import { small, synthDocument } from "./spec-api";

it("leaves CORS of answers to a document whose integrations set the header themselves", () => {
  const responseParameters = { "method.response.header.Access-Control-Allow-Origin": "'https://shop.example'" };
  const integration = { type: "mock", responses: { default: { statusCode: "200", responseParameters } } };

  const terraform = synthDocument(small({}, { "x-amazon-apigateway-integration": integration }), undefined, {
    defaultCorsPreflightOptions: { allowOrigins: ["https://shop.example"] },
  });

  expect(onlyResource(terraform, "aws_api_gateway_rest_api_put").body).toContain('"options"');
});
