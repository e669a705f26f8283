import { join } from "node:path";
import { describeTerraform } from "../support/terraform/availability";
import { declaredDocument } from "../support/terraform/declared";
import { type Harness, startHarness } from "../support/terraform/harness";
import { type Inventory, inventory } from "../support/terraform/inventory";
import { copyOrdersProject, type OrdersProject } from "../support/terraform/orders-project";
import { runCommand, terraform } from "../support/terraform/terraform";

const ACCOUNT = "111111111111";
const REGION = "eu-west-1";
const ACCOUNT_STACK = `account-${ACCOUNT}-${REGION}`;
const ORDERS_STACK = "orders-dev";

/** One story, in the order of the tests: each goes on from what the one before left. */
describeTerraform("the orders API through the cdktf command", (provider) => {
  let harness: Harness;
  let project: OrdersProject;
  let nothing: Inventory;

  beforeAll(async () => {
    project = copyOrdersProject();
    harness = await startHarness(provider);
    await harness.createStateBucket(`orders-terraform-state-${ACCOUNT}`, REGION);
  }, 60_000);
  afterAll(async () => {
    await harness.stop();
    project.remove();
  });

  it("deploys the account stack once, before any API, and a second plan is empty", async () => {
    await project.bundle();

    await cdktf("deploy", ACCOUNT_STACK);

    expect(harness.twin.calls.find({ operation: "UpdateAccount" })).toHaveLength(1);
    expect(await planIsEmpty(ACCOUNT_STACK)).toBe(true);
    nothing = await inventory(harness.moto.url, ACCOUNT, REGION);
  }, 120_000);

  it("deploys the production JSON unedited, and a second plan is empty", async () => {
    await cdktf("deploy", ORDERS_STACK);

    const { document } = harness.twin.deployed(ORDERS_STACK, "v1");
    expect(document).toEqual(declaredDocument(folderOf(ORDERS_STACK)));
    expect(await planIsEmpty(ORDERS_STACK)).toBe(true);
  }, 240_000);

  it("gives every method setting to a route of the deployed snapshot", () => {
    const [api] = harness.twin.apis();
    const settings = Object.keys(api?.stages.get("v1")?.methodSettings ?? {}).filter((key) => key !== "*/*");
    const paths = Object.keys(harness.twin.deployed(ORDERS_STACK, "v1").document.paths ?? {});

    const resources = settings.map((key) => key.slice(0, key.lastIndexOf("/")).replaceAll("~1", "/"));

    expect(resources.length).toBeGreaterThan(0);
    expect(paths).toEqual(expect.arrayContaining(resources));
  });

  it("destroys everything that it made", async () => {
    await cdktf("destroy", ORDERS_STACK);

    expect(await inventory(harness.moto.url, ACCOUNT, REGION)).toEqual(nothing);
    expect(harness.twin.apis()).toEqual([]);
  }, 180_000);

  const folderOf = (stack: string) => join(project.folder, "cdktf.out/stacks", stack);
  const planIsEmpty = (stack: string) => terraform(folderOf(stack), harness.environment).planIsEmpty();

  async function cdktf(command: "deploy" | "destroy", stack: string): Promise<void> {
    const args = [command, stack, "--auto-approve", "--skip-provider-lock"];
    const environment = { ...harness.environment, ENVIRONMENT: "dev", CI: "1" };
    const binary = join(project.folder, "node_modules/.bin/cdktf");
    const { exitCode, output } = await runCommand(binary, args, project.folder, environment);
    if (exitCode !== 0) throw new Error(`cdktf ${command} ended with ${exitCode}\n${output}`);
  }
});
