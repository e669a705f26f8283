import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as apigateway from "../../modules";
import { documentOf, onlyResource } from "../../modules/testing";
import { member } from "../modules/support/api";
import { functionIn } from "./declared";
import { snippet } from "./snippet";

const DOCUMENT = {
  openapi: "3.0.1",
  info: { title: "books", version: "1" },
  paths: {
    "/health": {
      get: {
        responses: { 200: { description: "ok" } },
        "x-amazon-apigateway-integration": {
          type: "mock",
          requestTemplates: { "application/json": '{"statusCode": 200}' },
          responses: { default: { statusCode: "200" } },
        },
      },
    },
  },
};

function documentFile(): string {
  const path = join(mkdtempSync(join(tmpdir(), "headgate-openapi-")), "books.json");
  writeFileSync(path, JSON.stringify(DOCUMENT));
  return path;
}

snippet(
  "18.1",
  (stack) => {
    const integration = new apigateway.LambdaIntegration(functionIn(stack));

    const api = new apigateway.SpecRestApi(stack, "books-api", {
      apiDefinition: apigateway.ApiDefinition.fromAsset(documentFile()),
    });

    const booksResource = api.root.addResource("books");
    booksResource.addMethod("GET", integration);
  },
  (terraform) => {
    expect(Object.keys(member(documentOf(terraform), "paths")).sort()).toEqual(["/books", "/health"]);
  },
);

snippet(
  "18.2",
  (stack) => {
    const apiDefinition = apigateway.ApiDefinition.fromInline({
      ...DOCUMENT,
      "x-amazon-apigateway-policy": {
        Version: "2012-10-17",
        Statement: [{ Effect: "Allow", Principal: "*", Action: "execute-api:Invoke", Resource: "execute-api:/*" }],
      },
    });

    new apigateway.SpecRestApi(stack, "ExampleRestApi", {
      apiDefinition,
      endpointTypes: [apigateway.EndpointType.PRIVATE],
    });
  },
  (terraform) => {
    expect(onlyResource(terraform, "aws_api_gateway_rest_api").endpoint_configuration).toEqual({ types: ["PRIVATE"] });
  },
);

snippet("19.1", (stack) => {
  const api = new apigateway.RestApi(stack, "my-api");
  const stage = api.deploymentStage;
  const method = api.root.addMethod("GET");

  const clientErrorApiMetric = api.metricClientError();
  const serverErrorStageMetric = stage.metricServerError();
  const latencyMethodMetric = method.metricLatency(stage);

  expect([clientErrorApiMetric, serverErrorStageMetric, latencyMethodMetric].map((it) => it.metricName)).toEqual([
    "4XXError",
    "5XXError",
    "Latency",
  ]);
});
