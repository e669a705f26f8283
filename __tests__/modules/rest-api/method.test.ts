import { AuthorizationType, HttpIntegration, MockIntegration, Model, SqsIntegration } from "../../../modules";
import { documentOf } from "../../../modules/testing";
import { integrationOf, member, operation, synthMethod, synthWithApi } from "../support/api";

const ROUTE = "GET /items/{id}";
const ORDER = { modelName: "Order", contentType: "application/json", schema: { type: "object" } };

describe("Method", () => {
  it.each([
    ["nothing", {}, undefined],
    ["an optional parameter", { requestParameters: { "method.request.querystring.q": false } }, undefined],
    ["a required parameter", { requestParameters: { "method.request.querystring.q": true } }, "parameters"],
    ["a body", { requestBody: ORDER }, "body"],
    ["models by content type", { requestModels: { "application/xml": ORDER } }, "body"],
    ["both", { requestBody: ORDER, requestParameters: { "method.request.header.X-A": true } }, "body-and-parameters"],
    ["options of its own", { requestValidatorOptions: { validateRequestBody: true } }, "body"],
  ])("derives the validator from what it declares: %s", (_name, options, expected) => {
    const terraform = synthMethod(undefined, options);

    expect(operation(terraform, ROUTE)["x-amazon-apigateway-request-validator"]).toBe(expected);
    expect(Object.keys(documentOf(terraform)["x-amazon-apigateway-request-validators"] ?? {})).toEqual(
      expected === undefined ? [] : [expected],
    );
  });

  it("shares validators and models between methods", () => {
    const terraform = synthWithApi((api) => {
      for (const name of ["a", "b"]) api.root.addResource(name).addMethod("POST", undefined, { requestBody: ORDER });
    });

    const document = documentOf(terraform);
    expect(document["x-amazon-apigateway-request-validators"]).toEqual({
      body: { validateRequestBody: true, validateRequestParameters: false },
    });
    expect(member(document, "components").schemas).toEqual({ Order: { type: "object" } });
  });

  it("uses a validator by name", () => {
    const terraform = synthWithApi((api) => {
      const requestValidator = api.addRequestValidator("Strict", {
        validateRequestBody: true,
        validateRequestParameters: true,
      });
      api.root.addMethod("GET", undefined, { requestValidator });
    });

    expect(operation(terraform, "GET /")["x-amazon-apigateway-request-validator"]).toBe("Strict");
  });

  it("is told of what further answers may carry, also for a status that is declared", () => {
    const terraform = synthWithApi((api) => {
      const method = api.root.addMethod("GET", undefined, { methodResponses: [{ statusCode: "200" }] });
      method.addMethodResponse({
        statusCode: "200",
        responseParameters: { "method.response.header.ETag": true },
        responseModels: { "application/json": ORDER },
      });
      method.addMethodResponse({ statusCode: "404" });
    });

    expect(operation(terraform, "GET /").responses).toEqual({
      "200": {
        description: expect.any(String),
        content: { "application/json": { schema: { $ref: "#/components/schemas/Order" } } },
        headers: { ETag: { schema: { type: "string" } } },
      },
      "404": { description: expect.any(String) },
    });
    expect(member(documentOf(terraform), "components").schemas).toEqual({ Order: { type: "object" } });
  });

  it("asks for a key and for a signature", () => {
    const terraform = synthMethod(undefined, { apiKeyRequired: true, authorizationType: AuthorizationType.IAM });

    expect(operation(terraform, ROUTE).security).toEqual([{ api_key: [], sigv4: [] }]);
  });

  it("declares what its integration maps", () => {
    const terraform = synthMethod(
      new HttpIntegration("https://x.example/", {
        options: { requestParameters: { "integration.request.header.A": "method.request.header.B" } },
      }),
    );

    expect(operation(terraform, ROUTE).parameters).toContainEqual(
      expect.objectContaining({ in: "header", name: "B", required: false }),
    );
  });

  it("declares the responses that its integration answers, with their headers", () => {
    const terraform = synthMethod(
      new MockIntegration({
        integrationResponses: [
          { statusCode: "200", responseParameters: { "method.response.header.Location": "'/'" } },
          { statusCode: "404", selectionPattern: "404" },
        ],
      }),
      { methodResponses: [{ statusCode: "200", responseModels: { "application/json": Model.EMPTY_MODEL } }] },
    );

    expect(operation(terraform, ROUTE).responses).toMatchObject({
      200: {
        headers: { Location: {} },
        content: { "application/json": { schema: { $ref: "#/components/schemas/Empty" } } },
      },
      404: {},
    });
  });

  describe("with a cache", () => {
    it("tells answers apart by the variables of the path and all declared query parameters", () => {
      const terraform = synthMethod(undefined, {
        requestParameters: { "method.request.querystring.limit": false, "method.request.header.X-A": false },
        cache: { ttlSeconds: 60 },
      });

      expect(integrationOf(terraform, ROUTE).cacheKeyParameters).toEqual([
        "method.request.path.id",
        "method.request.querystring.limit",
      ]);
    });

    it("declares the parameters that its keys name", () => {
      const terraform = synthMethod(undefined, { cache: { keys: ["method.request.header.Accept-Language"] } });

      expect(integrationOf(terraform, ROUTE).cacheKeyParameters).toEqual([
        "method.request.header.Accept-Language",
        "method.request.path.id",
      ]);
      expect(operation(terraform, ROUTE).parameters).toContainEqual(
        expect.objectContaining({ in: "header", name: "Accept-Language", required: false }),
      );
    });

    it("may cache authorized routes when the key tells callers apart", () => {
      const terraform = synthMethod(undefined, {
        authorizationType: AuthorizationType.IAM,
        cache: { keys: ["method.request.header.Authorization"] },
      });

      expect(integrationOf(terraform, ROUTE).cacheKeyParameters).toContain("method.request.header.Authorization");
    });
  });

  it("says which route it is", () => {
    synthWithApi((api) => {
      const queue = { arn: "arn:aws:sqs:eu-west-1:111111111111:q" };
      const method = api.root.resourceForPath("orders/{orderId}/events").addMethod("POST", new SqsIntegration(queue));

      expect(method.route).toBe("POST /orders/{orderId}/events");
    });
  });
});
