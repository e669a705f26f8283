import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as apigateway from "../../modules";
import { documentOf, onlyResource } from "../../modules/testing";
import { integrationOf, member, operation } from "../modules/support/api";
import { functionIn, resourceIn } from "./declared";
import { snippet } from "./snippet";

const HEADERS = {
  "method.response.header.Content-Type": "'application/json'",
  "method.response.header.Access-Control-Allow-Origin": "'*'",
  "method.response.header.Access-Control-Allow-Credentials": "'true'",
};
const DECLARED_HEADERS = Object.fromEntries(Object.keys(HEADERS).map((name) => [name, true]));

function codeFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "headgate-code-"));
  writeFileSync(join(folder, "hello.js"), "exports.handler = async () => 'hello';\n");
  return folder;
}

snippet(
  "6.1",
  (stack) => {
    new apigateway.Function(stack, "hello", {
      runtime: apigateway.Runtime.NODEJS_22_X,
      handler: "hello.handler",
      code: apigateway.Code.fromAsset(codeFolder()),
    });

    const api = new apigateway.RestApi(stack, "hello-api", {});
    const resource = api.root.addResource("v1");
    resource.addMethod("GET");
  },
  (terraform) => {
    expect(onlyResource(terraform, "aws_lambda_function")).toMatchObject({
      handler: "hello.handler",
      runtime: "nodejs22.x",
    });
  },
);

snippet(
  "6.2",
  (stack) => {
    const hello = functionIn(stack);

    const integration = new apigateway.LambdaIntegration(hello, {
      proxy: false,
      requestParameters: {
        "integration.request.querystring.who": "method.request.querystring.who",
      },
      allowTestInvoke: true,
      requestTemplates: {
        "application/json": JSON.stringify({
          action: "sayHello",
          pollId: "$util.escapeJavaScript($input.params('who'))",
        }),
      },
      passthroughBehavior: apigateway.PassthroughBehavior.NEVER,
      integrationResponses: [
        {
          statusCode: "200",
          responseTemplates: {
            "application/json": JSON.stringify({ state: "ok", greeting: "$util.escapeJavaScript($input.body)" }),
          },
          responseParameters: HEADERS,
        },
        {
          selectionPattern: "(\n|.)+",
          statusCode: "400",
          responseTemplates: {
            "application/json": JSON.stringify({
              state: "error",
              message: "$util.escapeJavaScript($input.path('$.errorMessage'))",
            }),
          },
          responseParameters: HEADERS,
        },
      ],
    });

    resourceIn(stack, "hello").addMethod("GET", integration);
  },
  (terraform) => {
    expect(integrationOf(terraform, "GET /hello")).toMatchObject({
      type: "aws",
      passthroughBehavior: "never",
      requestParameters: { "integration.request.querystring.who": "method.request.querystring.who" },
      responses: {
        default: { statusCode: "200", responseParameters: HEADERS },
        "(\n|.)+": { statusCode: "400", responseParameters: HEADERS },
      },
    });
  },
);

function modelsOf(api: apigateway.RestApi) {
  const responseModel = api.addModel("ResponseModel", {
    contentType: "application/json",
    modelName: "ResponseModel",
    schema: {
      schema: apigateway.JsonSchemaVersion.DRAFT4,
      title: "pollResponse",
      type: apigateway.JsonSchemaType.OBJECT,
      properties: {
        state: { type: apigateway.JsonSchemaType.STRING },
        greeting: { type: apigateway.JsonSchemaType.STRING },
      },
    },
  });
  const errorResponseModel = api.addModel("ErrorResponseModel", {
    contentType: "application/json",
    modelName: "ErrorResponseModel",
    schema: {
      schema: apigateway.JsonSchemaVersion.DRAFT4,
      title: "errorResponse",
      type: apigateway.JsonSchemaType.OBJECT,
      properties: {
        state: { type: apigateway.JsonSchemaType.STRING },
        message: { type: apigateway.JsonSchemaType.STRING },
      },
    },
  });
  return { responseModel, errorResponseModel };
}

snippet(
  "6.3",
  (stack) => {
    const api = new apigateway.RestApi(stack, "hello-api");
    api.root.addMethod("GET");

    modelsOf(api);
  },
  (terraform) => {
    expect(member(documentOf(terraform), "components", "schemas")).toMatchObject({
      ResponseModel: { title: "pollResponse", properties: { greeting: { type: "string" } } },
      ErrorResponseModel: { title: "errorResponse", properties: { message: { type: "string" } } },
    });
  },
);

snippet(
  "6.4",
  (stack) => {
    const integration = new apigateway.LambdaIntegration(functionIn(stack), { proxy: false });
    const resource = resourceIn(stack, "hello");
    const { responseModel, errorResponseModel } = modelsOf(resource.api as apigateway.RestApi);

    resource.addMethod("GET", integration, {
      requestParameters: {
        "method.request.querystring.who": true,
      },
      requestValidatorOptions: {
        requestValidatorName: "test-validator",
        validateRequestBody: true,
        validateRequestParameters: false,
      },
      methodResponses: [
        {
          statusCode: "200",
          responseParameters: DECLARED_HEADERS,
          responseModels: {
            "application/json": responseModel,
          },
        },
        {
          statusCode: "400",
          responseParameters: DECLARED_HEADERS,
          responseModels: {
            "application/json": errorResponseModel,
          },
        },
      ],
    });
  },
  (terraform) => {
    const { responses, parameters, ...method } = operation(terraform, "GET /hello");

    expect(method["x-amazon-apigateway-request-validator"]).toBe("test-validator");
    expect(parameters).toEqual([expect.objectContaining({ in: "query", name: "who", required: true })]);
    expect(responses).toMatchObject({
      200: { content: { "application/json": { schema: { $ref: "#/components/schemas/ResponseModel" } } } },
      400: { content: { "application/json": { schema: { $ref: "#/components/schemas/ErrorResponseModel" } } } },
    });
  },
);

snippet(
  "6.5",
  (stack) => {
    const integration = new apigateway.LambdaIntegration(functionIn(stack));
    const resource = resourceIn(stack, "hello");

    resource.node.setContext("@aws-cdk/aws-apigateway:requestValidatorUniqueId", true);

    resource.addMethod("GET", integration, {
      requestValidatorOptions: {
        requestValidatorName: "test-validator",
        validateRequestBody: true,
        validateRequestParameters: false,
      },
    });

    resource.addMethod("POST", integration, {
      requestValidatorOptions: {
        requestValidatorName: "test-validator2",
        validateRequestBody: true,
        validateRequestParameters: false,
      },
    });
  },
  (terraform) => {
    expect(Object.keys(member(documentOf(terraform), "x-amazon-apigateway-request-validators"))).toEqual([
      "test-validator",
      "test-validator2",
    ]);
  },
);
