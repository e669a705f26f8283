import * as fc from "fast-check";
import { canonicalJson } from "../../../definition/canonical-json";
import type { JsonObject } from "../../../definition/json";
import type { MethodDefinition } from "../../../definition/method";
import { fromOpenApi } from "../../../definition/openapi/read";
import { toSwagger } from "../../../definition/openapi/to-swagger";
import { toOpenApi } from "../../../definition/openapi/write";
import { restApi } from "../../support/definition-arbitrary";
import { methodWith, restApiWith } from "../../support/definition-builders";

const outside = { endpointType: "EDGE", tags: {} } as const;

function readSwagger(members: JsonObject) {
  return fromOpenApi({ swagger: "2.0", info: { title: "pets", version: "1" }, ...members }, outside);
}

function readOperation(operation: JsonObject, members: JsonObject = {}, pathItem: JsonObject = {}): MethodDefinition {
  const post = { responses: {}, "x-amazon-apigateway-integration": { type: "mock" }, ...operation };
  const [method] = readSwagger({ paths: { "/pets/{id}": { ...pathItem, post } }, ...members }).methods;
  if (method === undefined) throw new Error("the document has no method");
  return method;
}

const PET = { type: "object", properties: { tag: { $ref: "#/definitions/Tag" } } };

describe("fromOpenApi on Swagger 2.0", () => {
  it("finds parameters of operation and path item, by reference too, and leaves out bodies and forms", () => {
    const method = readOperation(
      {
        parameters: [
          { name: "limit", in: "query", type: "integer", required: true },
          { name: "pet", in: "body", schema: PET },
          { name: "file", in: "formData", type: "file" },
        ],
      },
      { parameters: { Trace: { name: "x-trace", in: "header", type: "string" } } },
      { parameters: [{ name: "id", in: "path", type: "string", required: true }, { $ref: "#/parameters/Trace" }] },
    );

    expect(method.requestParameters).toEqual({
      "method.request.path.id": true,
      "method.request.querystring.limit": true,
      "method.request.header.x-trace": false,
    });
  });

  it.each([
    ["of the operation", { consumes: ["application/xml"] }, {}, {}],
    ["of the document", {}, { consumes: ["application/xml"] }, {}],
    [
      "shared by a path",
      { consumes: ["application/xml"], parameters: [] },
      {},
      { parameters: [{ $ref: "#/parameters/Pet" }] },
    ],
  ])("makes models of bodies with the content types %s", (_title, operation, members, pathItem) => {
    const method = readOperation(
      { parameters: [{ $ref: "#/parameters/Pet" }], ...operation },
      { parameters: { Pet: { name: "pet", in: "body", schema: { $ref: "#/definitions/Pet" } } }, ...members },
      pathItem,
    );

    expect(method.requestModels).toEqual({ "application/xml": "Pet" });
  });

  it("reads responses with schema and headers, by reference too", () => {
    const method = readOperation(
      {
        produces: ["application/json", "text/plain"],
        responses: {
          200: { description: "", schema: { $ref: "#/definitions/Pet" }, headers: { Location: { type: "string" } } },
          404: { $ref: "#/responses/Missing" },
        },
      },
      { responses: { Missing: { description: "", headers: { "X-Reason": { type: "string" } } } } },
    );

    expect(method.methodResponses).toEqual({
      200: {
        responseModels: { "application/json": "Pet", "text/plain": "Pet" },
        responseParameters: ["method.response.header.Location"],
      },
      404: { responseModels: {}, responseParameters: ["method.response.header.X-Reason"] },
    });
  });

  it("moves definitions to models, with what they refer to", () => {
    const { models } = readSwagger({ definitions: { Pet: PET, Tag: { type: "string" } } });

    expect(models.Pet?.schema.properties).toEqual({ tag: { $ref: "#/components/schemas/Tag" } });
  });

  it("reads authorizers, and the endpoint at the root of the document", () => {
    const api = readSwagger({
      securityDefinitions: {
        token: {
          type: "apiKey",
          name: "Authorization",
          in: "header",
          "x-amazon-apigateway-authorizer": { type: "token", authorizerUri: "arn" },
        },
      },
      "x-amazon-apigateway-endpoint-configuration": { vpcEndpointIds: ["vpce-1"], disableExecuteApiEndpoint: true },
    });

    expect(api).toMatchObject({
      authorizers: { token: { type: "TOKEN", uri: "arn", identitySource: "method.request.header.Authorization" } },
      vpcEndpointIds: ["vpce-1"],
      disableExecuteApiEndpoint: true,
    });
  });
});

describe("toSwagger", () => {
  it("writes a document that is read as the same API", () => {
    fc.assert(
      fc.property(restApi, (any) => {
        const api = { ...any, methods: any.methods.map(narrow) };
        const document = JSON.parse(canonicalJson(toSwagger(toOpenApi(api)))) as JsonObject;

        const back = fromOpenApi(document, { endpointType: api.endpointType, tags: api.tags });

        expect(document.swagger).toBe("2.0");
        expect(back).toEqual(api);
      }),
    );
  });

  it.each<[string, Partial<MethodDefinition>]>([
    ["bodies differ by content type", { requestModels: { "application/json": "A", "text/plain": "B" } }],
    [
      "answers have different content types",
      {
        methodResponses: {
          200: { responseModels: { "application/json": "A" }, responseParameters: [] },
          400: { responseModels: { "text/plain": "A" }, responseParameters: [] },
        },
      },
    ],
  ])("fails when %s", (_title, members) => {
    const document = toOpenApi(restApiWith({ methods: [methodWith(members)] }));

    expect(() => toSwagger(document)).toThrow(
      expect.objectContaining({
        code: "SWAGGER_TOO_NARROW",
        place: "GET /orders",
        fix: expect.stringContaining("OpenAPI 3.0"),
      }),
    );
  });
});

/** What the older version can say of a method: one model for bodies, and one content type. */
function narrow(method: MethodDefinition): MethodDefinition {
  const [body] = Object.entries(method.requestModels);
  return {
    ...method,
    requestModels: body === undefined ? {} : Object.fromEntries([body]),
    methodResponses: Object.fromEntries(
      Object.entries(method.methodResponses).map(([status, { responseModels: models, responseParameters }]) => {
        const [model] = Object.values(models);
        const responseModels: Record<string, string> = model === undefined ? {} : { "a/b": model };
        return [status, { responseModels, responseParameters }];
      }),
    ),
  };
}
