import type { JsonObject } from "../../definition/json";
import { describeTerraform } from "../support/terraform/availability";
import { declaredDocument } from "../support/terraform/declared";
import { type Harness, type Root, startHarness } from "../support/terraform/harness";
import { type Inventory, inventory } from "../support/terraform/inventory";
import { copyOrdersProject, type OrdersProject } from "../support/terraform/orders-project";
import { onlyChange } from "../support/terraform/plan";

const ACCOUNT = "111111111111";
const REGION = "eu-west-1";

/** One story, in the order of the tests: each goes on from the state that the one before left. */
describeTerraform("the orders API on real Terraform", (provider) => {
  let harness: Harness;
  let project: OrdersProject;
  let orders: Root;
  let nothing: Inventory;
  let production: (stack: string) => string;

  beforeAll(async () => {
    project = copyOrdersProject();
    harness = await startHarness(provider);
    await harness.createStateBucket(`orders-terraform-state-${ACCOUNT}`, REGION);
    [production, orders] = await Promise.all([project.synth(), harness.root("orders")]);
  }, 60_000);
  afterAll(async () => {
    await harness.stop();
    project.remove();
  });

  it("applies the account stack once, before any API", async () => {
    const account = await harness.root("account");
    account.checkout(production(`account-${ACCOUNT}-${REGION}`));

    await account.init();
    await account.apply();

    expect(await account.planIsEmpty()).toBe(true);
    nothing = await inventory(harness.moto.url, ACCOUNT, REGION);
  }, 60_000);

  it("plans the whole document on the first plan", async () => {
    orders.checkout(production("orders-dev"));

    await orders.init();
    await orders.validate();
    const { change } = onlyChange(await orders.plan(), "aws_api_gateway_rest_api_put");

    expect(change.after_unknown).not.toHaveProperty("body");
    expect(pathsOf(JSON.parse(String(change.after?.body)))).toContain("/orders/{orderId}");
  }, 60_000);

  it("applies the production JSON unedited, and a second plan is empty", async () => {
    await orders.applyPlan();

    expect(await orders.planIsEmpty()).toBe(true);
    expect(harness.twin.deployed("orders-dev", "v1").document).toEqual(declaredDocument(orders.folder));
  }, 180_000);

  it("gives every method setting to a route of the deployed snapshot", async () => {
    const [api] = harness.twin.apis();
    const settings = Object.keys(api?.stages.get("v1")?.methodSettings ?? {}).filter((key) => key !== "*/*");
    const paths = pathsOf(harness.twin.deployed("orders-dev", "v1").document);

    const resources = settings.map((key) => key.slice(0, key.lastIndexOf("/")).replaceAll("~1", "/"));

    expect(resources.length).toBeGreaterThan(0);
    expect(paths).toEqual(expect.arrayContaining(resources));
  });

  it("destroys everything that it made", async () => {
    await orders.destroy();

    expect(await inventory(harness.moto.url, ACCOUNT, REGION)).toEqual(nothing);
    expect(harness.twin.apis()).toEqual([]);
  }, 180_000);
});

function pathsOf(document: JsonObject): string[] {
  return Object.keys(document.paths ?? {}).sort();
}
