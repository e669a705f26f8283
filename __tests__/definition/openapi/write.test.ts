import type { JsonObject } from "../../../definition/json";
import type { MethodDefinition } from "../../../definition/method";
import { toOpenApi } from "../../../definition/openapi/write";
import { integrationWith, methodWith, restApiWith } from "../../support/definition-builders";

const response = { responseParameters: {}, responseTemplates: {} };

describe("toOpenApi", () => {
  it("leaves out everything that has AWS's default", () => {
    const document = toOpenApi(restApiWith({ methods: [methodWith()] }));

    expect(document).toEqual({
      openapi: "3.0.1",
      info: { title: "orders", version: "1.0" },
      servers: [{ url: "/", "x-amazon-apigateway-endpoint-configuration": { disableExecuteApiEndpoint: false } }],
      paths: {
        "/orders": {
          get: {
            operationId: "getOrders",
            responses: { 200: { description: "200 response" } },
            "x-amazon-apigateway-integration": { type: "mock" },
          },
        },
      },
    });
  });

  it("writes what an import would otherwise reset", () => {
    const document = toOpenApi(
      restApiWith({
        description: "Orders",
        vpcEndpointIds: ["vpce-1"],
        disableExecuteApiEndpoint: true,
        binaryMediaTypes: ["image/*"],
        minimumCompressionSizeBytes: 0,
        apiKeySource: "AUTHORIZER",
        policy: { Version: "2012-10-17" },
        models: { Order: { contentType: "application/json", description: "An order", schema: { type: "object" } } },
        requestValidators: { body: { validateRequestBody: true, validateRequestParameters: false } },
        gatewayResponses: {
          THROTTLED: { statusCode: "429", ...response, responseTemplates: { "text/plain": "slow" } },
        },
      }),
    );

    expect(document).toEqual({
      openapi: "3.0.1",
      info: { title: "orders", description: "Orders", version: "1.0" },
      servers: [
        {
          url: "/",
          "x-amazon-apigateway-endpoint-configuration": { disableExecuteApiEndpoint: true, vpcEndpointIds: ["vpce-1"] },
        },
      ],
      paths: {},
      components: { schemas: { Order: { type: "object", description: "An order" } } },
      "x-amazon-apigateway-api-key-source": "AUTHORIZER",
      "x-amazon-apigateway-binary-media-types": ["image/*"],
      "x-amazon-apigateway-gateway-responses": {
        THROTTLED: { statusCode: "429", responseTemplates: { "text/plain": "slow" } },
      },
      "x-amazon-apigateway-minimum-compression-size": 0,
      "x-amazon-apigateway-policy": { Version: "2012-10-17" },
      "x-amazon-apigateway-request-validators": {
        body: { validateRequestBody: true, validateRequestParameters: false },
      },
    });
  });

  it("writes an integration in the words of the extension", () => {
    const integration = integrationWith({
      type: "HTTP",
      httpMethod: "POST",
      uri: "https://example.com/{id}",
      connectionType: "VPC_LINK",
      connectionId: "abc",
      passthroughBehavior: "WHEN_NO_TEMPLATES",
      timeoutMillis: 50,
      cacheKeyParameters: ["method.request.path.id"],
      insecureSkipVerification: true,
      streamsResponse: true,
      responses: [
        { statusCode: "200", ...response },
        { statusCode: "404", selectionPattern: "4\\d{2}", ...response, contentHandling: "CONVERT_TO_TEXT" },
      ],
    });

    const document = toOpenApi(restApiWith({ methods: [methodWith({ integration })] }));

    expect(operationOf(document, "/orders", "get")["x-amazon-apigateway-integration"]).toEqual({
      type: "http",
      httpMethod: "POST",
      uri: "https://example.com/{id}",
      connectionType: "VPC_LINK",
      connectionId: "abc",
      passthroughBehavior: "when_no_templates",
      timeoutInMillis: 50,
      cacheKeyParameters: ["method.request.path.id"],
      tlsConfig: { insecureSkipVerification: true },
      responseTransferMode: "STREAM",
      responses: {
        default: { statusCode: "200" },
        "4\\d{2}": { statusCode: "404", contentHandling: "CONVERT_TO_TEXT" },
      },
    });
  });

  it("writes a greedy path and ANY in AWS's form, and declares the variable without its plus", () => {
    const document = toOpenApi(
      restApiWith({ methods: [methodWith({ resourcePath: "/{proxy+}", httpMethod: "ANY" })] }),
    );

    expect(operationOf(document, "/{proxy+}", "x-amazon-apigateway-any-method")).toMatchObject({
      operationId: "anyByProxy",
      parameters: [{ name: "proxy", in: "path", required: true, schema: { type: "string" } }],
    });
  });

  it("asks for authorizer and API key in one requirement, whatever the authorizer is called", () => {
    const authorizer = {
      type: "COGNITO_USER_POOLS",
      identitySource: "method.request.header.Token",
      resultTtlSeconds: 300,
      providerArns: ["arn:aws:cognito-idp:eu-west-1:000000000000:userpool/a"],
    } as const;
    const method = methodWith({
      authorizationType: "COGNITO_USER_POOLS",
      authorizer: "api_key",
      authorizationScopes: ["orders/read"],
      apiKeyRequired: true,
    });

    const document = toOpenApi(restApiWith({ authorizers: { api_key: authorizer }, methods: [method] }));

    expect(operationOf(document, "/orders", "get").security).toEqual([{ api_key: ["orders/read"], api_key_: [] }]);
    expect(document.components).toEqual({
      securitySchemes: {
        api_key: {
          type: "apiKey",
          name: "Token",
          in: "header",
          "x-amazon-apigateway-authtype": "cognito_user_pools",
          "x-amazon-apigateway-authorizer": { type: "cognito_user_pools", providerARNs: authorizer.providerArns },
        },
        api_key_: { type: "apiKey", name: "x-api-key", in: "header" },
      },
    });
  });

  it("tells routes apart whose readable ids are the same", () => {
    const methods = [methodWith({ resourcePath: "/a/{b}" }), methodWith({ resourcePath: "/a/by-b" })];

    const { paths } = toOpenApi(restApiWith({ methods })) as {
      paths: Record<string, { get: { operationId: string } }>;
    };

    const ids = Object.values(paths).map(({ get }) => get.operationId);
    expect(ids).toEqual([
      expect.stringMatching(/^getAByB_[0-9a-f]{8}$/),
      expect.stringMatching(/^getAByB_[0-9a-f]{8}$/),
    ]);
    expect(new Set(ids).size).toBe(2);
  });

  const named = (resourcePath: string, operationName: string) => methodWith({ resourcePath, operationName });
  const withResponses = (...patterns: { statusCode: string; selectionPattern?: string }[]) =>
    methodWith({ integration: integrationWith({ responses: patterns.map((it) => ({ ...it, ...response })) }) });

  it.each<[string, MethodDefinition[], string]>([
    ["two routes have the same name", [named("/a", "x"), named("/b", "x")], "DUPLICATE_OPERATION_NAME"],
    [
      "a route is named like another one's generated id",
      [named("/a", "getB"), named("/b", "getB")],
      "DUPLICATE_OPERATION_NAME",
    ],
    ["a method names an authorizer that is not there", [methodWith({ authorizer: "x" })], "AUTHORIZER_UNKNOWN"],
    [
      "two responses have the same pattern",
      [withResponses({ statusCode: "200", selectionPattern: "a" }, { statusCode: "400", selectionPattern: "a" })],
      "SELECTION_PATTERN_DUPLICATE",
    ],
    [
      "two responses have no pattern",
      [withResponses({ statusCode: "200" }, { statusCode: "400", selectionPattern: "" })],
      "SELECTION_PATTERN_DUPLICATE",
    ],
    [
      "two responses have the same status",
      [withResponses({ statusCode: "200" }, { statusCode: "200", selectionPattern: "a" })],
      "INTEGRATION_STATUS_DUPLICATE",
    ],
    [
      "a pattern is the word default",
      [withResponses({ statusCode: "200", selectionPattern: "default" })],
      "SELECTION_PATTERN_RESERVED",
    ],
  ])("fails when %s", (_title, methods, code) => {
    expect(() => toOpenApi(restApiWith({ methods }))).toThrow(expect.objectContaining({ code }));
  });
});

function operationOf(document: JsonObject, path: string, verb: string): JsonObject {
  return (document.paths as Record<string, Record<string, JsonObject>>)[path]?.[verb] ?? {};
}
