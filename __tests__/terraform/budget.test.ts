import type { JsonObject } from "../../definition/json";
import { readStackJson } from "../../definition/terraform/read-stack";
import { type CommandBudget, type StackBudget, stackBudget } from "../../deploy/budget/stack-budget";
import {
  AccountLogging,
  CognitoUserPoolsAuthorizer,
  DomainName,
  type HeadgateStack,
  HttpIntegration,
  type MethodOptions,
  MockIntegration,
  RestApi,
  type RestApiProps,
  VpcLink,
} from "../../modules";
import { synthApi } from "../../modules/testing";
import { describeTerraform } from "../support/terraform/availability";
import { type Harness, startHarness } from "../support/terraform/harness";
import type { Call } from "../support/twin/call-log";

const PLACE = "eu-west-1:111111111111";
const SLOW: MethodOptions = { throttle: { rateLimit: 5, burstLimit: 2 } };
const CACHED: MethodOptions = { cache: { ttlSeconds: 60 } };

/** Stacks whose calls are counted, by what is in them. */
const STACKS: Readonly<Record<string, (stack: HeadgateStack) => void>> = {
  "10 routes": (stack) => void shop(stack, 10),
  "10 routes, settings, a cache, logs, a canary and tags": (stack) => {
    new AccountLogging(stack, "Logging");
    const { api, methods } = shop(stack, 8, {
      tags: { team: "shop" },
      deployOptions: {
        stageName: "v1",
        accessLogRetention: 7,
        throttlingRateLimit: 100,
        throttlingBurstLimit: 50,
        tracingEnabled: true,
        variables: { color: "blue" },
        tags: { team: "shop" },
      },
    });
    methods("GET /slow", SLOW);
    methods("GET /cached", CACHED);
    api.deploymentStage.canary({ percentTraffic: 10, variables: { color: "green" } });
  },
  "usage plans, keys, domains and a VPC link": (stack) => {
    const { api, methods } = shop(stack, 1);
    const method = methods("GET /sold", { apiKeyRequired: true });
    const quota = { limit: 1_000, period: "DAY" } as const;
    const apiStages = [
      { stage: api.deploymentStage, throttle: [{ method, throttle: { rateLimit: 1, burstLimit: 1 } }] },
    ];
    const plan = api.addUsagePlan("Sold", { apiStages, quota, throttle: { rateLimit: 9, burstLimit: 9 } });
    for (const name of ["first", "second"]) plan.addApiKey(api.addApiKey(name, { tags: { of: name } }));
    const certificate = `arn:aws:acm:${PLACE}:certificate/0a1b2c3d-0000-1111-2222-333344445555`;
    const domain = new DomainName(stack, "Domain", { domainName: "shop.example.com", certificate, mapping: api });
    domain.addBasePathMapping(shop(stack, 1, { restApiName: "news" }).api, { basePath: "news" });
    const target = { arn: `arn:aws:elasticloadbalancing:${PLACE}:loadbalancer/net/internal/0123456789abcdef` };
    new VpcLink(stack, "Link", { targets: [target] });
  },
  "10 routes as resources": (stack) => {
    const { api, methods } = shop(stack, 5, {
      emission: "resources",
      description: "with everything",
      tags: { a: "b" },
    });
    const users = new CognitoUserPoolsAuthorizer(stack, "Users", {
      cognitoUserPools: [{ arn: `arn:aws:cognito-idp:${PLACE}:userpool/eu-west-1_users` }],
    });
    const order = api.addModel("Order", { schema: { type: "object" } });
    methods("GET /slow", SLOW);
    methods("GET /cached", CACHED);
    methods("GET /mine", { authorizer: users });
    methods("POST /orders", {
      requestModels: { "application/json": order },
      requestValidatorOptions: { validateRequestBody: true },
    });
    api.addGatewayResponse("Refused", { type: "ACCESS_DENIED", statusCode: "404" });
    api.root.addResource("options").addCorsPreflight({ allowOrigins: ["https://shop.example.com"] });
  },
};

describeTerraform("the budget of a stack", (provider) => {
  let harness: Harness;
  beforeAll(async () => {
    harness = await startHarness(provider);
  }, 60_000);
  afterAll(() => harness.stop());

  it.each(Object.keys(STACKS))(
    "predicts every call to create and to plan: %s",
    async (name) => {
      const { predicted, create, plan, isEmpty } = await deploy(STACKS[name]);

      expect(counted(create)).toEqual(byOperation(predicted.create));
      expect(counted(plan)).toEqual(byOperation(predicted.plan));
      expect(predicted.uncertain).toEqual([]);
      expect(isEmpty).toBe(true);
    },
    90_000,
  );

  it("stays at 12 calls to create 300 routes as a document and 8 to plan, and 2 and 1 for each that has settings", async () => {
    const { predicted, create, plan } = await deploy((stack) => {
      const { methods } = shop(stack, 295, {
        deployOptions: { stageName: "v1", throttlingRateLimit: 100, throttlingBurstLimit: 50 },
      });
      for (let index = 0; index < 5; index++) methods(`GET /slow-${index}`, SLOW);
    });

    expect(predicted.routes).toHaveLength(5);
    expect([create.length, plan.length]).toEqual([predicted.create.calls, predicted.plan.calls]);
    expect(create.length).toBeLessThanOrEqual(12 + 2 * 5);
    expect(plan.length).toBeLessThanOrEqual(8 + 5);
  }, 90_000);

  let roots = 0;
  /** Applies a stack and plans it again. */
  async function deploy(build: (stack: HeadgateStack) => void = () => undefined): Promise<Deployed> {
    const terraform = synthesize(build);
    const root = await harness.root(`budget-${++roots}`);
    root.write(terraform);
    await root.init();
    const creation = harness.twin.calls.mark();
    await root.apply();
    const create = creation.find({ service: "apigateway" });
    const refresh = harness.twin.calls.mark();
    const isEmpty = await root.planIsEmpty();
    const plan = refresh.find({ service: "apigateway" });
    const predicted = stackBudget(terraform, await readStackJson(terraform, "shop-dev"));
    return { predicted, create, plan, isEmpty };
  }
});

interface Deployed {
  readonly predicted: StackBudget;
  /** Calls of the first apply. */
  readonly create: readonly Call[];
  /** Calls of the plan after it. */
  readonly plan: readonly Call[];
  readonly isEmpty: boolean;
}

interface Shop {
  readonly api: RestApi;
  methods(route: string, options: MethodOptions): ReturnType<RestApi["route"]>;
}

/** An API with so many routes without settings. */
function shop(stack: HeadgateStack, routes: number, props: RestApiProps = {}): Shop {
  const { restApiName = "shop" } = props;
  const api = new RestApi(stack, restApiName, { restApiName, deployOptions: { stageName: "v1" }, ...props });
  for (let index = 0; index < routes; index++) {
    api.route(
      `GET /things-${index}`,
      index % 2 === 0 ? new HttpIntegration("https://example.com") : new MockIntegration(),
    );
  }
  return { api, methods: (route, options) => api.route(route, new MockIntegration(), options) };
}

function synthesize(build: (stack: HeadgateStack) => void): JsonObject {
  const quotas = { resourcesPerApi: 400 };
  const { terraform, ...blocks } = synthApi(build, { region: "eu-west-1", quotas });
  const { backend: _backend, ...settings } = terraform as JsonObject;
  return JSON.parse(JSON.stringify({ ...blocks, terraform: settings }));
}

function counted(calls: readonly Call[]): Readonly<Record<string, number>> {
  const counts = new Map<string, number>();
  for (const { operation } of calls) counts.set(operation, (counts.get(operation) ?? 0) + 1);
  return Object.fromEntries(counts);
}

function byOperation({ operations }: CommandBudget): Readonly<Record<string, number>> {
  return Object.fromEntries(operations.map(({ operation, calls }) => [operation, calls]));
}
