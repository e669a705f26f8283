import * as apigateway from "../../modules";
import { onlyResource, resourcesOf, synthApi } from "../../modules/testing";
import { functionIn } from "./declared";
import { snippet } from "./snippet";
import { VERDICTS } from "./verdicts";

snippet(
  "11.1",
  (stack) => {
    new apigateway.AccountLogging(stack, "logging");
    const api = new apigateway.RestApi(stack, "books", {
      deployOptions: {
        loggingLevel: apigateway.MethodLoggingLevel.INFO,
        dataTraceEnabled: true,
      },
    });
    api.root.addMethod("GET");
  },
  (terraform) => {
    expect(onlyResource(terraform, "aws_api_gateway_method_settings")).toMatchObject({
      method_path: "*/*",
      settings: { data_trace_enabled: true, logging_level: "INFO" },
    });
    expect(onlyResource(terraform, "aws_api_gateway_account")).toBeDefined();
  },
);

it(`11.2 ${VERDICTS["11.2"].shows}: ${VERDICTS["11.2"].verdict}`, () => {
  const terraform = synthApi((stack) => new apigateway.AccountLogging(stack, "logging"));

  expect(onlyResource(terraform, "aws_iam_role").lifecycle).toMatchObject({ prevent_destroy: true });
});

snippet(
  "11.3",
  (stack) => {
    const restApi = new apigateway.RestApi(stack, "my-rest-api", {
      deploy: false,
    });
    restApi.root.addMethod("GET");

    const deployment = new apigateway.Deployment(stack, "my-deployment", {
      api: restApi,
      retainDeployments: ["0a1b2c3d"],
    });
    new apigateway.Stage(stack, "dev", { deployment, stageName: "dev" });
  },
  (terraform) => {
    expect(onlyResource(terraform, "aws_api_gateway_stage").stage_name).toBe("dev");
    expect(Object.keys(resourcesOf(terraform, "aws_api_gateway_deployment"))).toContainEqual(
      expect.stringMatching(/_0a1b2c3d$/),
    );
  },
);

snippet(
  "11.4",
  (stack) => {
    const myApiDefinition = apigateway.ApiDefinition.fromInline({
      openapi: "3.0.1",
      info: { title: "books", version: "1" },
      paths: {
        "/": {
          get: {
            responses: { 200: { description: "ok" } },
            "x-amazon-apigateway-integration": { type: "mock" },
          },
        },
      },
    });
    const specRestApi = new apigateway.SpecRestApi(stack, "my-specrest-api", {
      deploy: false,
      apiDefinition: myApiDefinition,
    });

    const deployment = new apigateway.Deployment(stack, "my-deployment", {
      api: specRestApi,
    });
    new apigateway.Stage(stack, "dev", { deployment, stageName: "dev" });
  },
  (terraform) => {
    expect(onlyResource(terraform, "aws_api_gateway_stage").stage_name).toBe("dev");
  },
);

snippet(
  "11.5",
  (stack) => {
    const restApi = new apigateway.RestApi(stack, "my-api", {
      deploy: false,
    });
    restApi.root.addMethod("GET");

    new apigateway.Deployment(stack, "Deployment", {
      api: restApi,
    });
  },
  (terraform) => {
    expect(Object.keys(resourcesOf(terraform, "aws_api_gateway_deployment"))).toHaveLength(1);
    expect(resourcesOf(terraform, "aws_api_gateway_stage")).toEqual({});
  },
);

function deploymentWith(ttl: number): string {
  const terraform = synthApi((stack) => {
    const authorizer = new apigateway.TokenAuthorizer(stack, "Authorizer", {
      handler: functionIn(stack),
      resultsCacheTtl: apigateway.Duration.seconds(ttl),
    });
    new apigateway.RestApi(stack, "api").root.addMethod("GET", undefined, { authorizer });
  });
  return Object.keys(resourcesOf(terraform, "aws_api_gateway_deployment")).join();
}

it(`11.6 ${VERDICTS["11.6"].shows}: ${VERDICTS["11.6"].verdict}`, () => {
  expect(deploymentWith(60)).not.toBe(deploymentWith(120));
});
