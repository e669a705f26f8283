import type { AuthorizerDefinition } from "../../../definition/authorizer";
import type { MethodDefinition } from "../../../definition/method";
import type { RestApiDefinition } from "../../../definition/rest-api";
import { integrationWith, methodWith, restApiWith } from "../../support/definition-builders";

const FUNCTION = "arn:aws:lambda:eu-west-1:111111111111:function:shop-read:live";
export const INVOKE_URI = `arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/${FUNCTION}/invocations`;
export const ROLE = "arn:aws:iam::111111111111:role/shop";
const POOL = "arn:aws:cognito-idp:eu-west-1:111111111111:userpool/eu-west-1_people";

const authorizer = (members: Partial<AuthorizerDefinition>): AuthorizerDefinition => ({
  type: "TOKEN",
  uri: INVOKE_URI,
  credentials: ROLE,
  identitySource: "method.request.header.Authorization",
  resultTtlSeconds: 60,
  providerArns: [],
  ...members,
});

/** The route that uses all that a route can. */
export const READ_ORDER = "GET /orders/{orderId}";

const readOrder = methodWith({
  resourcePath: "/orders/{orderId}",
  httpMethod: "GET",
  operationName: "readOrder",
  authorizationType: "COGNITO_USER_POOLS",
  authorizer: "people",
  authorizationScopes: ["orders/read"],
  apiKeyRequired: true,
  requestParameters: {
    "method.request.header.X-Trace": true,
    "method.request.path.orderId": true,
    "method.request.querystring.expand": false,
  },
  requestValidator: "all",
  integration: integrationWith({
    type: "AWS",
    httpMethod: "POST",
    uri: INVOKE_URI,
    credentials: ROLE,
    passthroughBehavior: "WHEN_NO_TEMPLATES",
    contentHandling: "CONVERT_TO_TEXT",
    timeoutMillis: 5000,
    requestParameters: { "integration.request.header.X-Order": "method.request.path.orderId" },
    requestTemplates: { "application/json": '{ "id": "$input.params(\'orderId\')" }' },
    cacheNamespace: "orders",
    cacheKeyParameters: ["method.request.path.orderId"],
    responses: [
      {
        statusCode: "200",
        responseParameters: { "method.response.header.X-Total": "integration.response.header.Total" },
        responseTemplates: { "application/json": "$input.body" },
        contentHandling: "CONVERT_TO_TEXT",
      },
      { statusCode: "404", selectionPattern: ".*not found.*", responseParameters: {}, responseTemplates: {} },
    ],
  }),
  methodResponses: {
    200: {
      responseModels: { "application/json": "Order" },
      responseParameters: ["method.response.header.X-Spare", "method.response.header.X-Total"],
    },
    404: { responseModels: { "application/json": "Problem" }, responseParameters: [] },
  },
});

const proxy = (members: Partial<MethodDefinition>) =>
  methodWith({
    integration: integrationWith({ type: "AWS_PROXY", httpMethod: "POST", uri: INVOKE_URI }),
    methodResponses: {},
    ...members,
  });
const httpProxy = integrationWith({
  type: "HTTP_PROXY",
  httpMethod: "POST",
  uri: "https://backend.example.com/orders",
});

/** An API that says everything that an API can say, and shares its parts so that each of them can change alone. */
export function shopDefinition(members: Partial<RestApiDefinition> = {}): RestApiDefinition {
  return restApiWith({
    name: "shop",
    description: "Sells things",
    binaryMediaTypes: ["image/png"],
    minimumCompressionSizeBytes: 1024,
    policy: {
      Version: "2012-10-17",
      Statement: [{ Effect: "Allow", Principal: "*", Action: "execute-api:Invoke", Resource: "execute-api:/*" }],
    },
    models: {
      Line: { contentType: "application/json", schema: { type: "object", properties: { sku: { type: "string" } } } },
      Order: {
        contentType: "application/json",
        description: "What was bought",
        schema: {
          type: "object",
          required: ["lines"],
          properties: { lines: { type: "array", items: { $ref: "#/components/schemas/Line" } } },
        },
      },
      Problem: { contentType: "application/json", schema: { type: "object" } },
      Unused: { contentType: "application/json", schema: { type: "object" } },
    },
    requestValidators: {
      all: { validateRequestBody: true, validateRequestParameters: true },
      body: { validateRequestBody: true, validateRequestParameters: false },
    },
    authorizers: {
      people: authorizer({ type: "COGNITO_USER_POOLS", uri: undefined, credentials: undefined, providerArns: [POOL] }),
      request: authorizer({ type: "REQUEST", identitySource: "method.request.querystring.key" }),
      token: authorizer({ identityValidationExpression: "^Bearer .+$" }),
    },
    gatewayResponses: {
      DEFAULT_4XX: {
        responseParameters: { "gatewayresponse.header.X-Shop": "'shop'" },
        responseTemplates: { "application/json": '{"problem":$context.error.messageString}' },
      },
      THROTTLED: { statusCode: "503", responseParameters: {}, responseTemplates: {} },
    },
    methods: [
      proxy({ resourcePath: "/carts", httpMethod: "DELETE", authorizationType: "AWS_IAM" }),
      proxy({ resourcePath: "/carts", httpMethod: "GET", authorizationType: "CUSTOM", authorizer: "request" }),
      proxy({ resourcePath: "/carts", httpMethod: "POST", authorizationType: "CUSTOM", authorizer: "token" }),
      methodWith({
        resourcePath: "/carts",
        httpMethod: "PUT",
        requestValidator: "all",
        requestModels: { "application/json": "Problem" },
      }),
      methodWith({ resourcePath: "/orders", httpMethod: "GET", requestValidator: "body" }),
      proxy({
        resourcePath: "/orders",
        httpMethod: "POST",
        authorizationType: "CUSTOM",
        authorizer: "token",
        requestModels: { "application/json": "Order" },
        requestValidator: "body",
        integration: httpProxy,
      }),
      proxy({ resourcePath: "/orders", httpMethod: "PUT", authorizationType: "CUSTOM", authorizer: "request" }),
      readOrder,
      proxy({ resourcePath: "/{proxy+}", httpMethod: "ANY", integration: { ...httpProxy, httpMethod: "ANY" } }),
    ],
    tags: { team: "shop" },
    ...members,
  });
}
