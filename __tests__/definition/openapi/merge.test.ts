import * as fc from "fast-check";
import type { JsonObject } from "../../../definition/json";
import { mergeDocuments } from "../../../definition/openapi/merge";
import { operationIds } from "../../../definition/openapi/operation-id";
import { fromOpenApi } from "../../../definition/openapi/read";
import { toOpenApi } from "../../../definition/openapi/write";
import { schemeNames } from "../../../definition/openapi/write-security";
import type { RestApiDefinition } from "../../../definition/rest-api";
import { restApi } from "../../support/definition-arbitrary";
import { integrationWith, methodWith, restApiWith } from "../../support/definition-builders";

const imported = (members: JsonObject = {}, operation: JsonObject = {}): JsonObject => ({
  openapi: "3.0.1",
  info: { title: "theirs", version: "7" },
  paths: { "/orders": { get: operation } },
  ...members,
});

const api = restApiWith({
  models: { Order: { contentType: "application/json", schema: { type: "object" } } },
  requestValidators: { all: { validateRequestBody: true, validateRequestParameters: true } },
  methods: [
    methodWith({
      requestParameters: { "method.request.header.X-Trace": false, "method.request.querystring.limit": false },
      integration: integrationWith({ cacheKeyParameters: ["method.request.querystring.limit"] }),
    }),
  ],
});

function merged(members?: JsonObject, operation?: JsonObject): JsonObject {
  return mergeDocuments(imported(members, operation), toOpenApi(api));
}

function operationOf(operation: JsonObject, members: JsonObject = {}): unknown {
  return merged(members, operation).paths;
}

/** A document with every second method of an API, merged with what the API says of the others. */
function divided(api: RestApiDefinition): JsonObject {
  const [theirs, own] = [0, 1].map((rest) => api.methods.filter((_, index) => index % 2 === rest));
  const document = toOpenApi({ ...api, methods: theirs ?? [] });
  const { securitySchemes } = (document.components ?? {}) as { securitySchemes?: JsonObject };
  const ours = { ...api, methods: own ?? [] };
  return mergeDocuments(
    document,
    toOpenApi(ours, { ids: operationIds(api.methods), schemeNames: schemeNames(ours, securitySchemes) }),
  );
}

describe("mergeDocuments", () => {
  it("gives an API back that was divided into a document and the rest", () => {
    fc.assert(
      fc.property(restApi, (api) => {
        const back = fromOpenApi(divided(api), { endpointType: api.endpointType, tags: api.tags });

        expect(back).toEqual(api);
      }),
    );
  });

  it("keeps schemas, validators and schemes of the imported document as they are", () => {
    const schemas = { Order: { type: "object", description: "theirs" } };
    const validators = { all: { validateRequestBody: true, "x-note": 1 } };

    expect(merged({ components: { schemas }, "x-amazon-apigateway-request-validators": validators })).toMatchObject({
      components: { schemas },
      "x-amazon-apigateway-request-validators": validators,
    });
  });

  it("names the API as the other, and leaves the rest of info alone", () => {
    expect(merged().info).toEqual({ title: "orders", version: "7" });
  });

  it.each<[string, JsonObject, JsonObject]>([
    ["by the operation", { parameters: [{ name: "x-trace", in: "header" }] }, {}],
    [
      "by reference",
      { parameters: [{ $ref: "#/components/parameters/Trace" }] },
      { components: { parameters: { Trace: { name: "X-TRACE", in: "header" } } } },
    ],
  ])("declares no parameter twice that is declared %s", (_title, operation, members) => {
    expect(operationOf(operation, members)).toMatchObject({
      "/orders": {
        get: { parameters: [operation.parameters, { name: "limit", in: "query" }].flat() },
      },
    });
  });

  it("gives an operation with an integration of its own no more than the keys of a cache", () => {
    const integration = { type: "HTTP_PROXY", uri: "https://a.example", "x-note": 1 };

    expect(operationOf({ "x-amazon-apigateway-integration": integration })).toMatchObject({
      "/orders": {
        get: {
          "x-amazon-apigateway-integration": {
            ...integration,
            cacheKeyParameters: ["method.request.querystring.limit"],
          },
        },
      },
    });
  });

  it("leaves the servers alone when nothing is said about the endpoint", () => {
    expect(merged()).not.toHaveProperty("servers");
    expect(merged({ servers: [{ url: "https://a.example" }] }).servers).toEqual([{ url: "https://a.example" }]);
  });
});
