import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { JsonObject } from "../../definition/json";
import { IMPORT_FILE } from "../../deploy/recover/import-file";
import type { RecoveredObject } from "../../deploy/recover/recovered-objects";
import { describeTerraform } from "../support/terraform/availability";
import { type Harness, type Root, startHarness } from "../support/terraform/harness";
import { copyOrdersProject, type OrdersProject } from "../support/terraform/orders-project";
import { actionsByType } from "../support/terraform/plan";
import { forget, recover } from "../support/terraform/recover";
import { type AwsClient, awsClient } from "../support/twin/client";

const ACCOUNT = "111111111111";
const REGION = "eu-west-1";
const STATE_BUCKET = `orders-terraform-state-${ACCOUNT}`;
const ORDER = { orderId: { S: "1" }, customerId: { S: "ann" }, createdAt: { S: "2026-01-01" } };

/** One story, in the order of the tests: each goes on from what the one before left. */
describeTerraform("headgate recover for the orders API", (provider) => {
  let harness: Harness;
  let project: OrdersProject;
  let orders: Root;
  let client: AwsClient;
  beforeAll(async () => {
    project = copyOrdersProject();
    harness = await startHarness(provider);
    client = awsClient(harness.twin.url, { account: ACCOUNT, region: REGION });
    await harness.createStateBucket(STATE_BUCKET, REGION);
    const [synthesized, account, root] = await Promise.all([
      project.synth(),
      harness.root("account"),
      harness.root("orders-dev"),
    ]);
    orders = root;
    account.checkout(synthesized(`account-${ACCOUNT}-${REGION}`));
    await account.init();
    await account.apply();
    orders.checkout(synthesized("orders-dev"));
    await orders.init();
    await orders.apply();
    await client.json("dynamodb", "DynamoDB_20120810.PutItem", { TableName: "orders-dev-orders", Item: ORDER });
  }, 180_000);
  afterAll(async () => {
    await harness.stop();
    project.remove();
  });

  const importFile = () => join(orders.folder, IMPORT_FILE);

  async function outcomes(expectedCode: 0 | 1 = 0): Promise<readonly RecoveredObject[]> {
    const { exitCode, output } = await recover(orders, "--json");
    expect([exitCode, output]).toEqual([expectedCode, expect.stringMatching(/^\{/)]);
    return JSON.parse(output).objects;
  }

  async function versionsOf(name: string): Promise<readonly unknown[]> {
    const { body } = await client.rest("lambda", "GET", `/2015-03-31/functions/${name}/versions`);
    return (body.Versions as readonly JsonObject[]).map(({ Version }) => Version ?? null);
  }

  it("finds nothing to do where nothing was interrupted", async () => {
    const { exitCode, output } = await recover(orders);

    expect([exitCode, output.trim()]).toEqual([0, "orders-dev: nothing to import"]);
    expect(existsSync(importFile())).toBe(false);
  }, 30_000);

  it("imports all that a lost state knew, and says what is made anew", async () => {
    const { resource } = JSON.parse(readFileSync(join(orders.folder, "cdk.tf.json"), "utf8"));
    const { terraform_data: _ofTerraform, ...ofAws } = resource;
    await forget(orders);

    const objects = await outcomes();

    const anew = objects.filter(({ outcome }) => outcome === "made anew");
    expect(objects).toHaveLength(Object.values<object>(ofAws).flatMap(Object.keys).length);
    expect(objects.filter(({ outcome }) => outcome === "imported")).toHaveLength(objects.length - anew.length);
    expect(new Set(anew.map(({ type }) => type))).toEqual(
      new Set(["aws_api_gateway_deployment", "aws_api_gateway_method_settings", "aws_api_gateway_rest_api_put"]),
    );
    expect(anew.filter(({ reason }) => reason === undefined)).toEqual([]);
  }, 60_000);

  it("lets apply converge without a loss: items stay, and the same code is published once", async () => {
    await orders.apply();

    const { body } = await client.json("dynamodb", "DynamoDB_20120810.Scan", { TableName: "orders-dev-orders" });
    expect(body.Items).toEqual([ORDER]);
    expect(await versionsOf("orders-dev-get-order")).toEqual(["$LATEST", "1"]);
    expect(harness.twin.apis()).toHaveLength(1);
    expect(await orders.planIsEmpty()).toBe(true);
  }, 90_000);

  it("takes its import blocks away when it is called again", async () => {
    expect(existsSync(importFile())).toBe(true);

    const { exitCode, output } = await recover(orders);

    expect([exitCode, output.trim().split("\n")]).toEqual([
      0,
      ["orders-dev: nothing to import", "the import blocks of an earlier run were removed"],
    ]);
    expect(existsSync(importFile())).toBe(false);
  }, 30_000);

  it("imports only what is there, and leaves the rest to apply", async () => {
    await forget(orders, (address) => /get-order|aws_api_gateway_stage/.test(address));
    await client.rest("lambda", "DELETE", "/2015-03-31/functions/orders-dev-get-order/aliases/live");

    const objects = await outcomes();
    await orders.apply();

    expect(
      objects
        .filter(({ outcome }) => outcome === "imported")
        .map(({ type }) => type)
        .sort(),
    ).toEqual([
      "aws_api_gateway_stage",
      "aws_cloudwatch_log_group",
      "aws_iam_role",
      "aws_iam_role_policy",
      "aws_lambda_function",
    ]);
    expect(objects.filter(({ outcome }) => outcome === "made anew").map(({ type }) => type)).toEqual([
      "aws_lambda_alias",
      "aws_lambda_permission",
    ]);
    expect(await orders.planIsEmpty()).toBe(true);
    await recover(orders);
  }, 120_000);

  it("fails when several APIs have the name and the tag, and names them", async () => {
    const [known] = harness.twin.apis();
    const tags = { "headgate:stack": "orders-dev" };
    const twin = await client.rest("apigateway", "POST", "/restapis", { name: "orders-dev", tags });
    await client.rest("apigateway", "POST", "/restapis", { name: "orders-dev", tags: { "headgate:stack": "other" } });
    await forget(orders, (address) => address.startsWith("aws_api_gateway_rest_api."));

    const [api] = await outcomes(1);
    const { output } = await recover(orders);

    expect(api).toMatchObject({ type: "aws_api_gateway_rest_api", outcome: "ambiguous", reason: "2 objects match" });
    expect(api?.candidates?.map(({ id }) => id).sort()).toEqual([known?.id, String(twin.body.id)].sort());
    expect(output).toContain(`terraform import '${api?.address}' ${known?.id}`);
    expect(existsSync(importFile())).toBe(false);
  }, 60_000);

  it("imports the API that is left, and not that of another stack", async () => {
    const [known, twin] = harness.twin.apis();
    await client.rest("apigateway", "DELETE", `/restapis/${twin?.id}`);

    const [api] = await outcomes();

    expect(api).toMatchObject({ outcome: "imported", object: known?.id });
  }, 60_000);

  it("fails when somebody else holds the lock of the state, and names the command that takes it away", async () => {
    const lock = { ID: "3a9a1a5e-0000-4000-8000-000000000000", Operation: "OperationTypeApply", Who: "ci@runner" };
    await client.rest("s3", "PUT", `/${STATE_BUCKET}/orders-dev.tfstate.tflock`, {
      ...lock,
      Created: "2026-01-01T00:00:00Z",
      Version: "1.11.4",
      Path: `${STATE_BUCKET}/orders-dev.tfstate`,
      Info: "",
    });

    const { exitCode, output } = await recover(orders);
    await client.rest("s3", "DELETE", `/${STATE_BUCKET}/orders-dev.tfstate.tflock`);

    expect(exitCode).toBe(1);
    expect(output).toMatch(/^STATE_LOCKED: somebody else holds the lock of the state: ci@runner/);
    expect(output).toContain(`terraform force-unlock ${lock.ID}`);
    expect(existsSync(importFile())).toBe(false);
  }, 60_000);

  it("converges after all of this", async () => {
    const undecided = (await outcomes()).filter(({ outcome }) => outcome !== "imported");
    await orders.apply();

    expect(undecided).toEqual([]);
    expect(actionsByType(await orders.plan())).toEqual([]);
  }, 90_000);

  it.each<[string, NodeJS.ProcessEnv, RegExp]>([
    ["there are no credentials", { AWS_ACCESS_KEY_ID: "", AWS_SECRET_ACCESS_KEY: "" }, /^AWS_CREDENTIALS_MISSING: /],
    ["Terraform is not installed", { PATH: "/nowhere" }, /^TERRAFORM_MISSING: /],
    ["the folder is not initialized", { TF_DATA_DIR: "/nowhere" }, /^TERRAFORM_NOT_INITIALIZED: [\s\S]*terraform init/],
  ])(
    "fails when %s",
    async (_condition, variables, message) => {
      const { exitCode, output } = await recover({ ...orders, environment: { ...orders.environment, ...variables } });

      expect([exitCode, output]).toEqual([1, expect.stringMatching(message)]);
    },
    30_000,
  );

  it("fails when there is no such stack, and names those that are there", async () => {
    const { exitCode, output } = await recover(orders, "--stack", "orders-test");

    expect([exitCode, output]).toEqual([1, expect.stringMatching(/^STACK_UNKNOWN: [\s\S]*use one of: orders-dev/)]);
  }, 30_000);
});
