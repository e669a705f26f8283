import type { BasePathMappingDefinition, CustomDomainDefinition } from "../../definition/custom-domain";
import type { DeployedApiDefinition } from "../../definition/stack";
import { markUnknown } from "../../definition/unknown";
import { createGateway, type Gateway } from "../../local/pipeline";
import {
  deployed,
  FUNCTION_URI,
  fakeHost,
  lambdaFunction,
  method,
  mock,
  namedMethods,
  proxy,
  type restApi,
  returns,
  send,
  stack,
  stage,
} from "../support/gateway";

const answering = (name: string) => [
  method({ resourcePath: "/", integration: mock(`${name} /`) }),
  method({ resourcePath: "/{path+}", integration: mock(`${name} $input.params('path')`) }),
];

/** An API that answers with its id, the stage's name and the path below it. */
function api(
  id: string,
  stageNames: readonly string[],
  more: Parameters<typeof restApi>[0] = {},
): DeployedApiDefinition {
  const name = `${id} $context.stage`;
  return {
    ...deployed(
      { name: id, methods: answering(name), ...more },
      stageNames.map((each) => stage({ name: each })),
    ),
    id,
    address: `aws_api_gateway_rest_api.${id}`,
  };
}

const mapping = (basePath: string, apiId: string, stageName?: string): BasePathMappingDefinition => ({
  address: `aws_api_gateway_base_path_mapping.${basePath || "root"}`,
  basePath,
  apiId,
  ...(stageName && { stageName }),
});

const domain = (domainName: string, ...mappings: readonly BasePathMappingDefinition[]): CustomDomainDefinition => ({
  domainName,
  hasMutualTls: false,
  mappings,
});

const gatewayOf = (apis: readonly DeployedApiDefinition[], ...domains: readonly CustomDomainDefinition[]) =>
  createGateway({ stacks: [stack({ apis, domains })], host: fakeHost() });

async function ask(gateway: Gateway, host: string, target: string) {
  const { status, body } = await gateway.handle({
    method: "GET",
    target,
    headers: [["Host", host]],
    body: Buffer.alloc(0),
    sourceIp: "192.0.2.1",
    protocol: "HTTP/1.1",
  });
  return status === 200 ? body.toString() : `${status} ${body}`;
}

const FORBIDDEN = '403 {"message":"Forbidden"}';

describe("a custom domain", () => {
  const one = [api("shop", ["v1"]), api("ops", ["v1", "v2"])];
  const levels = gatewayOf(
    one,
    domain(
      "api.example.com",
      mapping("", "shop", "v1"),
      mapping("orders", "ops", "v1"),
      mapping("orders/new", "ops", "v2"),
    ),
  );
  const segments = gatewayOf(
    one,
    domain("api.example.com", mapping("", "shop", "v1"), mapping("orders", "ops", "v1")),
    domain("*.example.com", mapping("any", "ops")),
    domain("shop.example.com", mapping("shop", "shop", "v1")),
  );

  it.each([
    ["/", "shop v1 /"],
    ["/orders", "ops v1 /"],
    ["/orders/", "ops v1 /"],
    ["/orders?x=1", "ops v1 /"],
    ["//orders//7", "ops v1 7"],
    ["/orders/7/lines", "ops v1 7/lines"],
    ["/orders/new", "ops v2 /"],
    ["/orders/new/7", "ops v2 7"],
    ["/customers/7", "shop v1 customers/7"],
    ["/ordersandmore", "ops v1 andmore"],
    ["/v1/orders", "shop v1 v1/orders"],
    ["http://api.example.com/orders/7", "ops v1 7"],
  ])("with base paths of several levels serves %s by the longest: %s", async (target, expected) => {
    expect(await ask(levels, "api.example.com", target)).toBe(expected);
  });

  it.each([
    ["api.example.com", "/ordersandmore", "shop v1 ordersandmore"],
    ["API.example.com:3000", "/orders/7", "ops v1 7"],
    ["api.example.com.", "/orders/7", "ops v1 7"],
    ["api.example.com.localhost:3000", "/orders/7", "ops v1 7"],
    ["other.example.com", "/any/v2/7", "ops v2 7"],
    ["other.example.com", "/any/v3/7", FORBIDDEN],
    ["other.example.com", "/any", FORBIDDEN],
    ["a.other.example.com", "/any/v2/7", FORBIDDEN],
    ["shop.example.com", "/shop/7", "shop v1 7"],
    ["shop.example.com", "/any/v1/7", FORBIDDEN],
    ["shop.example.com", "/", FORBIDDEN],
    ["shop.example.com", "/Shop/7", FORBIDDEN],
  ])("%s serves %s: %s", async (host, target, expected) => {
    expect(await ask(segments, host, target)).toBe(expected);
  });

  it.each(["/ping", "/sping"])("answers %s itself", async (target) => {
    expect(await ask(segments, "api.example.com", target)).toBe("Healthy Connection");
    expect(await ask(segments, "api.example.com", `${target}/7`)).toBe(`shop v1 ${target.slice(1)}/7`);
  });

  it("gives functions the path with its base path, and says what has matched", async () => {
    const host = fakeHost({ invoke: () => returns({ statusCode: 200 }) });
    const accessLog = {
      destinationArn: "arn",
      format: "$context.requestId $context.customDomain.basePathMatched $context.path",
    };
    const methods = [method({ resourcePath: "/{orderId}", integration: proxy() })];
    const deployedApi = deployed({ methods }, [stage({ accessLog })]);
    const domains = [domain("api.example.com", mapping("shop/orders", deployedApi.id, "v1"))];
    const gateway = createGateway({ stacks: [stack({ apis: [deployedApi], domains })], host });

    await ask(gateway, "api.example.com:3000", "/shop/orders/a%20b?x=1");

    expect(JSON.parse(String(host.invocations[0]?.payload))).toMatchObject({
      resource: "/{orderId}",
      path: "/shop/orders/a%20b",
      pathParameters: { orderId: "a%20b" },
      headers: { Host: "api.example.com:3000" },
      requestContext: {
        path: "/shop/orders/a%20b",
        stage: "v1",
        domainName: "api.example.com",
        domainPrefix: "api",
        resourcePath: "/{orderId}",
      },
    });
    expect(host.logLines[0]).toMatch(/ shop\/orders \/shop\/orders\/a%20b$/);
  });

  it("is listed with the stages that it serves", () => {
    expect(segments.domains()).toEqual([
      { path: "api.example.com/", address: "shop/v1" },
      { path: "api.example.com/orders", address: "ops/v1" },
      { path: "*.example.com/any" },
      { path: "shop.example.com/shop", address: "shop/v1" },
    ]);
  });

  it("names what is mapped from elsewhere, and does not guess", async () => {
    const elsewhere = markUnknown({ address: "data.terraform_remote_state.other", attribute: "outputs.id" });
    const unnamed = markUnknown({ address: "var.domain", attribute: "default" });
    const gateway = gatewayOf(
      one,
      { ...domain("api.example.com", mapping("a", "elsewhere", "v1"), mapping("b", "ops", "v3")), hasMutualTls: true },
      domain("api.example.com", mapping("c", elsewhere, "v1")),
      domain(unnamed, mapping("d", "ops", "v1")),
    );

    expect(await ask(gateway, "api.example.com", "/a/7")).toMatch(
      /^501 .*aws_api_gateway_base_path_mapping.a: the API/,
    );
    expect(await ask(gateway, "api.example.com", "/b/7")).toMatch(
      /^501 .*the stage \\"v3\\" of the API \\"ops\\" is in none/,
    );
    expect(await ask(gateway, "api.example.com", "/c/7")).toMatch(/^501 .*outputs.id has no value before apply/);
    expect(gateway.notEmulated()).toMatchObject([
      { route: "api.example.com", attribute: "mutual_tls_authentication", answers: "header" },
      { route: "api.example.com/a", attribute: "aws_api_gateway_base_path_mapping.a", answers: "501" },
      { route: "api.example.com/b", answers: "501" },
      { route: "api.example.com/c", answers: "501" },
      { route: "custom domain", attribute: "var.domain.default", answers: "header" },
    ]);
  });
});

describe("the default host of an API", () => {
  const gateway = gatewayOf([api("one", ["v1"]), api("two", ["v1"], { disableExecuteApiEndpoint: true })]);

  it.each([
    ["one.execute-api.eu-central-1.amazonaws.com", "/v1/7", "one v1 7"],
    ["one-vpce-0123456789abcdef0.execute-api.eu-central-1.amazonaws.com", "/v1/7", "one v1 7"],
    ["one.execute-api.eu-central-1.localhost:3000", "/v1", "one v1 /"],
    ["one.execute-api.localhost", "//v1//7", "one v1 7"],
    ["one.execute-api.eu-central-1.amazonaws.com", "/v2/7", FORBIDDEN],
    ["three.execute-api.eu-central-1.amazonaws.com", "/v1/7", FORBIDDEN],
    ["two.execute-api.eu-central-1.amazonaws.com", "/v1/7", FORBIDDEN],
    ["one.execute-api.eu-central-1.amazonaws.com", "/ping", "Healthy Connection"],
  ])("%s serves %s: %s", async (host, target, expected) => {
    expect(await ask(gateway, host, target)).toBe(expected);
  });

  it("keeps what functions know as on AWS", async () => {
    const host = fakeHost();
    const stacks = [stack({ apis: [deployed({ methods: [method({ integration: proxy() })] })] })];

    await ask(createGateway({ stacks, host }), "abcdefghij.execute-api.eu-central-1.localhost:3000", "/v1/things");

    expect(JSON.parse(String(host.invocations.at(-1)?.payload)).requestContext).toMatchObject({
      domainName: "abcdefghij.execute-api.eu-central-1.amazonaws.com",
      domainPrefix: "abcdefghij",
      path: "/v1/things",
    });
  });
});

describe("several APIs on one port", () => {
  const apis = [api("one", ["v1", "only"]), api("two", ["v1"], { disableExecuteApiEndpoint: true })];

  it.each([
    ["/one/v1/7", "one v1 7"],
    ["//two//v1//7", "two v1 7"],
    ["/two/v1", "two v1 /"],
    ["/only/7", "one only 7"],
    ["/v1/7", FORBIDDEN],
    ["/one/only/7", FORBIDDEN],
    ["/three/v1/7", FORBIDDEN],
    ["/ping", FORBIDDEN],
  ])("are told apart by name where a stage's name is shared: %s gives %s", async (target, expected) => {
    expect(await ask(gatewayOf(apis), "127.0.0.1:3000", target)).toBe(expected);
  });

  it("may come from several stacks, which share nothing but functions and plans", async () => {
    const [first, second] = apis.map((each, index) => stack({ name: `stack-${index}`, apis: [each] }));
    const gateway = createGateway({ stacks: [first ?? stack(), second ?? stack()], host: fakeHost() });

    expect(await ask(gateway, "localhost", "/two/v1/7")).toBe("two v1 7");
    expect([...new Set(gateway.routes().map(({ address }) => address))]).toEqual(["one/v1", "only", "two/v1"]);
  });

  it("may be guarded by a function of another stack", async () => {
    const invoke = () =>
      returns({ principalId: "ann", policyDocument: { Statement: { Effect: "Allow", Action: "*", Resource: "*" } } });
    const uri = FUNCTION_URI.replace(":fn:live/", ":decide/");
    const a = { type: "TOKEN", uri, identitySource: "method.request.header.T", resultTtlSeconds: 0, providerArns: [] };
    const guarded = deployed({
      authorizers: { a: { ...a, type: "TOKEN" } },
      methods: [method({ authorizationType: "CUSTOM", authorizer: "a" })],
    });
    const owner = stack({ name: "functions", functions: [lambdaFunction("decide")] });
    const stacks = [stack({ apis: [guarded], functions: [] }), owner];

    const gateway = createGateway({ stacks, host: fakeHost({ invoke }) });

    expect(gateway.notEmulated()).toEqual([]);
    expect((await send(gateway, { headers: [["T", "t"]] })).status).toBe(200);
  });

  it.each([
    ["is shared", "same", "same"],
    ["is that of a stage", "v1", "other"],
    ["cannot stand in a URL", "My API", "other"],
  ])("are told apart by id where their name %s", async (_, firstName, secondName) => {
    const gateway = gatewayOf([
      api("one", ["v1"], { name: firstName }),
      api("two", ["v1"], { name: secondName, methods: namedMethods(["GET", "/things"]) }),
    ]);

    expect(await ask(gateway, "localhost", "/one/v1/7")).toBe("one v1 7");
  });

  it("keep what functions know as on AWS", async () => {
    const host = fakeHost();
    const own = deployed({ name: "orders", methods: [method({ integration: proxy() })] });
    const gateway = createGateway({ stacks: [stack({ apis: [own, api("two", ["v1"])] })], host });

    expect(await ask(gateway, "127.0.0.1:3000", "/orders/v1/things")).toBe("");

    expect(JSON.parse(String(host.invocations[0]?.payload))).toMatchObject({
      path: "/things",
      requestContext: { path: "/v1/things", domainName: "127.0.0.1:3000" },
    });
  });

  it.each(["in another stack", "in another stack that is read together with it"])(
    "open by keys of plans %s",
    async (where) => {
      const keyed = { ...api("other", ["v1"], { methods: [method({ apiKeyRequired: true })] }), address: "same" };
      const plan = {
        name: "plan",
        apiStages: [{ apiAddress: "other", stageName: "v1", throttle: [] }],
        apiKeys: ["pro"],
      };
      const usagePlans = [plan];
      const apiKeys = [{ name: "pro", value: "x", enabled: true }];
      const stacks =
        where === "in another stack"
          ? [stack({ apis: [keyed] }), stack({ name: "plans", usagePlans, apiKeys })]
          : [stack({ apis: [keyed], usagePlans, apiKeys })];
      const gateway = createGateway({ stacks, host: fakeHost() });

      expect(await send(gateway, { headers: [["x-api-key", "x"]] })).toMatchObject({ status: 200 });
      expect(await send(gateway)).toMatchObject({ status: 403 });
    },
  );
});
