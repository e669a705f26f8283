import { describeTerraform } from "../support/terraform/availability";
import { type Harness, type Root, startHarness } from "../support/terraform/harness";
import { actionsAllowedBy, iamActionOf } from "../support/terraform/iam-action";
import { type Inventory, inventory } from "../support/terraform/inventory";
import { copyOrdersProject, type OrdersProject } from "../support/terraform/orders-project";
import type { Call } from "../support/twin/call-log";
import { awsClient } from "../support/twin/client";

const ACCOUNT = "111111111111";
const REGION = "eu-west-1";
const BUCKET = `orders-terraform-state-${ACCOUNT}`;
/** AWS tells them apart by id: equal names do no harm, and stages and states refer to ids. */
const NAMES_MAY_BE_EQUAL = ["apiKeys", "usagePlans"];

describeTerraform("two environments in one account", (provider) => {
  let harness: Harness;
  let project: OrdersProject;
  let nothing: Inventory;
  let dev: Root;
  let staging: Root;

  beforeAll(async () => {
    project = copyOrdersProject();
    harness = await startHarness(provider);
    await harness.createStateBucket(BUCKET, REGION);
    [dev, staging] = await Promise.all([harness.root("dev"), harness.root("staging")]);
    const account = await harness.root("account");
    const synthesized = await project.synth("__tests__/terraform/variants/two-environments.ts");
    account.checkout(synthesized(`account-${ACCOUNT}-${REGION}`));
    await account.init();
    await account.apply();
    nothing = await inventory(harness.moto.url, ACCOUNT, REGION);
    dev.checkout(synthesized("orders-dev"));
    staging.checkout(synthesized("orders-staging"));
  }, 120_000);
  afterAll(async () => {
    await harness.stop();
    project.remove();
  });

  it("are deployed beside each other, and neither wants to change the other", async () => {
    await Promise.all([dev.init(), staging.init()]);
    await Promise.all([dev.apply(), staging.apply()]);

    expect(await dev.planIsEmpty()).toBe(true);
    expect(await staging.planIsEmpty()).toBe(true);
  }, 300_000);

  it("share no name", async () => {
    const present = await inventory(harness.moto.url, ACCOUNT, REGION);

    for (const [kind, names] of Object.entries(present)) {
      const made = names.filter((name) => !nothing[kind]?.includes(name));
      const ofDev = made.filter((name) => name.includes("orders-dev")).map((name) => name.replaceAll("orders-dev", ""));
      const ofStaging = made
        .filter((name) => name.includes("orders-staging"))
        .map((name) => name.replaceAll("orders-staging", ""));
      if (NAMES_MAY_BE_EQUAL.includes(kind)) {
        expect({ kind, made }).toEqual({ kind, made: ["free", "free", "pro", "pro"] });
      } else {
        expect({ kind, names: ofStaging.sort() }).toEqual({ kind, names: ofDev.sort() });
        expect(made).toHaveLength(ofDev.length + ofStaging.length);
      }
    }
  });

  it("have alarms and a dashboard each", async () => {
    const client = awsClient(harness.moto.url, { account: ACCOUNT, region: REGION });
    const { text: alarms } = await client.query("monitoring", "DescribeAlarms");
    const { text: dashboards } = await client.query("monitoring", "ListDashboards");

    const names = [...`${alarms}${dashboards}`.matchAll(/<(?:AlarmName|DashboardName)>([^<]*)</g)].map(
      ([, name]) => name,
    );

    expect(names.length).toBeGreaterThan(8);
    expect(new Set(names).size).toBe(names.length);
    expect(names.filter((name) => name?.startsWith("orders-dev")).length).toBe(names.length / 2);
  });

  it("keep their states apart", async () => {
    const listing = await (await fetch(`${harness.moto.url}/${BUCKET}?list-type=2`)).text();

    const keys = [...listing.matchAll(/<Key>([^<]*)</g)].map(([, key]) => key);

    expect(keys.sort()).toEqual([
      `account-${ACCOUNT}-${REGION}.tfstate`,
      "orders-dev.tfstate",
      "orders-staging.tfstate",
    ]);
  });

  it("go one without the other", async () => {
    await staging.destroy();

    expect(await dev.planIsEmpty()).toBe(true);
    expect(harness.twin.deployed("orders-dev", "v1").document.paths).toHaveProperty("/orders");
  }, 180_000);

  it("are made and destroyed with what pipelines/policies/deploy.json allows", () => {
    const allowed = actionsAllowedBy("deploy");

    const needed = harness.twin.calls.find().flatMap((call) => (ofAlarms(call) ? [] : (iamActionOf(call) ?? [])));

    expect(needed).toEqual(
      expect.arrayContaining(["lambda:DeleteFunction", "dynamodb:DeleteTable", "apigateway:DELETE"]),
    );
    expect([...new Set(needed)].filter((action) => !allowed.includes(action)).sort()).toEqual([]);
  });
});

/** The reference stacks have no alarms; this test adds them, and those of throttled requests count lines of a log. */
function ofAlarms({ service, operation }: Call): boolean {
  return service === "monitoring" || /MetricFilters?$/.test(operation);
}
