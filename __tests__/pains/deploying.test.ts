import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import {
  ArnPrincipal,
  HttpIntegration,
  LambdaIntegration,
  MockIntegration,
  movedFrom,
  NodejsFunction,
  PolicyDocument,
  PolicyStatement,
  ResponseType,
  RestApi,
  type RestApiProps,
} from "../../modules";
import {
  assertOrderRules,
  documentOf,
  onlyResource,
  resourcesOf,
  synthApi,
  type TerraformJson,
} from "../../modules/testing";
import { synthWithApi } from "../modules/support/api";
import { expectRefusal } from "../modules/support/refusals";
import { warningsOf } from "../modules/support/warnings";
import { pain } from "./pains";
import { addressesBefore, addressesOf, typesBefore } from "./terraform-json";

const DEPLOYMENT = "aws_api_gateway_deployment";
const CORS: RestApiProps = { defaultCorsPreflightOptions: { allowOrigins: ["https://shop.example.com"] } };

function synthRoutes(routes: readonly string[], props: RestApiProps = {}): TerraformJson {
  return synthWithApi((api) => {
    for (const route of routes) api.route(route, new HttpIntegration("https://backend.example.com/"));
  }, props);
}

/** Digits of the definition's hash that the address of the only deployment ends in. */
function snapshotOf(terraform: TerraformJson): string {
  const [id = ""] = Object.keys(resourcesOf(terraform, DEPLOYMENT));
  return id.slice(-8);
}

describe(pain(1), () => {
  const before = synthRoutes(["GET /orders", "DELETE /orders"]);
  const after = synthRoutes(["GET /orders"]);

  it("has no resource whose end could come after the snapshot: routes are in the document", () => {
    expect(addressesOf(after)).toEqual(addressesOf(before));
    expect(documentOf(after).paths).toEqual({ "/orders": { get: expect.anything() } });
  });

  it("takes another snapshot, after the import", () => {
    expect(snapshotOf(after)).not.toBe(snapshotOf(before));
    expect(typesBefore(after, DEPLOYMENT)).toEqual(["aws_api_gateway_rest_api", "aws_api_gateway_rest_api_put"]);
  });

  it("is warned of where each route is a resource", () => {
    const warnings = warningsOf((stack) => new RestApi(stack, "Api", { emission: "resources" }).route("GET /orders"));

    expect(warnings).toContainEqual(expect.stringMatching(/^REMOVED_ROUTES_STAY_LIVE: /));
  });
});

describe(pain(2), () => {
  it("imports by a resource that is tainted when it fails, which the deployment waits for", () => {
    const terraform = synthRoutes(["GET /orders"]);

    expect(onlyResource(terraform, "aws_api_gateway_rest_api")).not.toHaveProperty("body");
    expect(onlyResource(terraform, "aws_api_gateway_rest_api_put")).toHaveProperty("body");
    expect(typesBefore(terraform, DEPLOYMENT)).toContain("aws_api_gateway_rest_api_put");
  });
});

describe(pain(3), () => {
  const withBackend = (integration: HttpIntegration | MockIntegration) =>
    synthWithApi((api) => api.route("GET /orders", integration));

  it("changes the document in place", () => {
    const mock = withBackend(new MockIntegration());
    const http = withBackend(new HttpIntegration("https://backend.example.com/"));

    expect(addressesOf(http)).toEqual(addressesOf(mock));
    expect(snapshotOf(http)).not.toBe(snapshotOf(mock));
  });
});

describe(pain(4), () => {
  const ROUTES = ["GET /orders", "POST /orders"];
  const before = snapshotOf(synthRoutes(ROUTES));

  it.each<[string, TerraformJson]>([
    ["a route", synthRoutes([...ROUTES, "GET /health"])],
    ["a binary media type", synthRoutes(ROUTES, { binaryMediaTypes: ["image/png"] })],
    ["who may invoke it", synthRoutes(ROUTES, { policy: policyFor("arn:aws:iam::222222222222:root") })],
    [
      "a gateway response",
      synthWithApi((api) => {
        for (const route of ROUTES) api.route(route, new HttpIntegration("https://backend.example.com/"));
        api.addGatewayResponse("Busy", { type: ResponseType.THROTTLED, statusCode: "503" });
      }),
    ],
  ])("deploys %s", (_name, after) => {
    expect(snapshotOf(after)).not.toBe(before);
  });

  it.each<[string, TerraformJson]>([
    ["a description and tags", synthRoutes(ROUTES, { description: "all orders", tags: { team: "orders" } })],
    ["the order of routes", synthRoutes([...ROUTES].reverse())],
    ["a throttle of the stage", synthRoutes(ROUTES, { deployOptions: { throttle: { rateLimit: 5, burstLimit: 5 } } })],
    ["nothing", synthRoutes(ROUTES)],
  ])("does not deploy for %s", (_name, after) => {
    expect(snapshotOf(after)).toBe(before);
  });
});

describe(pain(5), () => {
  it("is triggered by a literal, and by references that each stand alone", () => {
    const terraform = synthApi((stack) => {
      const role = (name: string) =>
        new IamRole(stack, name, { name, assumeRolePolicy: "{}", lifecycle: { createBeforeDestroy: true } }).arn;
      new RestApi(stack, "Api", { policy: policyFor(role("A"), role("B")) }).route("GET /orders");
    });

    const { definition, ...references } = Object(onlyResource(terraform, DEPLOYMENT).triggers);
    expect(definition).toMatch(/^[0-9a-f]{64}$/);
    expect(Object.values(references)).toEqual(["${aws_iam_role.A.arn}", "${aws_iam_role.B.arn}"]);
  });
});

describe(pain(6), () => {
  it("moves the stage from one deployment to the next before the old one goes", () => {
    const terraform = synthRoutes(["GET /orders"]);

    const [deployment] = Object.keys(resourcesOf(terraform, DEPLOYMENT));
    expect(onlyResource(terraform, DEPLOYMENT)).toMatchObject({ lifecycle: { create_before_destroy: true } });
    expect(onlyResource(terraform, DEPLOYMENT)).not.toHaveProperty("stage_name");
    expect(onlyResource(terraform, "aws_api_gateway_stage").deployment_id).toBe(`\${${DEPLOYMENT}.${deployment}.id}`);
  });

  it("fails when two stages of an API have one name", () => {
    expectRefusal({
      code: "STAGE_NAME_TAKEN",
      problem: '"prod"',
      build: () =>
        synthWithApi((api) => {
          api.route("GET /orders");
          api.addStage("Second", { stageName: "prod" });
        }),
    });
  });
});

describe(pain(7), () => {
  it("waits for every part of the API, preflights included, where each is a resource", () => {
    const terraform = synthRoutes(["GET /orders", "POST /orders/{orderId}"], { emission: "resources", ...CORS });

    const parts = addressesOf(terraform).filter((it) =>
      /^aws_api_gateway_(?:method|integration|integration_response|method_response)\./.test(it),
    );
    expect(parts).toHaveLength(12);
    expect(addressesBefore(terraform, DEPLOYMENT)).toEqual(expect.arrayContaining(parts));
    assertOrderRules(terraform);
  });
});

describe(pain(8), () => {
  it("says of a MOCK no verb, which AWS does not give back, and verbs in capitals", () => {
    const terraform = synthWithApi((api) => api.route("get /orders", new MockIntegration()), { emission: "resources" });

    const integration = onlyResource(terraform, "aws_api_gateway_integration");
    expect(integration).not.toHaveProperty("integration_http_method");
    expect(integration.http_method).toMatch(/^(?:GET|\$\{aws_api_gateway_method\.\w+\.http_method\})$/);
    expect(onlyResource(terraform, "aws_api_gateway_method").http_method).toBe("GET");
  });

  it("states name and description once each in document and resource, with the same text", () => {
    const terraform = synthRoutes(["GET /orders"], { restApiName: "orders", description: "all orders" });

    expect(onlyResource(terraform, "aws_api_gateway_rest_api")).toMatchObject({
      name: "orders",
      description: "all orders",
    });
    expect(documentOf(terraform).info).toMatchObject({ title: "orders", description: "all orders" });
  });

  it("writes the same document, whatever the order of declaration", () => {
    const routes = ["GET /orders", "POST /orders", "GET /products/{productId}"];

    expect(documentText(synthRoutes(routes))).toBe(documentText(synthRoutes([...routes].reverse())));
  });
});

describe(pain(9), () => {
  it("keeps the snapshot that is served instead of the newest one, under the address that it had", () => {
    const old = snapshotOf(synthRoutes(["GET /orders"]));
    const terraform = synthWithApi((api) => {
      api.route("GET /orders", new HttpIntegration("https://backend.example.com/"));
      api.route("GET /health");
      api.deploymentStage.rollback(old);
    });

    const kept = Object.keys(resourcesOf(terraform, DEPLOYMENT)).find((id) => id.endsWith(old));
    expect(Object.keys(resourcesOf(terraform, DEPLOYMENT))).toHaveLength(2);
    expect(onlyResource(terraform, "aws_api_gateway_stage").deployment_id).toBe(`\${${DEPLOYMENT}.${kept}.id}`);
  });
});

describe(pain(10), () => {
  it("keeps all addresses when routes are declared in another order, and another comes in between", () => {
    const routes = ["GET /orders/{orderId}", "POST /orders"];
    const before = synthRoutes(routes, { emission: "resources" });
    const after = synthRoutes(["GET /health", ...[...routes].reverse()], { emission: "resources" });

    expect(addressesOf(after)).toEqual(expect.arrayContaining([...addressesOf(before)]));
  });

  it("moves everything below a construct that is renamed", () => {
    const build = (id: string) => (stack: Parameters<Parameters<typeof synthApi>[0]>[0]) => {
      const api = new RestApi(stack, id, { restApiName: "orders" });
      api.route(
        "GET /orders",
        new LambdaIntegration(new NodejsFunction(api, "Fn", { bundle: "fn", functionName: "fn" })),
      );
      return api;
    };
    const before = synthApi(build("Old"));
    const after = synthApi((stack) => movedFrom(build("New")(stack), "Old"));

    const moves = new Map(Object.values(Object(after.moved)).map((move) => [Object(move).from, Object(move).to]));
    expect(
      addressesOf(before)
        .map((address) => moves.get(address) ?? address)
        .sort(),
    ).toEqual(addressesOf(after));
  });
});

function policyFor(...arns: readonly string[]): PolicyDocument {
  const principals = arns.map((arn) => new ArnPrincipal(arn));
  const statement = new PolicyStatement({ actions: ["execute-api:Invoke"], resources: ["execute-api:/*"], principals });
  return new PolicyDocument({ statements: [statement] });
}

function documentText(terraform: TerraformJson): unknown {
  return onlyResource(terraform, "aws_api_gateway_rest_api_put").body;
}
