import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { StackDefinition } from "../../../definition/stack";
import { readPlan, readPlanJson } from "../../../definition/terraform/plan/read-plan";
import { unknownsIn } from "../../../definition/unknown";
import { createGateway } from "../../../local/pipeline";
import { fakeHost, returns, send } from "../../support/gateway";

const PROJECT = join(__dirname, "hcl-project");
const PLAN = join(PROJECT, "plan.json");
const STATE = join(PROJECT, "state.json");

const document = (file: string) => JSON.parse(readFileSync(file, "utf8"));

const ROUTES = [
  "GET /items/{id} HTTP_PROXY",
  "GET /ping MOCK",
  "GET /events MOCK",
  "POST /events AWS",
  "GET /health MOCK",
  "GET /orders/{id} AWS_PROXY",
  "POST /orders/{id} AWS_PROXY token",
  "ANY /upstream HTTP_PROXY",
];

function routesOf({ apis }: StackDefinition): string[] {
  return apis.flatMap(({ api }) =>
    api.methods.map(({ httpMethod, resourcePath, integration, authorizer }) =>
      [httpMethod, resourcePath, integration.type, authorizer].filter(Boolean).join(" "),
    ),
  );
}

describe("a plan of a project in HCL", () => {
  it("is read whole with the configuration beside it", async () => {
    const stack = await readPlan(PLAN);

    expect(stack).toMatchObject({ name: "plan.json", region: "eu-central-1" });
    expect(routesOf(stack)).toEqual(ROUTES);
    expect(stack.apis.map(({ address, stages }) => [address, stages.map(({ name }) => name)])).toEqual([
      ["module.catalog[0].aws_api_gateway_rest_api.this", ["live"]],
      ["module.orders.aws_api_gateway_rest_api.this", ["blue", "green"]],
    ]);
    expect(stack.functions.map(({ name, packageFile, environment }) => [name, packageFile, environment])).toEqual([
      ["shop-test-authorize", "./functions/code.zip", { GREETING: "hello" }],
      [
        "shop-test-echo",
        "./functions/code.zip",
        {
          GREETING: "hello",
          QUEUE_URL: "https://sqs.eu-central-1.amazonaws.com/000000000000/shop-test-events",
        },
      ],
    ]);
    expect(stack.queues[1]?.redrive).toEqual({ deadLetterQueueName: "shop-test-dead", maxReceiveCount: 4 });
    expect(stack.usagePlans).toMatchObject([
      {
        apiKeys: ["shop-test-catalog-partner"],
        apiStages: [{ apiAddress: stack.apis[0]?.address, stageName: "live" }],
      },
    ]);
    expect([...unknownsIn(stack), ...(stack.unread ?? [])]).toEqual([]);
  });

  it("is read without the configuration as far as it names what it refers to; the rest is named", async () => {
    const stack = await readPlanJson(document(PLAN), { name: "plan.json", file: "plan.json" });

    expect(routesOf(stack).filter((route) => !route.includes("unknown"))).toEqual(
      ROUTES.filter((route) => !["GET /events MOCK", "GET /health MOCK"].includes(route)),
    );
    expect(unknownsIn(stack).map(({ address, attribute }) => `${address}: ${attribute}`)).toEqual(
      ["events", "health"].map(
        (name) =>
          `module.orders.aws_api_gateway_method.mock['GET_${name}']: aws_api_gateway_resource.top[each.value.resource].id`,
      ),
    );
    expect(stack.unread).toEqual([
      { address: "module.function.aws_lambda_function.this", attribute: "variables (from var.queue_url)" },
      { address: "aws_sqs_queue.events", attribute: "redrive_policy (from aws_sqs_queue.dead.arn)" },
    ]);
  });

  it("is read without configuration files that have changed since", async () => {
    const folder = mkdtempSync(join(tmpdir(), "headgate-plan-"));
    cpSync(PROJECT, folder, { recursive: true });
    writeFileSync(join(folder, "modules", "orders", "more.tf"), 'resource "aws_sqs_queue" "more" {}\n');

    const stack = await readPlan(join(folder, "plan.json"));

    rmSync(folder, { recursive: true });
    expect(unknownsIn(stack).length).toBeGreaterThan(0);
    expect(stack.queues.map(({ name }) => name)).toEqual(["shop-test-dead", "shop-test-events"]);
  });

  it("is served as it would be deployed", async () => {
    const authorizer = {
      principalId: "ann",
      policyDocument: {
        Statement: [{ Effect: "Allow", Action: "execute-api:Invoke", Resource: "*" }],
      },
    };
    const host = fakeHost({
      invoke: ({ functionName }) =>
        returns(functionName === "shop-test-authorize" ? authorizer : { statusCode: 201, body: functionName }),
      fetch: ({ url }) => ({ status: 200, body: Buffer.from(String(url)) }),
    });
    const gateway = createGateway({ stacks: [await readPlan(PLAN)], host });
    const get = async (target: string, more: Parameters<typeof send>[1] = {}) => {
      const { status, body } = await send(gateway, { target, ...more });
      return [status, body];
    };

    expect(gateway.notEmulated()).toEqual([]);
    expect(await get("/blue/health")).toEqual([200, '{"status":"ok"}']);
    expect(await get("/green/orders/7")).toEqual([201, "shop-test-echo"]);
    expect(await get("/blue/orders/7", { method: "POST" })).toEqual([401, '{"message":"Unauthorized"}']);
    expect(await get("/blue/orders/7", { method: "POST", headers: [["Authorization", "x"]] })).toEqual([
      201,
      "shop-test-echo",
    ]);
    expect(await get("/blue/upstream")).toEqual([200, "https://upstream.example.com/v2"]);
    expect(await get("/live/ping")).toEqual([200, '{"pong": true}']);
    expect(await get("/live/items/3")).toEqual([403, '{"message":"Forbidden"}']);
    expect(
      await get("/live/items/3", { headers: [["x-api-key", "headgate-local-shop-test-catalog-partner"]] }),
    ).toEqual([200, "https://backend.example.com/items/3"]);
  });

  it("shows no secrets of the plan", async () => {
    const stack = await readPlan(PLAN);

    expect(readFileSync(PLAN, "utf8")).toContain("very-secret");
    expect(JSON.stringify(stack)).not.toContain("very-secret");
  });
});

describe("a state of a project in HCL", () => {
  it("is read whole, with the ids that AWS has given", async () => {
    const stack = await readPlan(STATE);

    expect(routesOf(stack)).toEqual(ROUTES);
    expect(stack).toMatchObject({ name: "state.json", region: "eu-central-1" });
    expect(stack.apis[1]?.id).toBe(
      document(STATE)
        .values.root_module.child_modules.flatMap(
          ({ resources }: { resources: { address: string; values: { id: string } }[] }) => resources,
        )
        .find(({ address }: { address: string }) => address === "module.orders.aws_api_gateway_rest_api.this").values
        .id,
    );
    expect([...unknownsIn(stack), ...(stack.unread ?? [])]).toEqual([]);
  });

  it("keeps the values of API keys to itself", async () => {
    const text = readFileSync(STATE, "utf8");
    const [, value = ""] = /"aws_api_gateway_api_key"[\s\S]*?"value": "([^"]+)"/.exec(text) ?? [];

    const stack = await readPlan(STATE);

    expect(value).not.toBe("");
    expect(stack.apiKeys).toEqual([{ name: "shop-test-catalog-partner", enabled: true }]);
    expect(JSON.stringify(stack)).not.toContain(value);
  });
});

describe("files that are no plan", () => {
  let folder = "";

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "headgate-plan-"));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it("fails when there is no file", async () => {
    await expect(readPlan(join(folder, "plan.json"))).rejects.toThrow(
      expect.objectContaining({ code: "PLAN_FILE_MISSING", fix: expect.stringContaining("terraform show -json") }),
    );
  });

  it.each<[string, string, string, string]>([
    ["a binary plan", "PK\u0003\u0004", "PLAN_NOT_JSON", "binary format"],
    ["cut off", '{"format_version": ', "PLAN_NOT_JSON", "no JSON"],
    ["a list", "[]", "PLAN_NOT_JSON", "no object"],
    ["of another format", '{"format_version": "2.0", "planned_values": {}}', "PLAN_FORMAT_UNSUPPORTED", '"2.0"'],
    ["a raw state", '{"version": 4, "lineage": "x"}', "PLAN_FORMAT_UNSUPPORTED", "state file"],
    ["a log of a plan", '{"@level": "info"}', "PLAN_FORMAT_UNSUPPORTED", "terraform plan -json"],
    ["an empty state", '{"format_version": "1.0"}', "PLAN_FORMAT_UNSUPPORTED", "nothing is planned"],
    [
      "without an API",
      '{"format_version": "1.2", "planned_values": {"root_module": {}}}',
      "PLAN_WITHOUT_API",
      "no aws_api",
    ],
  ])("fails when the file is %s", async (_title, text, code, problem) => {
    const file = join(folder, "plan.json");
    writeFileSync(file, text);

    await expect(readPlan(file)).rejects.toThrow(
      expect.objectContaining({ code, problem: expect.stringContaining(problem), place: file }),
    );
  });

  it("fails when the document of an API is known only after apply, and names the file", async () => {
    const plan = document(PLAN);
    const catalog = plan.planned_values.root_module.child_modules[0].resources;
    const api = catalog.find(({ type }: { type: string }) => type === "aws_api_gateway_rest_api");
    delete api.values.body;
    const change = plan.resource_changes.find(({ address }: { address: string }) => address === api.address);
    change.change.after_unknown.body = true;

    await expect(readPlanJson(plan, { name: "plan.json", file: "plan.json" })).rejects.toThrow(
      expect.objectContaining({
        code: "API_DOCUMENT_UNKNOWN",
        place: "plan.json: module.catalog[0].aws_api_gateway_rest_api.this.body",
      }),
    );
  });
});
