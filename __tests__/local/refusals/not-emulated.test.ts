import type { MethodDefinition } from "../../../definition/method";
import type { RestApiDefinition } from "../../../definition/rest-api";
import type { StageDefinition } from "../../../definition/stage";
import { markUnknown } from "../../../definition/unknown";
import {
  custom,
  FUNCTION_URI,
  fakeHost,
  gatewayFor,
  integrationResponse,
  lambdaFunction,
  method,
  mock,
  proxy,
  returns,
  send,
} from "../../support/gateway";

const UNKNOWN = markUnknown({ address: "aws_lb.main", attribute: "dns_name" });

const AUTHORIZER = { type: "TOKEN", resultTtlSeconds: 300, providerArns: [], uri: FUNCTION_URI } as const;

describe("a route that cannot answer rightly", () => {
  it.each<{
    api?: Partial<RestApiDefinition>;
    of: Partial<MethodDefinition>;
    stage?: Partial<StageDefinition>;
    attribute: string;
    reason: string | RegExp;
  }>([
    {
      of: { authorizationType: "CUSTOM", authorizer: "elsewhere" },
      attribute: "authorizer",
      reason: '"elsewhere" is not one of the API\'s authorizers',
    },
    {
      api: { authorizers: { a: { ...AUTHORIZER, uri: UNKNOWN } } },
      of: { authorizationType: "CUSTOM", authorizer: "a" },
      attribute: "authorizer",
      reason: "aws_lb.main.dns_name has no value before apply",
    },
    {
      api: { authorizers: { a: { ...AUTHORIZER, identityValidationExpression: "a++" } } },
      of: { authorizationType: "CUSTOM", authorizer: "a" },
      attribute: "authorizer",
      reason: /^a\+\+: Invalid regular expression/,
    },
    {
      api: { policy: { Statement: [{ Effect: "Deny", Action: "*", Resource: "*", Condition: { Near: { a: "b" } } }] } },
      of: {},
      attribute: "policy",
      reason: 'the condition operator "Near" is not known',
    },
    {
      of: { authorizationType: "CUSTOM", authorizer: UNKNOWN },
      attribute: "aws_lb.main.dns_name",
      reason: "has no value before apply; authorizer needs it",
    },
    {
      of: { integration: custom("HTTP_PROXY", { uri: `https://${UNKNOWN}/x` }) },
      attribute: "aws_lb.main.dns_name",
      reason: "has no value before apply; integration.uri needs it",
    },
    {
      of: { integration: custom("HTTP_PROXY", { uri: "https://${stageVariables.host}/x" }) },
      stage: { variables: { host: UNKNOWN } },
      attribute: "aws_lb.main.dns_name",
      reason: "has no value before apply; stageVariables.host needs it",
    },
    {
      of: {
        integration: proxy({
          uri: "arn:aws:apigateway:r:lambda:path/2015-03-31/functions/arn:aws:lambda:r:0:function:other/invocations",
        }),
      },
      attribute: "integration.uri",
      reason: 'function "other" is not in this stack',
    },
    {
      api: { models: { M: { contentType: "application/json", schema: { $ref: "#/nowhere" } } } },
      of: { requestModels: { "application/json": "M" } },
      attribute: "models.M",
      reason: /^cannot be compiled: /,
    },
    {
      of: { integration: mock("#if($x") },
      attribute: 'integration.responses.200["application/json"]',
      reason: /^cannot be parsed: Parse error/,
    },
    {
      of: { integration: custom("HTTP", { responses: [integrationResponse({ selectionPattern: "a++" })] }) },
      attribute: "integration.responses.selectionPattern",
      reason: /^a\+\+: Invalid regular expression/,
    },
  ])("answers 501: $attribute", async ({ api, of, stage, attribute, reason }) => {
    const host = fakeHost();
    const gateway = gatewayFor({ methods: [method(of)], ...api }, { host, ...(stage && { stage }) });

    const response = await send(gateway);

    expect(gateway.notEmulated()).toEqual([
      { route: "GET /v1/things", attribute, reason: expect.stringMatching(reason), answers: "501" },
    ]);
    expect(response).toMatchObject({
      status: 501,
      headers: { "x-headgate-not-emulated": attribute, "content-type": "application/json" },
    });
    expect(JSON.parse(response.body).message).toContain(
      `Headgate cannot answer GET /v1/things as AWS would. ${attribute}: `,
    );
    expect(host.requests).toEqual([]);
  });

  it("is told in a header that can be sent, whatever expression is unknown", async () => {
    const unknown = markUnknown({ address: "aws_x.y", attribute: 'join("\n", ["é"])' });

    const response = await send(gatewayFor({ methods: [method({ integration: mock(unknown) })] }));

    expect(response.headers["x-headgate-not-emulated"]).toBe('aws_x.y.join("?", ["?"])');
  });

  it("is told before anything else is checked, and others go on", async () => {
    const gateway = gatewayFor({
      methods: [
        method({ authorizationType: "CUSTOM", authorizer: "elsewhere", apiKeyRequired: true }),
        method({ resourcePath: "/ok", integration: mock("ok") }),
      ],
    });

    expect((await send(gateway)).status).toBe(501);
    expect((await send(gateway, { target: "/v1/ok" })).body).toBe("ok");
  });

  it.each([
    ["the role", { credentials: UNKNOWN }],
    ["the VPC link", { connectionType: "VPC_LINK", connectionId: UNKNOWN }],
  ] as const)("is not one of which only %s is unknown", async (_, unknown) => {
    const gateway = gatewayFor({ methods: [method({ integration: custom("HTTP_PROXY", unknown) })] });

    expect(gateway.notEmulated().filter(({ answers }) => answers === "501")).toEqual([]);
    expect((await send(gateway)).status).toBe(200);
  });

  it.each([
    ["is of another language", { ...lambdaFunction(), runtime: "python3.13" }],
    ["is a container image", (({ packageFile: _file, runtime: _runtime, ...rest }) => rest)(lambdaFunction())],
    ["is in another stack", lambdaFunction("other")],
  ])("is none whose function %s where the local file says how it runs", async (_, definition) => {
    const host = fakeHost({ invoke: () => returns({ statusCode: 200, body: "ok" }) });
    const methods = [method({ integration: proxy() })];
    const stack = { functions: [definition] };

    const [without, withFile] = [new Set<string>(), new Set(["fn"])].map((localFunctions) =>
      gatewayFor({ methods }, { host, stack, localFunctions }),
    );

    expect(without?.notEmulated()).toMatchObject([
      { attribute: "integration.uri", reason: expect.stringContaining('"command" or "url" below functions."fn"') },
    ]);
    expect(withFile?.notEmulated()).toEqual([]);
    expect(withFile && (await send(withFile)).body).toBe("ok");
  });

  it("is not one whose stage variable is missing, which AWS too answers with 500", () => {
    const uri =
      "arn:aws:apigateway:r:lambda:path/2015-03-31/functions/arn:aws:lambda:r:0:function:${stageVariables.fn}/invocations";

    expect(gatewayFor({ methods: [method({ integration: proxy({ uri }) })] }).notEmulated()).toEqual([]);
  });
});

describe("a route that lacks an effect", () => {
  it("calls a function without layers that are not in the stack, and names them", async () => {
    const host = fakeHost({ invoke: () => returns({ statusCode: 200, body: "ok" }) });
    const layers = [{ name: "arn:aws:lambda:r:0:layer:there:7" }, { name: "here", packageFile: "here.zip" }];
    const functions = [{ ...lambdaFunction(), layers }];
    const gateway = gatewayFor({ methods: [method({ integration: proxy() })] }, { host, stack: { functions } });

    expect(await send(gateway)).toMatchObject({ status: 200, headers: { "x-headgate-not-emulated": "layers" } });
    expect(gateway.notEmulated()).toEqual([
      {
        route: "GET /v1/things",
        attribute: "layers",
        reason: `the function runs without ${layers[0]?.name}`,
        answers: "header",
      },
    ]);
  });

  it("sends the answer of a backend when it is whole, where it should be streamed", async () => {
    const streamed = custom("HTTP_PROXY", { streamsResponse: true });
    const gateway = gatewayFor({ methods: [method({ integration: streamed })] });

    expect(await send(gateway)).toMatchObject({
      status: 200,
      headers: { "x-headgate-not-emulated": "responseTransferMode" },
    });
  });

  const ARN = "arn:aws:apigateway:eu-central-1::/restapis/abcdefghij/stages";
  it.each<[attribute: string, of: Partial<MethodDefinition>, firewalls: readonly string[], headers: object]>([
    ["vpcLink", { integration: custom("HTTP_PROXY", { connectionId: "abc123" }) }, [], {}],
    ["webAcl", {}, [`${ARN}/v1`], {}],
    ["no", {}, [`${ARN}/v2`], { "x-headgate-not-emulated": undefined }],
  ])("names its %s", async (attribute, of, firewalls, headers) => {
    const gateway = gatewayFor({ methods: [method(of)] }, { stack: { firewalls } });
    const named = gateway.notEmulated().map(({ route, answers, attribute }) => ({ route, answers, attribute }));

    const response = await send(gateway);

    expect(response.status).toBe(200);
    expect(named).toEqual(attribute === "no" ? [] : [{ route: "GET /v1/things", answers: "header", attribute }]);
    expect({ "x-headgate-not-emulated": response.headers["x-headgate-not-emulated"] }).toEqual({
      "x-headgate-not-emulated": attribute === "no" ? undefined : attribute,
      ...headers,
    });
  });

  it.each([
    ["HTTP", [{ route: "GET /v1/things", answers: "header", attribute: "clientCertificate" }]],
    ["MOCK", []],
  ] as const)("names the client certificate of a stage where a backend of type %s would be shown it", (type, named) => {
    const gateway = gatewayFor(
      { methods: [method({ integration: custom(type) })] },
      { stage: { hasClientCertificate: true } },
    );

    expect(gateway.notEmulated()).toMatchObject(named);
    expect(gateway.notEmulated()).toHaveLength(named.length);
  });
});
