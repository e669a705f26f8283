import { DynamodbTable } from "@cdktf/provider-aws/lib/dynamodb-table";
import { SqsQueue } from "@cdktf/provider-aws/lib/sqs-queue";
import { Construct } from "constructs";
import {
  ApiAlarms,
  DynamoDbIntegration,
  type HeadgateStack,
  type Integration,
  LambdaIntegration,
  type MethodOptions,
  NodejsFunction,
  Resource,
  RestApi,
  type RestApiProps,
  SqsIntegration,
  Stage,
  TokenAuthorizer,
} from "../../../modules";
import { synthApi, type TerraformJson } from "../../../modules/testing";

type Emission = NonNullable<RestApiProps["emission"]>;

/** Routes that leave traces in every kind of resource: permissions, roles, settings, plans, alarms. */
interface Backends {
  readonly api: RestApi;
  readonly routes: ReadonlyMap<string, readonly [Integration, MethodOptions]>;
}

function backends(stack: HeadgateStack, emission: Emission): Backends {
  const fn = (bundle: string) => new NodejsFunction(stack, bundle, { bundle });
  const table = new DynamodbTable(stack, "Table", { name: "orders", hashKey: "id" });
  const queue = new SqsQueue(stack, "Queue", { name: "events" });
  const [get, list] = [fn("get"), fn("list")];
  const authorizer = new TokenAuthorizer(stack, "Token", { handler: fn("check") });
  const api = new RestApi(stack, "Api", {
    emission,
    defaultCorsPreflightOptions: { allowOrigins: ["https://shop.example"] },
    deployOptions: { metricsEnabled: true, throttle: { rateLimit: 200, burstLimit: 100 } },
  });
  const item = { id: "$input.params('orderId')" };
  return {
    api,
    routes: new Map<string, readonly [Integration, MethodOptions]>([
      ["GET /orders", [new LambdaIntegration(list), { cache: { ttlSeconds: 60 } }]],
      ["POST /orders", [new SqsIntegration(queue), { apiKeyRequired: true, throttle: "blocked" }]],
      ["GET /orders/{orderId}", [new LambdaIntegration(get, { scopePermissionToMethod: true }), { authorizer }]],
      ["DELETE /orders/{orderId}", [new LambdaIntegration(get, { scopePermissionToMethod: true }), {}]],
      [
        "PUT /orders/{orderId}",
        [DynamoDbIntegration.putItem(table, { item }), { requestParameters: { "method.request.header.X-Id": true } }],
      ],
      [
        "GET /orders/{orderId}/item",
        [DynamoDbIntegration.getItem(table, { key: item }), { throttle: { rateLimit: 1, burstLimit: 1 } }],
      ],
      ["GET /", [new SqsIntegration(queue, { messageBody: "$input.params('id')" }), {}]],
    ]),
  };
}

/** All that looks at routes afterwards. */
function around({ api }: Backends, stack: HeadgateStack): void {
  const deployment = api.latestDeployment;
  if (deployment === undefined) throw new Error("the API is not deployed");
  const preview = new Stage(stack, "Preview", { deployment, stageName: "preview" });
  api.addUsagePlan("Plan", { apiStages: [{ stage: api.deploymentStage }, { stage: preview }] });
  new ApiAlarms(stack, "Alarms", { api });
}

type Way = (backends: Backends, stack: HeadgateStack) => void;

const WAYS: Readonly<Record<string, Way>> = {
  "routes in one line": ({ api, routes }) => {
    for (const [route, [integration, options]] of routes) api.route(route, integration, options);
  },
  "routes in another order": ({ api, routes }) => {
    for (const [route, [integration, options]] of [...routes].reverse()) api.route(route, integration, options);
  },
  "nested addResource": ({ api, routes }) => {
    const add = (resource: Resource, route: string) => {
      const [integration, options] = routes.get(route) ?? [];
      resource.addMethod(route.split(" ")[0] ?? "", integration, options);
    };
    const orders = api.root.addResource("orders");
    const order = orders.addResource("{orderId}");
    add(order.addResource("item"), "GET /orders/{orderId}/item");
    for (const verb of ["DELETE", "GET", "PUT"]) add(order, `${verb} /orders/{orderId}`);
    for (const verb of ["GET", "POST"]) add(orders, `${verb} /orders`);
    add(api.root, "GET /");
  },
  resourceForPath: ({ api, routes }) => {
    for (const [route, [integration, options]] of routes) {
      const [verb = "", path = ""] = route.split(" ");
      api.root.resourceForPath(path).addMethod(verb, integration, options);
    }
  },
  "routes declared by a construct of their own": ({ api, routes }, stack) => {
    class Orders extends Construct {
      constructor(scope: Construct, id: string) {
        super(scope, id);
        const orders = new Resource(this, "Orders", { parent: api.root, pathPart: "orders" });
        const order = new Resource(this, "Order", { parent: orders, pathPart: "{orderId}" });
        const places: Readonly<Record<string, Resource>> = {
          "/": api.root,
          "/orders": orders,
          "/orders/{orderId}": order,
          "/orders/{orderId}/item": new Resource(this, "Item", { parent: order, pathPart: "item" }),
        };
        for (const [route, [integration, options]] of routes) {
          const [verb = "", path = ""] = route.split(" ");
          places[path]?.addMethod(verb, integration, options);
        }
      }
    }
    new Orders(new Construct(stack, "Features"), "Orders");
  },
};

function synthesize(way: Way, emission: Emission): unknown {
  const terraform = synthApi((stack) => {
    const all = backends(stack, emission);
    way(all, stack);
    around(all, stack);
  });
  return JSON.parse(JSON.stringify(terraform, withoutOrder));
}

/** The order of what a resource waits for, and of the statements of a policy, means nothing to Terraform and to AWS. */
function withoutOrder(name: string, value: unknown): unknown {
  if (name === "depends_on" && Array.isArray(value)) return value.toSorted();
  if (name !== "policy" || typeof value !== "string") return value;
  const { Statement, ...policy } = JSON.parse(value);
  const statements: readonly string[] = Statement.map((statement: unknown) => JSON.stringify(statement));
  return JSON.stringify({ ...policy, Statement: statements.toSorted() });
}

describe.each<Emission>(["openapi", "resources"])("an API that is emitted as %s (pain 10)", (emission) => {
  const [first, ...others] = Object.entries(WAYS);
  if (first === undefined) throw new Error("there are no ways");
  const declared = synthesize(first[1], emission);

  it.each(others)("is the same Terraform whether declared by routes in one line or by %s", (_, way) => {
    expect(synthesize(way, emission)).toEqual(declared);
  });

  it("is the same without one route, but for what belongs to that route", () => {
    const removed = "DELETE /orders/{orderId}";
    const without = synthesize(({ api, routes }) => {
      for (const [route, [integration, options]] of routes) {
        if (route !== removed) api.route(route, integration, options);
      }
    }, emission);
    const [all, rest] = [addressesOf(declared), addressesOf(without)].map((them) =>
      them.filter((it) => !isDeployment(it)),
    );

    const gone = all?.filter((it) => rest?.includes(it) === false) ?? [];
    expect(gone).toContainEqual(expect.stringMatching(/^aws_lambda_permission\.Api_Permission-test-get-DELETE-/));
    expect(gone.filter((it) => !it.includes("DELETE"))).toEqual([]);
    expect(rest?.filter((it) => all?.includes(it) === false)).toEqual([]);
  });
});

function addressesOf(terraform: unknown): readonly string[] {
  const { resource }: TerraformJson = JSON.parse(JSON.stringify(terraform));
  return Object.entries(resource ?? {}).flatMap(([type, ids]) => Object.keys(ids).map((id) => `${type}.${id}`));
}

/** Its address holds the hash of the definition. */
function isDeployment(address: string): boolean {
  return address.startsWith("aws_api_gateway_deployment.");
}
