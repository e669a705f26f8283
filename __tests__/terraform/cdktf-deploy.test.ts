import { join } from "node:path";
import { describeTerraform } from "../support/terraform/availability";
import { type Harness, startHarness } from "../support/terraform/harness";
import { inventory } from "../support/terraform/inventory";
import { copyOrdersProject, type OrdersProject } from "../support/terraform/orders-project";
import { runCommand, terraform } from "../support/terraform/terraform";

const ACCOUNT = "111111111111";
const REGION = "eu-west-1";

describeTerraform("the orders API through the cdktf command", (provider) => {
  let harness: Harness;
  let project: OrdersProject;

  beforeAll(async () => {
    project = copyOrdersProject();
    harness = await startHarness(provider);
    await harness.createStateBucket(`orders-terraform-state-${ACCOUNT}`, REGION);
    await project.synth();
  }, 60_000);
  afterAll(async () => {
    await harness.stop();
    project.remove();
  });

  it("deploys, leaves an empty plan and destroys", async () => {
    await cdktf("deploy", `account-${ACCOUNT}-${REGION}`);
    const nothing = await inventory(harness.moto.url, ACCOUNT, REGION);

    await cdktf("deploy", "orders-dev");

    expect(harness.twin.deployed("orders-dev", "v1").document.paths).toHaveProperty("/orders");
    const root = terraform(join(project.folder, "cdktf.out/stacks/orders-dev"), harness.environment);
    expect(await root.planIsEmpty()).toBe(true);

    await cdktf("destroy", "orders-dev");

    expect(await inventory(harness.moto.url, ACCOUNT, REGION)).toEqual(nothing);
  }, 300_000);

  async function cdktf(command: "deploy" | "destroy", stack: string): Promise<void> {
    const args = [command, stack, "--auto-approve", "--skip-provider-lock"];
    const environment = { ...harness.environment, ENVIRONMENT: "dev", CI: "1" };
    const binary = join(project.folder, "node_modules/.bin/cdktf");
    const { exitCode, output } = await runCommand(binary, args, project.folder, environment);
    if (exitCode !== 0) throw new Error(`cdktf ${command} ended with ${exitCode}\n${output}`);
  }
});
