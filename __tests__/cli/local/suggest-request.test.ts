import { suggestRequest } from "../../../cli/local/suggest-request";
import type { MethodDefinition } from "../../../definition/method";
import type { StackDefinition } from "../../../definition/stack";
import type { StageDefinition } from "../../../definition/stage";
import type { NotEmulatedSummary } from "../../../local/serve";
import { custom, deployed, method, proxy, stack, stage } from "../../support/gateway";

const URL = "http://127.0.0.1:3000";
const NONE = "no route answers a plain GET here; see the routes above";

interface Given {
  readonly notEmulated?: readonly NotEmulatedSummary[];
  readonly stack?: Partial<StackDefinition>;
  readonly stage?: Partial<StageDefinition>;
  readonly apiKeys?: Readonly<Record<string, string>>;
}

/** What is suggested for an API with these methods. */
function suggested(methods: readonly MethodDefinition[], { notEmulated = [], apiKeys = {}, ...given }: Given = {}) {
  const requestValidators = {
    parameters: { validateRequestParameters: true, validateRequestBody: false },
    body: { validateRequestParameters: false, validateRequestBody: true },
  };
  const authorizers = {
    users: {
      type: "COGNITO_USER_POOLS",
      identitySource: "method.request.header.X-Token",
      resultTtlSeconds: 0,
      providerArns: ["arn:aws:cognito-idp:eu-central-1:111111111111:userpool/eu-central-1_abc"],
    },
  } as const;
  const api = deployed({ methods, requestValidators, authorizers }, [stage(given.stage)]);
  return suggestRequest([stack({ apis: [api], ...given.stack })], {
    notEmulated,
    url: URL,
    apiKeyValues: apiKeys,
    tokenCall: "npx headgate token",
  });
}

const keyed = { apiKeyRequired: true, resourcePath: "/keyed" };
const FREE: Partial<StackDefinition> = {
  apiKeys: [{ name: "free", enabled: true }],
  usagePlans: [
    {
      name: "free",
      apiStages: [{ apiAddress: deployed({}).address, stageName: "v1", throttle: [] }],
      apiKeys: ["free"],
    },
  ],
};

describe("suggestRequest", () => {
  it.each<[title: string, methods: readonly MethodDefinition[], request: string]>([
    ["a GET", [method({ httpMethod: "POST" }), method({ resourcePath: "/get" })], "/v1/get"],
    ["any verb", [method({ httpMethod: "ANY", resourcePath: "/any" })], "/v1/any"],
    ["the root", [method({ resourcePath: "/" })], "/v1"],
    ["an example for path variables", [method({ resourcePath: "/a/{id}/{rest+}" })], "/v1/a/example/example"],
    ["a path without variables first", [method({ resourcePath: "/{id}" }), method({})], "/v1/things"],
    [
      "functions before other backends",
      [method({ integration: custom("HTTP") }), method({}), method({ resourcePath: "/fn", integration: proxy() })],
      "/v1/fn",
    ],
    [
      "a MOCK, which needs no network, before HTTP",
      [method({ resourcePath: "/http", integration: custom("HTTP_PROXY") }), method({})],
      "/v1/things",
    ],
    [
      "a route whose required parameters are in its path",
      [
        method({
          resourcePath: "/q",
          requestValidator: "parameters",
          requestParameters: { "method.request.querystring.q": true },
        }),
        method({
          resourcePath: "/p/{id}",
          requestValidator: "parameters",
          requestParameters: { "method.request.path.id": true, "method.request.querystring.q": false },
        }),
      ],
      "/v1/p/example",
    ],
  ])("suggests %s", (_title, methods, path) => {
    expect(suggested(methods)).toBe(`curl ${URL}${path}`);
  });

  it("passes over routes that answer 501, and takes those that only lack an effect", () => {
    const lacking = { attribute: "a", reason: "b" };
    const notEmulated: NotEmulatedSummary[] = [
      { ...lacking, route: "GET /v1/first", answers: "501" },
      { ...lacking, route: "GET /v1/second", answers: "header" },
    ];

    const request = suggested([method({ resourcePath: "/first" }), method({ resourcePath: "/second" })], {
      notEmulated,
    });

    expect(request).toBe(`curl ${URL}/v1/second`);
  });

  it.each([
    [{}, "headgate-local-free"],
    [{ free: "my-own" }, "my-own"],
  ])("sends a key that opens the stage, given the values %j", (apiKeys, value) => {
    expect(suggested([method(keyed)], { stack: FREE, apiKeys })).toBe(`curl -H 'x-api-key: ${value}' ${URL}/v1/keyed`);
  });

  it("passes over routes that a throttle blocks", () => {
    const route = { resourcePath: "/closed", httpMethod: "GET" };
    const methodSettings = [{ route, throttlingRateLimit: 0, throttlingBurstLimit: 0 }];

    const request = suggested([method({ resourcePath: "/closed" }), method({})], { stage: { methodSettings } });

    expect(request).toBe(`curl ${URL}/v1/things`);
  });

  it.each<[title: string, asked: Partial<MethodDefinition>, headers: string]>([
    ["a token", {}, '-H "X-Token: $(npx headgate token --pool eu-central-1_abc)"'],
    [
      "a token with a scope",
      { authorizationScopes: ["orders/read", "orders/write"] },
      '-H "X-Token: $(npx headgate token --pool eu-central-1_abc --scope orders/read)"',
    ],
    [
      "a key and a token",
      { apiKeyRequired: true },
      `-H 'x-api-key: headgate-local-free' -H "X-Token: $(npx headgate token --pool eu-central-1_abc)"`,
    ],
  ])("has %s minted where a user pool guards the route", (_title, asked, headers) => {
    const guarded = method({ authorizationType: "COGNITO_USER_POOLS", authorizer: "users", ...asked });

    expect(suggested([guarded], { stack: FREE })).toBe(`curl ${headers} ${URL}/v1/things`);
  });

  it("prefers a route that needs a key to one that needs a token", () => {
    const guarded = method({ authorizationType: "COGNITO_USER_POOLS", authorizer: "users" });

    expect(suggested([guarded, method(keyed)], { stack: FREE })).toContain("/v1/keyed");
  });

  it("prefers a route that needs no key", () => {
    expect(suggested([method(keyed), method({ resourcePath: "/{id}" })], { stack: FREE })).toBe(
      `curl ${URL}/v1/example`,
    );
  });

  it.each<[title: string, methods: readonly MethodDefinition[]]>([
    ["there is no GET", [method({ httpMethod: "POST" })]],
    ["a token is required", [method({ authorizationType: "CUSTOM", authorizer: "customer" })]],
    ["a key is required that nobody has", [method(keyed)]],
    ["a body is required", [method({ requestValidator: "body", requestModels: { "application/json": "Order" } })]],
    [
      "a header is required",
      [method({ requestValidator: "parameters", requestParameters: { "method.request.header.Who": true } })],
    ],
  ])("says so when %s", (_title, methods) => {
    expect(suggested(methods)).toBe(NONE);
  });
});
