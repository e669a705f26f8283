import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import {
  AnyPrincipal,
  ArnPrincipal,
  Deployment,
  Duration,
  HttpIntegration,
  type MethodOptions,
  PolicyDocument,
  PolicyStatement,
  ResponseType,
  RestApi,
  type RestApiProps,
  Stage,
} from "../../../modules";
import { onlyResource, resourcesOf, synthApi, type TerraformJson } from "../../../modules/testing";
import { synthWithApi } from "../support/api";

interface Change {
  readonly change: string;
  readonly props?: RestApiProps;
  readonly routes?: readonly Route[];
  readonly extend?: (api: RestApi) => void;
}

type Route = readonly [verb: string, path: string, options?: MethodOptions];

const ROUTES: readonly Route[] = [
  ["GET", "orders", { requestParameters: { "method.request.querystring.q": false } }],
  ["POST", "orders"],
];

function synth(
  props: RestApiProps = {},
  routes = ROUTES,
  extend: (api: RestApi) => void = () => undefined,
): TerraformJson {
  return synthWithApi((api) => {
    for (const [verb, path, options] of routes) {
      api.root.resourceForPath(path).addMethod(verb, new HttpIntegration("https://x.example/"), options);
    }
    extend(api);
  }, props);
}

function hashOf(terraform: TerraformJson): unknown {
  const { triggers } = onlyResource(terraform, "aws_api_gateway_deployment");
  return Reflect.get(Object(triggers), "definition");
}

describe("Deployment", () => {
  it("has an address that ends in the first digits of the definition's hash", () => {
    const terraform = synth();

    const [id = ""] = Object.keys(resourcesOf(terraform, "aws_api_gateway_deployment"));
    expect(String(hashOf(terraform))).toMatch(/^[0-9a-f]{64}$/);
    expect(id.slice(-9)).toBe(`_${String(hashOf(terraform)).slice(0, 8)}`);
    expect(onlyResource(terraform, "aws_api_gateway_stage").deployment_id).toBe(
      `\${aws_api_gateway_deployment.${id}.id}`,
    );
  });

  it.each([
    { own: undefined, description: (hash: string) => `test, definition ${hash}` },
    { own: "for ${partners}", description: (hash: string) => `for $\${partners} (test, definition ${hash})` },
  ])("says whose it is, and of what definition, behind the description $own", ({ own, description }) => {
    const terraform = synthApi((stack) => {
      const api = new RestApi(stack, "Api", { deploy: false });
      api.root.addMethod("GET", new HttpIntegration("https://x.example/"));
      new Deployment(stack, "Snapshot", { api, ...(own === undefined ? {} : { description: own }) });
    });

    const deployment = onlyResource(terraform, "aws_api_gateway_deployment");
    expect(deployment.description).toBe(description(String(hashOf(terraform)).slice(0, 8)));
  });

  it.each<Change>([
    { change: "a route", routes: [...ROUTES, ["GET", "health"]] },
    { change: "a parameter", routes: [["GET", "orders"], ...ROUTES.slice(1)] },
    { change: "an API key", props: { defaultMethodOptions: { apiKeyRequired: true } } },
    { change: "a cache key", routes: [["GET", "orders", { ...ROUTES[0]?.[2], cache: {} }], ...ROUTES.slice(1)] },
    { change: "binary media types", props: { binaryMediaTypes: ["image/png"] } },
    { change: "compression", props: { minimumCompressionSize: 0 } },
    { change: "the source of keys", props: { apiKeySourceType: "AUTHORIZER" } },
    { change: "the default endpoint", props: { disableExecuteApiEndpoint: true } },
    { change: "CORS", props: { defaultCorsPreflightOptions: { allowOrigins: ["*"] } } },
    {
      change: "a gateway response",
      extend: (api) => api.addGatewayResponse("A", { type: ResponseType.THROTTLED, statusCode: "503" }),
    },
    { change: "a model", extend: (api) => api.addModel("Order", { schema: { type: "object" } }) },
    {
      change: "a policy",
      props: {
        policy: new PolicyDocument({
          statements: [
            new PolicyStatement({
              actions: ["execute-api:Invoke"],
              resources: ["execute-api:/*"],
              principals: [new AnyPrincipal()],
            }),
          ],
        }),
      },
    },
  ])("deploys again when the definition changes: $change", ({ props, routes, extend }) => {
    expect(hashOf(synth(props, routes, extend))).not.toBe(hashOf(synth()));
  });

  it.each<[string, RestApiProps, readonly Route[]]>([
    ["name, description and tags", { restApiName: "x", description: "y", tags: { a: "b" } }, ROUTES],
    ["the order of routes", {}, [...ROUTES].reverse()],
    [
      "a throttle",
      {},
      [["GET", "orders", { ...ROUTES[0]?.[2], throttle: { rateLimit: 1, burstLimit: 1 } }], ...ROUTES.slice(1)],
    ],
    [
      "the stage",
      { deployOptions: { stageName: "v2", metricsEnabled: true, accessLogRetention: 7, variables: { a: "b" } } },
      ROUTES,
    ],
  ])("does not deploy again for %s", (_name, props, routes) => {
    expect(hashOf(synth(props, routes))).toBe(hashOf(synth()));
  });

  it("does not deploy again for another TTL of a cache", () => {
    const withTtl = (seconds: number) => synth({}, [["GET", "orders", { cache: { ttl: Duration.seconds(seconds) } }]]);

    expect(hashOf(withTtl(60))).toBe(hashOf(withTtl(120)));
  });

  it("is triggered by each reference of the document by itself", () => {
    const terraform = synthApi((stack) => {
      const role = (name: string) =>
        new IamRole(stack, name, { name, assumeRolePolicy: "{}", lifecycle: { createBeforeDestroy: true } }).arn;
      const statement = new PolicyStatement({
        resources: ["execute-api:/*"],
        actions: ["execute-api:Invoke"],
        principals: [new ArnPrincipal(role("A")), new ArnPrincipal(role("B"))],
      });
      new RestApi(stack, "Api", { policy: new PolicyDocument({ statements: [statement] }) }).root.addMethod("GET");
    });

    expect(onlyResource(terraform, "aws_api_gateway_deployment").triggers).toEqual({
      "aws_iam_role.A.arn": "${aws_iam_role.A.arn}",
      "aws_iam_role.B.arn": "${aws_iam_role.B.arn}",
      definition: hashOf(terraform),
    });
  });

  it("serves several stages", () => {
    const terraform = synthWithApi(
      (api) => {
        const deployment = new Deployment(api, "Snapshot", { api });
        for (const stageName of ["blue", "green"]) new Stage(api, stageName, { deployment, stageName });
        api.root.addMethod("GET", undefined, { throttle: { rateLimit: 1, burstLimit: 1 } });
      },
      { deploy: false },
    );

    expect(Object.values(resourcesOf(terraform, "aws_api_gateway_stage")).map((it) => it.stage_name)).toEqual([
      "blue",
      "green",
    ]);
    expect(Object.keys(resourcesOf(terraform, "aws_api_gateway_method_settings"))).toHaveLength(2);
    expect(Object.keys(resourcesOf(terraform, "aws_api_gateway_deployment"))).toHaveLength(1);
  });
});
