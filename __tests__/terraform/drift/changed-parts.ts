import type { AuthorizerDefinition } from "../../../definition/authorizer";
import type { GatewayResponseDefinition } from "../../../definition/gateway-response";
import type { IntegrationDefinition, IntegrationResponseDefinition } from "../../../definition/integration";
import type { MethodDefinition, MethodResponseDefinition } from "../../../definition/method";
import { routeKey } from "../../../definition/openapi/operation-id";
import type { ModelDefinition, RequestValidatorDefinition, RestApiDefinition } from "../../../definition/rest-api";
import { methodWith } from "../../support/definition-builders";
import { INVOKE_URI, READ_ORDER } from "./shop-definition";

/** One thing that a snapshot may have otherwise. */
export interface PartRow {
  /** All that must be named below the stage, and nothing else: fields, with their route where they have one. */
  readonly named: readonly string[];
  readonly change: (api: RestApiDefinition) => RestApiDefinition;
}

/** For every field of a part: what the report calls it, and what it is changed to. */
type Changes<Part> = {
  readonly [Field in keyof Required<Part>]: readonly [field: string, change: Partial<Part>] | Unseen;
};

/** A field that is not compared, with the reason. */
interface Unseen {
  readonly unseen: string;
}

const OTHER_ROLE = "arn:aws:iam::111111111111:role/other";
const OTHER_POOL = "arn:aws:cognito-idp:eu-west-1:111111111111:userpool/eu-west-1_other";
const POST_ORDERS = "POST /orders";
const POST_CARTS = "POST /carts";

/** Where a method is makes it another one. */
const METHOD: Changes<Omit<MethodDefinition, "resourcePath" | "httpMethod" | "integration" | "methodResponses">> = {
  operationName: ["operationName", { operationName: "getOrder" }],
  authorizationType: ["authorizationType", { authorizationType: "AWS_IAM" }],
  authorizer: ["authorizer", { authorizer: "request" }],
  authorizationScopes: ["authorizationScopes", { authorizationScopes: ["orders/write"] }],
  apiKeyRequired: ["apiKeyRequired", { apiKeyRequired: false }],
  requestParameters: [
    "requestParameters.method.request.header.X-Trace",
    {
      requestParameters: {
        "method.request.header.X-Trace": false,
        "method.request.path.orderId": true,
        "method.request.querystring.expand": false,
      },
    },
  ],
  requestModels: ["requestModels.application/json", { requestModels: { "application/json": "Problem" } }],
  requestValidator: ["requestValidator", { requestValidator: "body" }],
};

/** Routes on which a field can change alone, where it is not the one that says everything. */
const ROUTES: Readonly<Record<string, string>> = {
  authorizationType: "PUT /carts",
  authorizer: POST_CARTS,
  requestModels: POST_ORDERS,
  type: POST_ORDERS,
  httpMethod: POST_ORDERS,
  connectionType: POST_ORDERS,
  connectionId: POST_ORDERS,
  streamsResponse: POST_ORDERS,
  insecureSkipVerification: POST_ORDERS,
};

const INTEGRATION: Changes<Omit<IntegrationDefinition, "responses">> = {
  type: ["integration.type", { type: "HTTP" }],
  httpMethod: ["integration.httpMethod", { httpMethod: "PATCH" }],
  uri: ["integration.uri", { uri: INVOKE_URI.replace(":live", ":other") }],
  credentials: ["integration.credentials", { credentials: OTHER_ROLE }],
  connectionType: ["integration.connectionType", { connectionType: "VPC_LINK" }],
  connectionId: ["integration.connectionId", { connectionId: "a1b2c3" }],
  passthroughBehavior: ["integration.passthroughBehavior", { passthroughBehavior: "NEVER" }],
  contentHandling: ["integration.contentHandling", { contentHandling: "CONVERT_TO_BINARY" }],
  timeoutMillis: ["integration.timeoutMillis", { timeoutMillis: 6000 }],
  requestParameters: [
    "integration.requestParameters.integration.request.header.X-Order",
    { requestParameters: { "integration.request.header.X-Order": "'1'" } },
  ],
  requestTemplates: [
    "integration.requestTemplates.application/json",
    { requestTemplates: { "application/json": "$input.json('$')" } },
  ],
  cacheNamespace: ["integration.cacheNamespace", { cacheNamespace: "others" }],
  cacheKeyParameters: ["integration.cacheKeyParameters", { cacheKeyParameters: [] }],
  insecureSkipVerification: ["integration.insecureSkipVerification", { insecureSkipVerification: true }],
  streamsResponse: ["integration.streamsResponse", { streamsResponse: true }],
};

const INTEGRATION_RESPONSE: Changes<Omit<IntegrationResponseDefinition, "statusCode">> = {
  selectionPattern: ["integration.responses.200.selectionPattern", { selectionPattern: "2.." }],
  responseParameters: [
    "integration.responses.200.responseParameters.method.response.header.X-Total",
    { responseParameters: { "method.response.header.X-Total": "'0'" } },
  ],
  responseTemplates: [
    "integration.responses.200.responseTemplates.application/json",
    { responseTemplates: { "application/json": "{}" } },
  ],
  contentHandling: ["integration.responses.200.contentHandling", { contentHandling: "CONVERT_TO_BINARY" }],
};

const METHOD_RESPONSE: Changes<MethodResponseDefinition> = {
  responseModels: [
    "methodResponses.200.responseModels.application/json",
    { responseModels: { "application/json": "Problem" } },
  ],
  responseParameters: [
    "methodResponses.200.responseParameters",
    { responseParameters: ["method.response.header.X-Total"] },
  ],
};

const MODEL: Changes<ModelDefinition> = {
  contentType: { unseen: "AWS exports no API with models of other types" },
  description: { unseen: "an export carries no descriptions" },
  schema: ["models.Problem.type", { schema: { type: "string" } }],
};

const VALIDATOR: Changes<RequestValidatorDefinition> = {
  validateRequestBody: ["requestValidators.body.validateRequestBody", { validateRequestBody: false }],
  validateRequestParameters: ["requestValidators.body.validateRequestParameters", { validateRequestParameters: true }],
};

const AUTHORIZER: Changes<AuthorizerDefinition> = {
  type: ["authorizers.token.type", { type: "REQUEST" }],
  uri: ["authorizers.token.uri", { uri: INVOKE_URI.replace(":live", ":other") }],
  credentials: ["authorizers.token.credentials", { credentials: OTHER_ROLE }],
  identitySource: ["authorizers.token.identitySource", { identitySource: "method.request.header.X-Token" }],
  identityValidationExpression: [
    "authorizers.token.identityValidationExpression",
    { identityValidationExpression: ".+" },
  ],
  resultTtlSeconds: ["authorizers.token.resultTtlSeconds", { resultTtlSeconds: 0 }],
  providerArns: ["authorizers.people.providerArns", { providerArns: [OTHER_POOL] }],
};

const GATEWAY_RESPONSE: Changes<GatewayResponseDefinition> = {
  statusCode: ["gatewayResponses.DEFAULT_4XX.statusCode", { statusCode: "418" }],
  responseParameters: [
    "gatewayResponses.DEFAULT_4XX.responseParameters.gatewayresponse.header.X-Shop",
    { responseParameters: { "gatewayresponse.header.X-Shop": "'other'" } },
  ],
  responseTemplates: [
    "gatewayResponses.DEFAULT_4XX.responseTemplates.application/json",
    { responseTemplates: { "application/json": "{}" } },
  ],
};

/** Parts as a whole, and properties of the API that an export carries. */
const WHOLE: Readonly<Record<string, PartRow>> = {
  "a route that is gone": {
    named: ["GET /orders route"],
    change: (api) => ({ ...api, methods: api.methods.filter((method) => routeKey(method) !== "GET /orders") }),
  },
  "a route that nobody declared": {
    named: ["PATCH /orders route"],
    change: (api) => ({ ...api, methods: [...api.methods, methodWith({ httpMethod: "PATCH" })] }),
  },
  "a route at another path": {
    named: [`${READ_ORDER} route`, `${READ_ORDER}/lines route`],
    change: onRoute(READ_ORDER, (method) => ({ ...method, resourcePath: `${method.resourcePath}/lines` })),
  },
  "a status that a route no longer answers": {
    named: [`${READ_ORDER} integration.responses.404`],
    change: onRoute(READ_ORDER, ({ integration, ...method }) => ({
      ...method,
      integration: { ...integration, responses: integration.responses.slice(0, 1) },
    })),
  },
  "a gateway response that nobody declared": {
    named: ["gatewayResponses.UNAUTHORIZED"],
    change: (api) => ({
      ...api,
      gatewayResponses: {
        ...api.gatewayResponses,
        UNAUTHORIZED: { statusCode: "403", responseParameters: {}, responseTemplates: {} },
      },
    }),
  },
  "the policy of the snapshot": {
    named: ["policy"],
    change: ({ policy: _, ...api }) => api,
  },
  "the binary types of the snapshot": {
    named: ["binaryMediaTypes"],
    change: (api) => ({ ...api, binaryMediaTypes: ["*/*"] }),
  },
};

/** Every field of a snapshot that an export carries, each changed alone; by name. */
export const PART_ROWS: Readonly<Record<string, PartRow>> = Object.fromEntries([
  ...Object.entries(WHOLE),
  ...rowsOf("method", METHOD, (change, field) => onRoute(routeFor(field), (method) => ({ ...method, ...change }))),
  ...rowsOf("integration", INTEGRATION, (change, field) =>
    onRoute(routeFor(field), (method) => ({ ...method, integration: { ...method.integration, ...change } })),
  ),
  ...rowsOf("integration response", INTEGRATION_RESPONSE, (change) =>
    onRoute(READ_ORDER, (method) => withResponse(method, change)),
  ),
  ...rowsOf("method response", METHOD_RESPONSE, (change) =>
    onRoute(READ_ORDER, (method) => ({
      ...method,
      methodResponses: changed(method.methodResponses, "200", change),
    })),
  ),
  ...rowsOf("model", MODEL, (change) => (api) => ({ ...api, models: changed(api.models, "Problem", change) })),
  ...rowsOf("validator", VALIDATOR, (change) => (api) => ({
    ...api,
    requestValidators: changed(api.requestValidators, "body", change),
  })),
  ...rowsOf("authorizer", AUTHORIZER, (change, field) => (api) => ({
    ...api,
    authorizers: changed(api.authorizers, field === "providerArns" ? "people" : "token", change),
  })),
  ...rowsOf("gateway response", GATEWAY_RESPONSE, (change) => (api) => ({
    ...api,
    gatewayResponses: changed(api.gatewayResponses as Record<string, GatewayResponseDefinition>, "DEFAULT_4XX", change),
  })),
]);

function routeFor(field: string): string {
  return ROUTES[field] ?? READ_ORDER;
}

function rowsOf<Part>(
  kind: string,
  changes: Changes<Part>,
  apply: (change: Partial<Part>, field: string) => PartRow["change"],
): readonly (readonly [string, PartRow])[] {
  return Object.entries<Changes<Part>[keyof Part]>(changes).flatMap(([field, row]) => {
    if ("unseen" in row) return [];
    const [named, change] = row;
    const route = /^(method|integration)/.test(kind) ? `${routeFor(field)} ` : "";
    return [[`${kind}: ${field}`, { named: [`${route}${named}`], change: apply(change, field) }] as const];
  });
}

function onRoute(route: string, change: (method: MethodDefinition) => MethodDefinition): PartRow["change"] {
  return (api) => ({
    ...api,
    methods: api.methods.map((method) => (routeKey(method) === route ? change(method) : method)),
  });
}

function withResponse(method: MethodDefinition, change: Partial<IntegrationResponseDefinition>): MethodDefinition {
  const { responses } = method.integration;
  const [first, ...others] = responses;
  if (first === undefined) throw new Error("there is no integration response");
  return { ...method, integration: { ...method.integration, responses: [{ ...first, ...change }, ...others] } };
}

function changed<Part>(
  parts: Readonly<Record<string, Part>>,
  name: string,
  change: Partial<Part>,
): Record<string, Part> {
  return { ...parts, [name]: { ...(parts[name] as Part), ...change } };
}
