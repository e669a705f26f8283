import { type Environment, selectEnvironments } from "../../environments";
import {
  assertOrderRules,
  documentOf,
  resourcesOf,
  synthStack,
  type TerraformJson,
  terraformSnapshotSerializer,
} from "../../modules/testing";
import { AccountStack } from "../../stacks/account";
import { OrdersApiStack } from "../../stacks/orders-api";

expect.addSnapshotSerializer(terraformSnapshotSerializer);

const environments = selectEnvironments(undefined);
const ordersStack = (environment: Environment) =>
  synthStack((app) => new OrdersApiStack(app, `orders-${environment.name}`, environment));
const accountStack = (environment: Environment) =>
  synthStack((app) => new AccountStack(app, `account-${environment.account}-${environment.region}`, environment));

const stacks = environments.flatMap((environment): [string, TerraformJson][] => [
  [`orders-${environment.name}`, ordersStack(environment)],
  [`account-${environment.name}`, accountStack(environment)],
]);
const orders = new Map(stacks);

function ordersOf(name: string): TerraformJson {
  const terraform = orders.get(`orders-${name}`);
  if (terraform === undefined) throw new Error(`no environment ${name}`);
  return terraform;
}

describe.each(stacks)("the stack %s", (_name, terraform) => {
  it("synthesizes to the reviewed Terraform", () => {
    expect(terraform).toMatchSnapshot();
  });

  it("keeps the rules of the order of apply", () => {
    assertOrderRules(terraform);
  });
});

describe("the environments", () => {
  it.each(["dev", "staging", "prod"])("%s serves the same routes as the others", (name) => {
    const routes = Object.keys(documentOf(ordersOf(name)).paths ?? {});

    expect(routes).toEqual([
      "/exchange-rates",
      "/health",
      "/orders",
      "/orders/{orderId}",
      "/orders/{orderId}/events",
      "/products",
      "/products/{productId}",
    ]);
  });

  it.each([
    ["dev", undefined, false],
    ["staging", undefined, false],
    ["prod", { prevent_destroy: true }, true],
  ])("%s protects what holds data as its environment says", (name, lifecycle, deletionProtection) => {
    const tables = Object.values(resourcesOf(ordersOf(name), "aws_dynamodb_table"));
    const apis = Object.values(resourcesOf(ordersOf(name), "aws_api_gateway_rest_api"));

    for (const table of tables) {
      expect(table.lifecycle).toEqual(lifecycle);
      expect(table.deletion_protection_enabled).toBe(deletionProtection);
    }
    for (const api of apis) expect(api.lifecycle).toEqual(lifecycle);
    expect([tables.length, apis.length]).toEqual([2, 1]);
  });

  it("mark every key value as sensitive", () => {
    const outputs = Object.entries(ordersOf("prod").output ?? {});

    const values = outputs.filter(([, { value }]) => /aws_api_gateway_api_key\..*\.value\}/.test(String(value)));
    expect(values.map(([name, { sensitive }]) => [name, sensitive])).toEqual([
      ["free_key_value", true],
      ["pro_key_value", true],
    ]);
  });

  it("fails when ENVIRONMENT names an unknown one", () => {
    expect(() => selectEnvironments("prd")).toThrow(
      expect.objectContaining({
        code: "UNKNOWN_ENVIRONMENT",
        problem: 'ENVIRONMENT must be one of dev, staging, prod, got "prd"',
      }),
    );
  });
});

describe("roles of the functions", () => {
  const OWN_LOGS = ["logs:CreateLogStream", "logs:PutLogEvents"];
  const TRACES = ["xray:PutTelemetryRecords", "xray:PutTraceSegments"];

  it.each([
    ["list-products", ["dynamodb:Scan"]],
    ["get-product", ["dynamodb:GetItem"]],
    ["create-order", ["dynamodb:BatchGetItem", "dynamodb:GetItem", "dynamodb:PutItem"]],
    ["list-orders", ["dynamodb:Query"]],
    ["get-order", ["dynamodb:GetItem"]],
    ["cancel-order", ["dynamodb:GetItem", "dynamodb:UpdateItem"]],
  ])("%s may do what it does, and nothing else", (bundle, actions) => {
    const policies = Object.entries(resourcesOf(ordersOf("prod"), "aws_iam_role_policy"));
    const [, policy] = policies.find(([id]) => id.startsWith(`${bundle}_Role_Policy`)) ?? [];

    const { Statement: statements }: { Statement: { Action: string[]; Resource: string[] }[] } = JSON.parse(
      String(policy?.policy),
    );
    expect(statements.flatMap(({ Action }) => Action).sort()).toEqual([...actions, ...OWN_LOGS, ...TRACES].sort());
    const anywhere = statements.filter(({ Resource }) => Resource.includes("*"));
    expect(anywhere.flatMap(({ Action }) => Action)).toEqual(TRACES);
  });

  it("lets the API send to its queue, and nothing else", () => {
    const policies = Object.entries(resourcesOf(ordersOf("prod"), "aws_iam_role_policy"));
    const [, policy] = policies.find(([id]) => id.includes("Call-queue")) ?? [];

    expect(JSON.parse(String(policy?.policy)).Statement).toEqual([
      {
        Action: ["sqs:SendMessage"],
        Effect: "Allow",
        Resource: ["arn:aws:sqs:eu-west-1:333333333333:orders-prod-events"],
      },
    ]);
  });
});
