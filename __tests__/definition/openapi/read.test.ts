import type { Json, JsonObject } from "../../../definition/json";
import { fromOpenApi } from "../../../definition/openapi/read";

const outside = { endpointType: "EDGE", tags: {} } as const;
const integration = { type: "mock" };

function apiOf(members: JsonObject) {
  return fromOpenApi({ openapi: "3.0.1", info: { title: "foreign", version: "1" }, ...members }, outside);
}

function methodOf(operation: JsonObject, members: JsonObject = {}, pathItem: JsonObject = {}) {
  const get = { responses: {}, "x-amazon-apigateway-integration": integration, ...operation };
  return apiOf({ paths: { "/a/{id}": { get, ...pathItem } }, ...members }).methods[0];
}

describe("fromOpenApi on documents that others wrote", () => {
  it("reads parameters of the path item, by reference too, and the operation's own over them", () => {
    const method = methodOf(
      { parameters: [{ name: "limit", in: "query", required: true }] },
      { components: { parameters: { Trace: { name: "x-trace", in: "header" } } } },
      {
        parameters: [
          { name: "id", in: "path" },
          { name: "limit", in: "query" },
          { name: "session", in: "cookie" },
          { $ref: "#/components/parameters/Trace" },
        ],
      },
    );

    expect(method?.requestParameters).toEqual({
      "method.request.path.id": true,
      "method.request.querystring.limit": true,
      "method.request.header.x-trace": false,
    });
  });

  it("turns schemas without a name into models", () => {
    const api = apiOf({
      paths: {
        "/a": {
          post: {
            requestBody: { content: { "application/json": { schema: { type: "object" } } } },
            responses: { 200: { description: "", content: { "application/json": { schema: { type: "array" } } } } },
            "x-amazon-apigateway-integration": integration,
          },
        },
      },
    });

    expect(api.models).toEqual({
      postaModel1: { contentType: "application/json", schema: { type: "object" } },
      postaModel2: { contentType: "application/json", schema: { type: "array" } },
    });
    expect(api.methods[0]?.requestModels).toEqual({ "application/json": "postaModel1" });
  });

  it("uses the validator of the document where an operation names none", () => {
    const byDefault = {
      "x-amazon-apigateway-request-validator": "all",
      "x-amazon-apigateway-request-validators": { all: { validateRequestBody: true }, body: {} },
    };

    expect(methodOf({}, byDefault)?.requestValidator).toBe("all");
    expect(methodOf({ "x-amazon-apigateway-request-validator": "body" }, byDefault)?.requestValidator).toBe("body");
  });

  it("fails when an operation names a validator that the document does not have", () => {
    expect(() => methodOf({ "x-amazon-apigateway-request-validator": "none" })).toThrow(
      /^REQUEST_VALIDATOR_UNKNOWN: the request validator "none".*\n {2}at GET \/a\/\{id\}/,
    );
  });

  const schemes = {
    components: {
      securitySchemes: {
        key: { type: "apiKey", name: "X-API-Key", in: "header" },
        signed: { type: "apiKey", name: "Authorization", in: "header", "x-amazon-apigateway-authtype": "awsSigv4" },
        token: {
          type: "apiKey",
          name: "Auth",
          in: "header",
          "x-amazon-apigateway-authtype": "oauth2",
          "x-amazon-apigateway-authorizer": { type: "token", authorizerUri: "arn" },
        },
      },
    },
  };

  it.each<[string, JsonObject, JsonObject]>([
    [
      "an authorizer and a key side by side",
      { security: [{ token: [] }, { key: [] }] },
      { authorizationType: "CUSTOM", authorizer: "token", apiKeyRequired: true },
    ],
    ["a signature scheme", { security: [{ signed: [] }] }, { authorizationType: "AWS_IAM", apiKeyRequired: false }],
    ["the auth extension", { "x-amazon-apigateway-auth": { type: "aws_iam" } }, { authorizationType: "AWS_IAM" }],
    ["a scheme that is not there", { security: [{ other: [] }] }, { authorizationType: "NONE", apiKeyRequired: false }],
  ])("reads %s", (_title, operation, expected) => {
    expect(methodOf(operation, schemes)).toMatchObject(expected);
  });

  it("ignores security at the root, as AWS does", () => {
    expect(methodOf({}, { ...schemes, security: [{ key: [] }] })).toMatchObject({ apiKeyRequired: false });
  });

  it("reads words in any case and numbers as text", () => {
    const method = methodOf({
      "x-amazon-apigateway-integration": {
        type: "AWS_Proxy",
        passthroughBehavior: "NEVER",
        timeoutInMillis: "100",
        responses: { default: { statusCode: 200 } },
      },
    });

    expect(method?.integration).toMatchObject({
      type: "AWS_PROXY",
      passthroughBehavior: "NEVER",
      timeoutMillis: 100,
      responses: [{ statusCode: "200" }],
    });
  });

  it.each<[string, () => unknown, string]>([
    ["the document is OpenAPI 3.1", () => apiOf({ openapi: "3.1.0" }), "OPENAPI_VERSION_UNSUPPORTED"],
    ["the document is Swagger 1.2", () => fromOpenApi({ swagger: "1.2" }, outside), "OPENAPI_VERSION_UNSUPPORTED"],
    [
      "an operation has no integration",
      () => methodOf({ "x-amazon-apigateway-integration": null }),
      "ROUTE_WITHOUT_INTEGRATION",
    ],
    [
      "an integration type is unknown",
      () => methodOf({ "x-amazon-apigateway-integration": { type: "ftp" } }),
      "VALUE_NOT_ALLOWED",
    ],
    [
      "a gateway response type is unknown",
      () => apiOf({ "x-amazon-apigateway-gateway-responses": { OOPS: {} } }),
      "VALUE_NOT_ALLOWED",
    ],
  ])("fails when %s", (_title, act, code) => {
    expect(act).toThrow(expect.objectContaining({ code }));
  });

  it.each<[string, Json]>([
    ["paths", 1],
    ["components", []],
    ["servers", "x"],
    ["x-amazon-apigateway-policy", null],
  ])("reads an API without what is malformed in %s", (member, value) => {
    expect(apiOf({ [member]: value }).methods).toEqual([]);
  });
});
