import * as fc from "fast-check";

import { AUTHORIZER_TYPES, type AuthorizerDefinition } from "../../definition/authorizer";
import { compareCodeUnits } from "../../definition/canonical-json";
import { GATEWAY_RESPONSE_TYPES, type GatewayResponseDefinition } from "../../definition/gateway-response";
import {
  CONTENT_HANDLINGS,
  INTEGRATION_TYPES,
  type IntegrationDefinition,
  type IntegrationResponseDefinition,
  PASSTHROUGH_BEHAVIORS,
} from "../../definition/integration";
import type { JsonObject } from "../../definition/json";
import { HTTP_METHODS, type HttpMethod, type MethodDefinition } from "../../definition/method";
import { MODEL_REFERENCE_PREFIX } from "../../definition/openapi/extensions";
import { byRoute } from "../../definition/openapi/read";
import { pathParameterNames } from "../../definition/openapi/write-operation";
import { present } from "../../definition/present";
import { ENDPOINT_TYPES, type ModelDefinition, type RestApiDefinition } from "../../definition/rest-api";
import { hostileText } from "./hostile-text";

const name = fc.stringMatching(/^[A-Za-z][A-Za-z0-9]{0,9}$/);
const status = fc.integer({ min: 100, max: 599 }).map(String);
const contentType = fc.constantFrom("application/json", "application/xml", "text/plain", "*/*", "image/png");
const segment = fc.oneof(
  fc.stringMatching(/^[A-Za-z0-9._:-]{1,8}$/),
  name.map((variable) => `{${variable}}`),
);
const schema = fc.dictionary(
  fc.constantFrom("type", "title", "$ref", "properties", "default", "2", "10"),
  fc.jsonValue({ maxDepth: 2 }).map((value) => JSON.parse(JSON.stringify(value)) as JsonObject[string]),
);

const policyResource = fc.constantFrom("execute-api:/*", "execute-api:/v1/GET/orders", "*");
const statement = fc.record({
  Sid: hostileText,
  Resource: fc.oneof(policyResource, fc.array(policyResource, { maxLength: 2 })),
});

const resourcePath = fc
  .tuple(fc.uniqueArray(segment, { maxLength: 4 }), fc.constantFrom("", "/{proxy+}"))
  .map(([segments, greedy]) => `/${segments.join("/")}${segments.length === 0 ? greedy.slice(1) : greedy}`);

const integrationResponse = optional<IntegrationResponseDefinition>(
  {
    statusCode: status,
    responseParameters: fc.dictionary(
      name.map((header) => `method.response.header.${header}`),
      hostileText,
    ),
    responseTemplates: fc.dictionary(contentType, hostileText),
  },
  {
    selectionPattern: hostileText.filter((pattern) => pattern !== "" && pattern !== "default"),
    contentHandling: fc.constantFrom(...CONTENT_HANDLINGS),
  },
);

const integrationResponses = fc
  .uniqueArray(integrationResponse, { selector: ({ statusCode }) => statusCode, maxLength: 4 })
  .map((responses) => uniqueBy(responses, ({ selectionPattern }) => selectionPattern))
  .map((responses) => [...responses].sort((left, right) => compareCodeUnits(left.statusCode, right.statusCode)));

const integration = optional<IntegrationDefinition>(
  {
    type: fc.constantFrom(...INTEGRATION_TYPES),
    connectionType: fc.constantFrom("INTERNET", "VPC_LINK"),
    passthroughBehavior: fc.constantFrom(...PASSTHROUGH_BEHAVIORS),
    timeoutMillis: fc.oneof(fc.constant(29_000), fc.integer({ min: 50, max: 29_000 })),
    requestParameters: fc.dictionary(
      name.map((header) => `integration.request.header.${header}`),
      hostileText,
    ),
    requestTemplates: fc.dictionary(contentType, hostileText),
    cacheKeyParameters: fc.array(
      name.map((parameter) => `method.request.querystring.${parameter}`),
      { maxLength: 3 },
    ),
    insecureSkipVerification: fc.boolean(),
    responses: integrationResponses,
  },
  {
    httpMethod: fc.constantFrom("GET", "POST", "ANY"),
    uri: hostileText,
    credentials: hostileText,
    connectionId: hostileText,
    contentHandling: fc.constantFrom(...CONTENT_HANDLINGS),
    cacheNamespace: hostileText,
  },
);

const authorizer = optional<AuthorizerDefinition>(
  {
    type: fc.constantFrom(...AUTHORIZER_TYPES),
    resultTtlSeconds: fc.oneof(fc.constant(300), fc.integer({ min: 0, max: 3600 })),
    providerArns: fc.array(hostileText, { maxLength: 2 }),
  },
  {
    uri: hostileText,
    credentials: hostileText,
    identityValidationExpression: hostileText,
    identitySource: hostileText.filter((source) => source !== ""),
  },
).chain((value) =>
  value.type === "REQUEST"
    ? fc.constant(value)
    : name.map((header) => ({ ...value, identitySource: `method.request.header.${header}` })),
);

const methodResponses = fc.dictionary(
  status,
  fc.record({
    responseModels: fc.dictionary(contentType, name),
    responseParameters: fc
      .uniqueArray(name, { maxLength: 3 })
      .map((headers) => [...headers].sort(compareCodeUnits).map((header) => `method.response.header.${header}`)),
  }),
  { maxKeys: 3 },
);

type Authorizers = RestApiDefinition["authorizers"];

interface Named {
  readonly authorizers: Authorizers;
  readonly requestValidators: RestApiDefinition["requestValidators"];
}

function method(route: { resourcePath: string; httpMethod: HttpMethod }, { authorizers, requestValidators }: Named) {
  return fc
    .record({
      operationName: fc.option(fc.uuid(), { nil: undefined }),
      access: fc.constantFrom<AccessChoice>("NONE", "AWS_IAM", ...Object.keys(authorizers).map((key) => ({ key }))),
      scopes: fc.array(hostileText, { maxLength: 2 }),
      apiKeyRequired: fc.boolean(),
      requestParameters: fc.dictionary(
        fc
          .tuple(fc.constantFrom("querystring", "header"), fc.stringMatching(/^[A-Za-z][A-Za-z.-]{0,8}$/))
          .map(([place, parameter]) => `method.request.${place}.${parameter}`),
        fc.boolean(),
        { maxKeys: 4 },
      ),
      requestModels: fc.dictionary(contentType, name, { maxKeys: 2 }),
      requestValidator: fc.constantFrom(undefined, ...Object.keys(requestValidators)),
      integration,
      methodResponses,
    })
    .map(
      ({ access, scopes, requestParameters, methodResponses: responses, ...rest }): MethodDefinition =>
        present({
          ...route,
          ...rest,
          ...authorization(access, scopes, authorizers),
          requestParameters: {
            ...requestParameters,
            ...Object.fromEntries(
              pathParameterNames(route.resourcePath).map((it) => [`method.request.path.${it}`, true]),
            ),
          },
          methodResponses: normalResponses(responses, rest.integration.type.endsWith("_PROXY")),
        }),
    );
}

type AccessChoice = "NONE" | "AWS_IAM" | { readonly key: string };

function authorization(access: AccessChoice, scopes: string[], authorizers: Authorizers) {
  if (typeof access === "string") return { authorizationType: access, authorizationScopes: [] };
  const isCognito = authorizers[access.key]?.type === "COGNITO_USER_POOLS";
  const authorizationType = isCognito ? ("COGNITO_USER_POOLS" as const) : ("CUSTOM" as const);
  return { authorizationType, authorizer: access.key, authorizationScopes: scopes };
}

function normalResponses(responses: MethodDefinition["methodResponses"], isProxy: boolean) {
  const bare = { responseModels: {}, responseParameters: [] };
  const isFiller = JSON.stringify(responses) === JSON.stringify({ 200: bare });
  if (isProxy) return isFiller ? {} : responses;
  return Object.keys(responses).length === 0 ? { 200: bare } : responses;
}

/** Any API in normal form (see `fromOpenApi`). */
export const restApi: fc.Arbitrary<RestApiDefinition> = fc
  .record({
    authorizers: fc.dictionary(fc.oneof(name, fc.constantFrom("api_key", "sigv4")), authorizer, { maxKeys: 3 }),
    requestValidators: fc.dictionary(
      name,
      fc.record({ validateRequestBody: fc.boolean(), validateRequestParameters: fc.boolean() }),
      { maxKeys: 2 },
    ),
    routes: fc
      .uniqueArray(fc.record({ resourcePath, httpMethod: fc.constantFrom(...HTTP_METHODS) }), {
        selector: (route) => `${route.httpMethod} ${route.resourcePath}`,
        maxLength: 5,
      })
      .map(withOneVariableAtAPlace),
  })
  .chain(({ authorizers, requestValidators, routes }) =>
    optional<RestApiDefinition>(
      {
        name: hostileText,
        endpointType: fc.constantFrom(...ENDPOINT_TYPES),
        vpcEndpointIds: fc.array(name, { maxLength: 2 }),
        disableExecuteApiEndpoint: fc.boolean(),
        binaryMediaTypes: fc.array(contentType, { maxLength: 3 }),
        apiKeySource: fc.constantFrom("HEADER", "AUTHORIZER"),
        models: fc
          .dictionary(
            name,
            optional<ModelDefinition>(
              { contentType: fc.constant("application/json"), schema },
              { description: hostileText },
            ),
            { maxKeys: 3 },
          )
          .map(referringToEachOther),
        requestValidators: fc.constant(requestValidators),
        authorizers: fc.constant(authorizers),
        gatewayResponses: fc.dictionary(
          fc.constantFrom(...GATEWAY_RESPONSE_TYPES),
          optional<GatewayResponseDefinition>(
            {
              responseParameters: fc.dictionary(
                name.map((it) => `gatewayresponse.header.${it}`),
                hostileText,
              ),
              responseTemplates: fc.dictionary(contentType, hostileText),
            },
            { statusCode: status },
          ),
          { maxKeys: 3 },
        ),
        methods: fc
          .tuple(...routes.map((route) => method(route, { authorizers, requestValidators })))
          .map((methods) => methods.sort(byRoute)),
        tags: fc.dictionary(name, hostileText, { maxKeys: 2 }),
      },
      {
        description: hostileText,
        minimumCompressionSizeBytes: fc.integer({ min: 0, max: 10_485_760 }),
        policy: fc.oneof(
          schema.filter((policy) => Object.keys(policy).length > 0),
          fc.record({ Version: fc.constant("2012-10-17"), Statement: fc.array(statement, { maxLength: 2 }) }),
        ),
      },
    ),
  );

function optional<Value extends object>(
  required: { readonly [Key in keyof Value as undefined extends Value[Key] ? never : Key]: fc.Arbitrary<Value[Key]> },
  others: {
    readonly [Key in keyof Value as undefined extends Value[Key] ? Key : never]?: fc.Arbitrary<
      Exclude<Value[Key], undefined>
    >;
  },
): fc.Arbitrary<Value> {
  const members: Record<string, fc.Arbitrary<unknown>> = { ...required, ...others };
  return fc.record(members, { requiredKeys: Object.keys(required) }) as fc.Arbitrary<unknown> as fc.Arbitrary<Value>;
}

type Models = RestApiDefinition["models"];

/** Every model refers to itself and to the one before it. */
function referringToEachOther(models: Models): Models {
  const names = Object.keys(models);
  const entries = Object.entries(models).map(([model, definition], index) => {
    const [self, other] = [model, names[index - 1] ?? model].map((it) => ({ $ref: MODEL_REFERENCE_PREFIX + it }));
    const properties = { self: self ?? {}, other: other ?? {} };
    return [model, { ...definition, schema: { ...definition.schema, properties } }] as const;
  });
  return Object.fromEntries(entries);
}

/** AWS refuses two variables beside each other, in whatever form. */
function withOneVariableAtAPlace<Route extends { readonly resourcePath: string }>(routes: readonly Route[]): Route[] {
  const taken = new Map<string, string>();
  return routes.filter(({ resourcePath: path }) => {
    const places = path.split("/").map((_, index, segments) => segments.slice(0, index + 1).join("/"));
    const isFree = places.every((place) => (taken.get(place.replaceAll(/\{[^}]*\}/g, "{}")) ?? place) === place);
    if (isFree) for (const place of places) taken.set(place.replaceAll(/\{[^}]*\}/g, "{}"), place);
    return isFree;
  });
}

function uniqueBy<Item>(items: readonly Item[], key: (item: Item) => unknown): Item[] {
  return items.filter((item, index) => items.findIndex((other) => key(other) === key(item)) === index);
}
