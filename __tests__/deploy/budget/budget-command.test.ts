import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { budgetCommand } from "../../../cli/budget-command";
import { MockIntegration, RestApi } from "../../../modules";
import { synthApi, type TerraformJson } from "../../../modules/testing";

describe("headgate budget", () => {
  let project: string;
  let printed: string[];
  beforeAll(() => {
    project = mkdtempSync(join(tmpdir(), "headgate-budget-"));
    writeFileSync(join(project, "cdktf.json"), JSON.stringify({ app: "npx tsx main.ts" }));
    writeStacks({ shop: synthShop("shop"), news: synthShop("news"), tables: { resource: { aws_dynamodb_table: {} } } });
  });
  afterAll(() => rmSync(project, { recursive: true }));
  beforeEach(() => {
    printed = [];
    jest.spyOn(console, "log").mockImplementation((text) => printed.push(text));
  });
  afterEach(() => jest.restoreAllMocks());

  it("prints every stack that calls API Gateway", async () => {
    await budgetCommand(project, {});

    expect(printed.join().match(/^\S+ \(eu-west-1\)/gm)).toEqual(["shop (eu-west-1)", "news (eu-west-1)"]);
  });

  it("prints the stacks that are asked for, as JSON for tools", async () => {
    await budgetCommand(project, { stack: "news,tables", json: true });

    expect(JSON.parse(printed.join())).toMatchObject([
      { stack: "news", create: { calls: 10, minimumSeconds: 0 }, plan: { calls: 5 } },
      { stack: "tables", create: { calls: 0, operations: [] } },
    ]);
  });

  it("fails when there is no such stack", async () => {
    await expect(budgetCommand(project, { stack: "orders" })).rejects.toMatchObject({ code: "STACK_UNKNOWN" });
  });

  function writeStacks(stacks: Readonly<Record<string, TerraformJson>>): void {
    const entries = Object.entries(stacks).map(([name, terraform]) => {
      const folder = join(project, "cdktf.out/stacks", name);
      mkdirSync(folder, { recursive: true });
      writeFileSync(join(folder, "cdk.tf.json"), JSON.stringify(terraform));
      return [name, { name, synthesizedStackPath: `stacks/${name}/cdk.tf.json` }];
    });
    writeFileSync(join(project, "cdktf.out/manifest.json"), JSON.stringify({ stacks: Object.fromEntries(entries) }));
  }
});

function synthShop(restApiName: string): TerraformJson {
  return synthApi((stack) => {
    const api = new RestApi(stack, "Api", { restApiName, deployOptions: { stageName: "v1" } });
    api.route("GET /orders", new MockIntegration());
  });
}
