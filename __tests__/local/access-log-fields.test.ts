import type { MethodDefinition } from "../../definition/method";
import type { RestApiDefinition } from "../../definition/rest-api";
import type { BackendResponse, InvocationResult } from "../../local/host/host";
import { FIELDS } from "../../modules/rest-api/access-log-field";
import { custom, fails, fakeHost, gatewayFor, method, mock, proxy, returns, send } from "../support/gateway";

const plan = {
  name: "basic",
  tags: {},
  apiStages: [{ apiAddress: "aws_api_gateway_rest_api.orders", stageName: "v1", throttle: [] }],
  apiKeys: ["shop"],
};
const key = { name: "shop", value: "0123456789abcdef", enabled: true, tags: {} };
const FUNCTION =
  "arn:aws:apigateway:eu-central-1:lambda:path/2015-03-31/functions/arn:aws:lambda:eu-central-1:000000000000:function:users/invocations";
const authorizers = {
  users: {
    type: "TOKEN" as const,
    uri: FUNCTION,
    identitySource: "method.request.header.Authorization",
    resultTtlSeconds: 0,
    providerArns: [],
  },
};
const policyOf = (Effect: string) => ({
  principalId: "u1",
  context: { role: "admin" },
  policyDocument: { Version: "2012-10-17", Statement: [{ Action: "execute-api:Invoke", Effect, Resource: "*" }] },
});

interface Scenario {
  readonly route: MethodDefinition;
  readonly api?: Partial<RestApiDefinition>;
  readonly authorizer?: Partial<InvocationResult>;
  readonly result?: Partial<InvocationResult>;
  readonly backend?: Partial<BackendResponse>;
  readonly headers?: readonly (readonly [string, string])[];
}

const guarded = method({
  resourcePath: "/things/{id}",
  authorizationType: "CUSTOM",
  authorizer: "users",
  apiKeyRequired: true,
  integration: proxy(),
});
const callers = [
  ["Authorization", "token"],
  ["x-api-key", "0123456789abcdef"],
  ["User-Agent", "tests"],
] as const;

const SCENARIOS = {
  "a function behind authorizer and key": {
    route: guarded,
    authorizer: returns(policyOf("Allow")),
    result: returns({ statusCode: 201, body: "made" }),
    headers: callers,
  },
  "a caller whom the authorizer denies": { route: guarded, authorizer: returns(policyOf("Deny")), headers: callers },
  "a caller whom the authorizer refuses": { route: guarded, authorizer: fails("Unauthorized"), headers: callers },
  "an authorizer that fails": { route: guarded, authorizer: fails("boom"), headers: callers },
  "a caller without a token": { route: guarded },
  "a function that fails": {
    route: method({ resourcePath: "/things/{id}", integration: proxy() }),
    result: fails("x"),
  },
  "an unsigned request": { route: method({ resourcePath: "/things/{id}", authorizationType: "AWS_IAM" }) },
  "a service": {
    route: method({
      resourcePath: "/things/{id}",
      integration: custom("AWS", { uri: "arn:aws:apigateway:eu-central-1:s3:path/bucket/a", httpMethod: "GET" }),
    }),
    backend: {
      status: 200,
      headers: [
        ["x-amz-request-id", "R1"],
        ["x-amz-id-2", "R2"],
      ],
      body: Buffer.from("abc"),
    },
  },
  "a template that overrides": {
    route: method({
      resourcePath: "/things/{id}",
      integration: mock(
        '#set($context.responseOverride.status = 202)#set($context.responseOverride.header.X-Rate = "7")#set($context.requestOverride.querystring.q = "z")',
      ),
    }),
  },
} satisfies Record<string, Scenario>;

type ScenarioName = keyof typeof SCENARIOS;

async function lineOf(name: ScenarioName, format: string, scenario: Scenario = SCENARIOS[name]): Promise<string> {
  const { route, api, authorizer, result, backend, headers = [] } = scenario;
  const host = fakeHost({
    invoke: ({ functionName }) => {
      host.nowMillis += 5;
      return (functionName === "users" ? authorizer : result) ?? {};
    },
    fetch: () => backend ?? {},
  });
  const gateway = gatewayFor(
    { methods: [route], authorizers, ...api },
    {
      host,
      stage: { accessLog: { destinationArn: "arn", format } },
      stack: { apiKeys: [key], usagePlans: [plan] },
    },
  );
  await send(gateway, { target: "/v1/things/7?q=1", headers });
  return host.logLines[0] ?? "";
}

const fieldOf = (name: ScenarioName, field: string) => lineOf(name, `$context.${field}`);

const UUID = /^[0-9a-f-]{36}$/;
const SERVED = "a function behind authorizer and key";

const VALUES: readonly (readonly [field: string, scenario: ScenarioName, value: string | RegExp])[] = [
  ["accountId", SERVED, "000000000000"],
  ["apiId", SERVED, "abcdefghij"],
  ["authenticate.error", "an unsigned request", "Missing Authentication Token"],
  ["authenticate.latency", "an unsigned request", "0"],
  ["authenticate.status", "an unsigned request", "403"],
  ["authorize.error", "a caller whom the authorizer denies", /^User is not authorized to access this resource with/],
  ["authorize.error", SERVED, "-"],
  ["authorize.latency", SERVED, "0"],
  ["authorize.status", SERVED, "200"],
  ["authorize.status", "a caller whom the authorizer denies", "403"],
  ["authorize.status", "a caller without a token", "-"],
  ["authorizer.error", SERVED, "-"],
  ["authorizer.error", "a caller whom the authorizer refuses", "Unauthorized"],
  ["authorizer.error", "an authorizer that fails", "boom"],
  ["authorizer.integrationLatency", SERVED, "5"],
  ["authorizer.integrationStatus", SERVED, "200"],
  ["authorizer.latency", SERVED, "5"],
  ["authorizer.principalId", SERVED, "u1"],
  ["authorizer.requestId", SERVED, "invocation-1"],
  ["authorizer.role", SERVED, "admin"],
  ["authorizer.claims", SERVED, "-"],
  ["authorizer.status", SERVED, "200"],
  ["authorizer.status", "a caller whom the authorizer refuses", "401"],
  ["authorizer.status", "an authorizer that fails", "500"],
  ["authorizer.status", "a caller without a token", "-"],
  ["awsEndpointRequestId", SERVED, "invocation-1"],
  ["awsEndpointRequestId", "a service", "R1"],
  ["awsEndpointRequestId2", "a service", "R2"],
  ["deploymentId", SERVED, /^\w{6}$/],
  ["domainName", SERVED, "api.example.com"],
  ["domainPrefix", SERVED, "api"],
  ["endpointType", SERVED, "REGIONAL"],
  ["error.message", "a caller without a token", "Unauthorized"],
  ["error.messageString", "a caller without a token", '"Unauthorized"'],
  ["error.responseType", "a caller without a token", "UNAUTHORIZED"],
  ["extendedRequestId", SERVED, /^[\w+/=]{16}$/],
  ["httpMethod", SERVED, "GET"],
  ["identity.apiKey", SERVED, "0123456789abcdef"],
  ["identity.apiKeyId", SERVED, /^\w{10}$/],
  ["identity.sourceIp", SERVED, "192.0.2.1"],
  ["identity.userAgent", SERVED, "tests"],
  ["integration.error", "a function that fails", "Lambda Customer Function Error:x"],
  ["integration.integrationStatus", SERVED, "200"],
  ["integration.latency", SERVED, "5"],
  ["integration.requestId", SERVED, "invocation-1"],
  ["integration.status", SERVED, "201"],
  ["integrationErrorMessage", "a function that fails", "Lambda Customer Function Error:x"],
  ["integrationLatency", SERVED, "5"],
  ["integrationStatus", SERVED, "200"],
  ["isCanary", SERVED, "false"],
  ["path", SERVED, "/v1/things/7"],
  ["protocol", SERVED, "HTTP/1.1"],
  ["requestId", SERVED, UUID],
  ["requestOverride.querystring.q", "a template that overrides", "z"],
  ["requestTime", SERVED, "05/Oct/2024:13:55:36 +0000"],
  ["requestTimeEpoch", SERVED, "1728136536120"],
  ["resourceId", SERVED, /^\w{6}$/],
  ["resourcePath", SERVED, "/things/{id}"],
  ["responseLatency", SERVED, "10"],
  ["responseLength", SERVED, "4"],
  ["responseOverride.header.X-Rate", "a template that overrides", "7"],
  ["responseOverride.status", "a template that overrides", "202"],
  ["responseOverride.status", SERVED, "-"],
  ["stage", SERVED, "v1"],
  ["status", SERVED, "201"],
  ["xrayTraceId", SERVED, /^Root=1-/],
];

/** Other tests say when these are known. */
const ELSEWHERE = new Set([
  "customDomain.basePathMatched",
  "error.validationErrorString",
  "identity.accessKey",
  "identity.accountId",
  "identity.caller",
  "identity.principalOrgId",
  "identity.user",
  "identity.userArn",
  "identity.vpcId",
  "identity.vpceId",
  "isCanaryRequest",
]);

/** A dash on localhost: there is no TLS, firewall, identity pool, routing rule or streaming. */
const NEVER = new Set([
  "cipherSuite",
  "customDomain.routingRuleIdMatched",
  "identity.clientCert.clientCertPem",
  "identity.clientCert.issuerDN",
  "identity.clientCert.serialNumber",
  "identity.clientCert.subjectDN",
  "identity.clientCert.validity.notAfter",
  "identity.clientCert.validity.notBefore",
  "identity.cognitoAuthenticationProvider",
  "identity.cognitoAuthenticationType",
  "identity.cognitoIdentityId",
  "identity.cognitoIdentityPoolId",
  "integration.responseTransferMode",
  "integration.timeToAllHeaders",
  "integration.timeToFirstContent",
  "tlsVersion",
  "waf.error",
  "waf.latency",
  "waf.status",
  "wafResponseCode",
  "webaclArn",
]);

describe("a field of an access log", () => {
  it.each(VALUES)("$context.%s of %s is %p", async (field, scenario, value) => {
    const found = await fieldOf(scenario, field);

    if (typeof value === "string") expect(found).toBe(value);
    else expect(found).toMatch(value);
  });

  it.each([...NEVER])("$context.%s is a dash", async (field) => {
    expect(await fieldOf(SERVED, field)).toBe("-");
  });

  it("has a row here for each that AWS documents", () => {
    const known = new Set([...VALUES.map(([field]) => field), ...ELSEWHERE, ...NEVER]);

    expect(FIELDS.filter((field) => !known.has(field))).toEqual([]);
  });
});

describe("the format of an access log", () => {
  const agent = (value: string) => ({
    ...SCENARIOS[SERVED],
    headers: [...callers.slice(0, 2), ["User-Agent", value]] as const,
  });
  const written = (format: string, value: string) => lineOf(SERVED, format, agent(value));

  it.each([
    ["JSON", '{"ua":"$context.identity.userAgent","n":$context.status}', '{"ua":"a\\"b\\\\c","n":201}'],
    ["XML", '<r ua="$context.identity.userAgent"/>', '<r ua="a&#34;b\\c"/>'],
    ["CSV", "$context.identity.userAgent,$context.status", 'a"b\\c,201'],
    ["CLF", '[$context.requestTime] "$context.httpMethod"', '[05/Oct/2024:13:55:36 +0000] "GET"'],
  ])("stays %s whatever the values are", async (_name, format, line) => {
    expect(await written(format, 'a"b\\c')).toBe(line);
  });

  it.each([
    ["$context.status-$context.httpMethod", "201-GET"],
    ["$context.status.", "201."],
    ["${context.status}0", "2010"],
    ["{$context.status}", "{201}"],
    ["$context.nothing $status", "- $status"],
    ["$context.toString $context.constructor", "- -"],
  ])("finds the fields of %j", async (format, line) => {
    expect(await written(format, "a")).toBe(line);
  });

  it("is one line, whatever the values are", async () => {
    const scenario = {
      ...SCENARIOS[SERVED],
      authorizer: returns({ ...policyOf("Allow"), context: { role: "a\r\nb" } }),
    };

    expect(await lineOf(SERVED, "$context.authorizer.role", scenario)).toBe("a b");
  });
});
