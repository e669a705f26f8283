import type { JsonObject } from "../../../definition/json";
import { unknownsIn } from "../../../definition/unknown";
import { methodWith } from "../../support/definition-builders";
import { readResources } from "./roots";

/** A reference, as people write it. */
const to = (reference: string) => `\${${reference}}`;
const apiId = to("aws_api_gateway_rest_api.shop.id");

/** `GET /orders/{id}` with an authorizer, a validator and a model, as Terraform's own documentation would declare it. */
const shop = {
  aws_api_gateway_rest_api: {
    shop: { name: "shop", policy: '{"Statement":[{"Resource":"*"}]}', minimum_compression_size: -1 },
  },
  aws_api_gateway_resource: {
    orders: {
      rest_api_id: apiId,
      parent_id: to("aws_api_gateway_rest_api.shop.root_resource_id"),
      path_part: "orders",
    },
    order: { rest_api_id: apiId, parent_id: to("aws_api_gateway_resource.orders.id"), path_part: "{id}" },
  },
  aws_api_gateway_authorizer: {
    token: { rest_api_id: apiId, name: "token", authorizer_uri: "arn:aws:lambda:::x" },
  },
  aws_api_gateway_request_validator: {
    all: { rest_api_id: apiId, name: "all", validate_request_parameters: true },
  },
  aws_api_gateway_model: {
    order: {
      rest_api_id: apiId,
      name: "Order",
      content_type: "application/json",
      schema:
        '${jsonencode({ "$ref" = "https://apigateway.amazonaws.com/restapis/${aws_api_gateway_rest_api.shop.id}/models/Item" })}',
    },
  },
  aws_api_gateway_method: {
    get: {
      rest_api_id: apiId,
      resource_id: to("aws_api_gateway_resource.order.id"),
      http_method: "GET",
      authorization: "CUSTOM",
      authorizer_id: to("aws_api_gateway_authorizer.token.id"),
      request_validator_id: to("aws_api_gateway_request_validator.all.id"),
      request_parameters: { "method.request.path.id": true },
    },
  },
  aws_api_gateway_integration: {
    get: {
      rest_api_id: apiId,
      resource_id: to("aws_api_gateway_method.get.resource_id"),
      http_method: to("aws_api_gateway_method.get.http_method"),
      type: "MOCK",
      request_templates: { "application/json": '{"statusCode": 200}' },
    },
  },
  aws_api_gateway_method_response: {
    ok: {
      rest_api_id: apiId,
      resource_id: to("aws_api_gateway_resource.order.id"),
      http_method: to("aws_api_gateway_method.get.http_method"),
      status_code: 200,
      response_models: { "application/json": "Empty" },
      response_parameters: { "method.response.header.B": true, "method.response.header.A": false },
    },
  },
  aws_api_gateway_integration_response: {
    ok: {
      rest_api_id: apiId,
      resource_id: to("aws_api_gateway_resource.order.id"),
      http_method: "GET",
      status_code: to("aws_api_gateway_method_response.ok.status_code"),
      selection_pattern: "",
      response_templates: { "application/json": "$$input.body" },
    },
  },
  aws_api_gateway_gateway_response: {
    throttled: { rest_api_id: apiId, response_type: "THROTTLED", status_code: "429" },
  },
};

type Shop = { readonly [Type in keyof typeof shop]: Readonly<Record<string, JsonObject>> };

/** The shop with arguments of one resource replaced. */
function shopWith(type: keyof Shop, name: string, change: JsonObject): JsonObject {
  const resources: Shop = shop;
  return { ...resources, [type]: { ...resources[type], [name]: { ...resources[type][name], ...change } } };
}

async function read(resource: JsonObject) {
  const stack = await readResources(resource);
  const api = stack.apis[0]?.api;
  if (api === undefined) throw new Error("no API was read");
  return api;
}

describe("an API of single resources, written by hand", () => {
  it("is read with all its parts", async () => {
    const api = await read(shop);

    expect(api).toEqual({
      name: "shop",
      endpointType: "EDGE",
      vpcEndpointIds: [],
      disableExecuteApiEndpoint: false,
      binaryMediaTypes: [],
      apiKeySource: "HEADER",
      tags: {},
      policy: { Statement: [{ Resource: "*" }] },
      models: {
        Empty: { contentType: "application/json", schema: { type: "object", title: "Empty Schema" } },
        Order: { contentType: "application/json", schema: { $ref: "#/components/schemas/Item" } },
      },
      requestValidators: { all: { validateRequestBody: false, validateRequestParameters: true } },
      authorizers: {
        token: {
          type: "TOKEN",
          uri: "arn:aws:lambda:::x",
          identitySource: "method.request.header.Authorization",
          resultTtlSeconds: 300,
          providerArns: [],
        },
      },
      gatewayResponses: { THROTTLED: { statusCode: "429", responseParameters: {}, responseTemplates: {} } },
      methods: [
        methodWith({
          resourcePath: "/orders/{id}",
          authorizationType: "CUSTOM",
          authorizer: "token",
          requestValidator: "all",
          requestParameters: { "method.request.path.id": true },
          integration: {
            ...methodWith().integration,
            requestTemplates: { "application/json": '{"statusCode": 200}' },
            responses: [
              { statusCode: "200", responseParameters: {}, responseTemplates: { "application/json": "$$input.body" } },
            ],
          },
          methodResponses: {
            200: {
              responseModels: { "application/json": "Empty" },
              responseParameters: ["method.response.header.A", "method.response.header.B"],
            },
          },
        }),
      ],
    });
  });

  it("reads the methods of the root", async () => {
    const root = { resource_id: to("aws_api_gateway_rest_api.shop.root_resource_id") };

    const api = await read({
      ...shopWith("aws_api_gateway_method", "get", root),
      aws_api_gateway_integration: { get: { ...shop.aws_api_gateway_integration.get, ...root } },
    });

    expect(api.methods.map(({ resourcePath }) => resourcePath)).toEqual(["/"]);
  });

  it.each<[string, object, readonly object[]]>([
    ["serves routes that have their default response", shop.aws_api_gateway_integration_response, []],
    [
      "does not know the responses of routes without one",
      {},
      [{ address: "aws_api_gateway_integration_response.stray", attribute: "resource_id" }],
    ],
  ])("names responses whose method nobody knows, and %s", async (_title, responses, unknown) => {
    const stray = {
      rest_api_id: apiId,
      resource_id: to("data.aws_ssm_parameter.path.value"),
      http_method: "GET",
      status_code: "404",
    };
    const { apis, unread } = await readResources(
      { ...shop, aws_api_gateway_integration_response: { ...responses, stray } },
      { data: { aws_ssm_parameter: { path: { name: "/path" } } } },
    );

    expect(unread).toEqual([{ address: "aws_api_gateway_integration_response.stray", attribute: "resource_id" }]);
    expect(unknownsIn(apis[0]?.api.methods)).toEqual(unknown);
  });

  it("leaves the parts of other APIs to them", async () => {
    const api = await read({
      ...shop,
      aws_api_gateway_model: { other: { rest_api_id: "another", name: "Other", schema: "{}" } },
    });

    expect(api.models).not.toHaveProperty("Other");
  });

  it.each<[string, JsonObject, string, string]>([
    [
      "a parent",
      shopWith("aws_api_gateway_resource", "orders", { parent_id: "abc123" }),
      "aws_api_gateway_resource.orders",
      "parent_id",
    ],
    [
      "an authorizer",
      shopWith("aws_api_gateway_method", "get", { authorizer_id: "abc123" }),
      "aws_api_gateway_method.get",
      "authorizer_id",
    ],
    [
      "a backend",
      {
        ...shopWith("aws_api_gateway_integration", "get", { uri: to("aws_lb.main.dns_name") }),
        aws_lb: { main: {} },
      },
      "aws_lb.main",
      "dns_name",
    ],
  ])("marks %s that the root does not declare as unknown", async (_what, resource, address, attribute) => {
    expect(unknownsIn(await read(resource))).toContainEqual({ address, attribute });
  });

  it.each<[string, JsonObject, string]>([
    ["a method has no integration", { ...shop, aws_api_gateway_integration: {} }, "ROUTE_WITHOUT_INTEGRATION"],
    [
      "a resource is below itself",
      shopWith("aws_api_gateway_resource", "orders", { parent_id: to("aws_api_gateway_resource.order.id") }),
      "REFERENCE_CYCLE",
    ],
    ["a schema is no JSON", shopWith("aws_api_gateway_model", "order", { schema: "a: b" }), "MODEL_SCHEMA_NOT_JSON"],
    ["a verb does not exist", shopWith("aws_api_gateway_method", "get", { http_method: "FETCH" }), "VALUE_NOT_ALLOWED"],
  ])("fails when %s", async (_title, resource, code) => {
    await expect(readResources(resource)).rejects.toThrow(expect.objectContaining({ code, fix: expect.any(String) }));
  });
});
