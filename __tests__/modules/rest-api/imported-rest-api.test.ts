import type { App } from "cdktf";
import {
  AuthorizationType,
  DomainName,
  HeadgateStack,
  type ImportedRestApi,
  LambdaIntegration,
  MockIntegration,
  Model,
  NodejsFunction,
  RestApi,
  type RestApiAttributes,
} from "../../../modules";
import {
  assertOrderRules,
  onlyResource,
  resourcesOf,
  synthApi,
  synthStack,
  TEST_STACK_PROPS,
  type TerraformJson,
  terraformSnapshotSerializer,
} from "../../../modules/testing";
import { expectRefusal, type Refusal } from "../support/refusals";
import { warningsOf } from "../support/warnings";

expect.addSnapshotSerializer(terraformSnapshotSerializer);

const THEIRS: RestApiAttributes = { restApiId: "abc123", rootResourceId: "root1", restApiName: "theirs" };

type Build = (api: ImportedRestApi, stack: HeadgateStack) => unknown;

const building =
  (build: Build, attributes: RestApiAttributes = THEIRS) =>
  (stack: HeadgateStack) => {
    build(RestApi.fromRestApiAttributes(stack, "Theirs", attributes), stack);
  };

function synthImported(build: Build, attributes?: RestApiAttributes): TerraformJson {
  return synthApi(building(build, attributes));
}

describe("an API that is owned elsewhere", () => {
  it("emits nothing by itself: minimal", () => {
    const terraform = synthImported(() => {});

    expect(terraform).toMatchSnapshot();
    expect(terraform.resource).toBeUndefined();
  });

  it("takes stages, plans, domains and routes: everything", () => {
    const terraform = synthImported((api, stack) => {
      const handler = new NodejsFunction(stack, "Notes", { bundle: "notes" });
      const requestBody = new Model(stack, "Note", { restApi: api, schema: { type: "object" } });
      api.route("POST /notes/{noteId}", new LambdaIntegration(handler), { requestBody });
      api.route("GET /notes", new MockIntegration(), { authorizationType: AuthorizationType.IAM });
      const stage = api.addStage("Beta", {
        stageName: "beta",
        throttle: { rateLimit: 10, burstLimit: 20 },
        methodOptions: { "/orders/{orderId}/GET": { throttle: "blocked" }, "//GET": { metricsEnabled: true } },
      });
      api.addUsagePlan("Plan", { apiStages: [{ stage }] });
    });

    expect(terraform).toMatchSnapshot();
    assertOrderRules(terraform);
  });

  it("has ARNs of its own account and region, and URLs of its stages", () => {
    synthImported((api) => {
      expect(api.arnForExecuteApi("GET", "/orders", "prod")).toBe(
        "arn:aws:execute-api:eu-west-1:111111111111:abc123/prod/GET/orders",
      );
      expect(api.addStage("Beta", { stageName: "beta" }).urlForPath("/a")).toBe(
        "https://abc123.execute-api.eu-west-1.amazonaws.com/beta/a",
      );
    });
  });

  it("is measured by the name that was given", () => {
    synthImported((api) => expect(api.metricCount().dimensions).toEqual({ ApiName: "theirs" }));
  });

  it("settles a route's settings by the route once it is declared here", () => {
    const terraform = synthImported((api) => {
      api.addStage("Beta", { methodOptions: { "/notes/GET": { throttlingRateLimit: 1 } } });
      api.route("GET /notes", new MockIntegration(), { throttle: { rateLimit: 5, burstLimit: 6 } });
    });

    expect(onlyResource(terraform, "aws_api_gateway_method_settings")).toMatchObject({
      method_path: "~1notes/GET",
      settings: { throttling_rate_limit: 1, throttling_burst_limit: 6 },
    });
  });

  it("is deployed again when a route that is added here changes", () => {
    const deploymentOf = (statusCode: string) =>
      synthImported((api) => {
        const integrationResponses = [{ statusCode }];
        api.route("GET /notes", new MockIntegration({ integrationResponses }));
        api.addStage("Beta", {});
      });

    const [first, second] = ["200", "204"].map((status) =>
      Object.keys(resourcesOf(deploymentOf(status), "aws_api_gateway_deployment")),
    );
    expect(first).not.toEqual(second);
  });

  it("warns that its owner must deploy, unless a stage here serves what is added", () => {
    const add: Build = (api) => api.route("GET /notes", new MockIntegration());

    expect(warningsOf(building(add))).toEqual([
      expect.stringMatching(
        /^API_OWNER_MUST_REDEPLOY: GET \/notes: .+\n {2}at test\/Theirs\n {2}fix: have its owner deploy/,
      ),
    ]);
    expect(warningsOf(building((api, stack) => [add(api, stack), api.addStage("Beta", {})]))).toEqual([]);
  });

  it("is served under a domain, without a word about the endpoint of its owner", () => {
    const serve: Build = (api, stack) => {
      const certificate = "arn:aws:acm:eu-west-1:111111111111:certificate/c";
      const domain = new DomainName(stack, "Domain", { domainName: "api.example.com", certificate });
      domain.addBasePathMapping(api, { stage: api.addStage("Beta", { stageName: "beta" }) });
    };

    expect(onlyResource(synthImported(serve), "aws_api_gateway_base_path_mapping").api_id).toBe("abc123");
    expect(warningsOf(building(serve))).toEqual([]);
  });

  it("may be one of this app that is emitted as resources", () => {
    const terraform = synthApi((stack) => {
      const owner = new RestApi(stack, "Owner", { emission: "resources" });
      owner.route("GET /a");
      const { restApiId, restApi } = owner;
      const theirs = RestApi.fromRestApiAttributes(stack, "T", { restApiId, rootResourceId: restApi.rootResourceId });
      theirs.route("GET /b", new MockIntegration());
    });

    expect(Object.keys(resourcesOf(terraform, "aws_api_gateway_method"))).toHaveLength(2);
  });
});

/** Adds a route by id to an API that a stack of the same app imports as a document. */
function addToOwned(build: (app: App) => readonly [owners: HeadgateStack, others: HeadgateStack]) {
  return synthStack((app) => {
    const [owners, others] = build(app);
    const owner = new RestApi(owners, "Owner");
    owner.route("GET /a");
    const { restApiId, restApi } = owner;
    const theirs = RestApi.fromRestApiAttributes(others, "T", { restApiId, rootResourceId: restApi.rootResourceId });
    theirs.route("GET /b", new MockIntegration());
    return others;
  });
}

const REFUSALS: readonly Refusal[] = [
  {
    code: "API_OWNED_HERE",
    problem: '"GET /b" is added to an API that test/Owner imports as one document',
    build: () =>
      addToOwned((app) => {
        const stack = new HeadgateStack(app, "test", TEST_STACK_PROPS);
        return [stack, stack];
      }),
  },
  {
    code: "API_OWNED_HERE",
    problem: '"GET /b" is added to an API that owners/Owner imports as one document',
    build: () =>
      addToOwned((app) => [
        new HeadgateStack(app, "owners", TEST_STACK_PROPS),
        new HeadgateStack(app, "others", TEST_STACK_PROPS),
      ]),
  },
  {
    code: "API_ROOT_UNKNOWN",
    problem: '"GET /b" cannot be added',
    build: () => synthApi((stack) => RestApi.fromRestApiId(stack, "T", "abc").route("GET /b")),
  },
  {
    code: "API_NAME_UNKNOWN",
    problem: "CloudWatch keeps Latency by the name of the API",
    build: () => synthApi((stack) => RestApi.fromRestApiId(stack, "T", "abc").metricLatency()),
  },
  {
    code: "STAGE_ROUTE_UNKNOWN",
    problem: 'names "orders", which is no path and verb',
    build: () => synthImported((api) => api.addStage("S", { methodOptions: { orders: {} } })),
  },
];

it.each(REFUSALS)("fails when an API of elsewhere cannot be used so: $code, $problem", expectRefusal);
