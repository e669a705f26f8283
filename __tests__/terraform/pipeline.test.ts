import { spawnSync } from "node:child_process";
import { appendFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { strToU8, zipSync } from "fflate";
import { describeMissing, describeTerraform } from "../support/terraform/availability";
import { type Harness, startHarness } from "../support/terraform/harness";
import { actionsAllowedBy, iamActionOf } from "../support/terraform/iam-action";
import { copyPipelineProject, type PipelineProject, roleCredentials } from "../support/terraform/pipeline-project";
import { awsClient } from "../support/twin/client";

const ACCOUNT = "111111111111";
const REGION = "eu-west-1";

/** One story: the steps of a pipeline on two runners, the second of which has nothing but the artifact. */
describeWithAwsCli("pipelines/deploy.sh", (provider) => {
  let harness: Harness;
  let planner: PipelineProject;
  let applier: PipelineProject;
  let mayPlan: NodeJS.ProcessEnv;
  let mayApply: NodeJS.ProcessEnv;
  let artifact: string;

  beforeAll(async () => {
    harness = await startHarness(provider);
    await harness.createStateBucket(`orders-terraform-state-${ACCOUNT}`, REGION);
    [mayPlan, mayApply] = await Promise.all([roleCredentials(harness, ACCOUNT), roleCredentials(harness, ACCOUNT)]);
    planner = copyPipelineProject(harness, mayPlan);
    applier = copyPipelineProject(harness, mayApply);
  }, 60_000);
  afterAll(async () => {
    await harness.stop();
    planner.remove();
    applier.remove();
  });

  it("applies the account stack first", async () => {
    await planner.succeed("synth");
    await planner.succeed("plan", `account-${ACCOUNT}-${REGION}`);

    await planner.succeed("apply", `account-${ACCOUNT}-${REGION}`, mayApply);

    expect(harness.twin.calls.find({ operation: "UpdateAccount" })).toHaveLength(1);
  }, 120_000);

  it("plans, prints the plan and seals it, and changes nothing", async () => {
    const since = harness.twin.calls.mark();

    const output = await planner.succeed("plan", "orders-dev");

    expect(output).toMatch(/Plan: \d+ to add, 0 to change, 0 to destroy/);
    expect(output).toMatch(/^seal [0-9a-f]{64}$/m);
    expect(changesOf(since)).toEqual([]);
  }, 120_000);

  it("stores the artifact under its seal, and gets it on another runner", async () => {
    [, artifact = ""] = /artifact=(.*)/.exec(await planner.succeed("store", "orders-dev")) ?? [];
    planner.remove();

    await applier.succeed("fetch", "orders-dev", { ARTIFACT: artifact });

    expect(artifact).toMatch(
      new RegExp(`^s3://orders-terraform-state-${ACCOUNT}/sealed/orders-dev/[0-9a-f]{64}\\.tar$`),
    );
  }, 60_000);

  it("applies there what was planned elsewhere, and nothing is left to do", async () => {
    await applier.succeed("apply", "orders-dev");

    expect(harness.twin.deployed("orders-dev", "v1").document.paths).toHaveProperty("/orders");
    await applier.succeed("synth");
    expect(await applier.succeed("preview", "orders-dev", mayPlan)).toContain("No changes.");
  }, 240_000);

  it("finds no drift after the apply, and ends with 2 when code was uploaded by hand", async () => {
    await applier.succeed("drift", "orders-dev", mayPlan);
    await uploadByHand("orders-dev-get-order");

    const { exitCode, output } = await applier.run("drift", "orders-dev", mayPlan);

    expect(output).toContain("orders-dev-get-order");
    expect(exitCode).toBe(2);
  }, 120_000);

  it("fails when a byte of the code is another one, and applies nothing", async () => {
    applier.changeHandler("get-order");
    await applier.succeed("synth");
    await applier.succeed("plan", "orders-dev");
    appendFileSync(zipOf(applier, "get-order"), "x");
    const since = harness.twin.calls.mark();

    const { exitCode, output } = await applier.run("apply", "orders-dev");

    expect(exitCode).toBe(1);
    expect(output).toMatch(/^ARTIFACT_CHANGED: assets\/get-order_.*\/get-order\.zip has changed$/m);
    expect(since.find()).toEqual([]);
  }, 120_000);

  /** Publishes other code, and lets the alias point to it. */
  async function uploadByHand(name: string): Promise<void> {
    const aws = awsClient(harness.moto.url, { account: ACCOUNT, region: REGION });
    const functionPath = `/2015-03-31/functions/${name}`;
    const code = Buffer.from(zipSync({ "handler.js": strToU8("exports.handler = () => {};") })).toString("base64");
    const { body } = await aws.rest("lambda", "PUT", `${functionPath}/code`, { ZipFile: code, Publish: true });
    await aws.rest("lambda", "PUT", `${functionPath}/aliases/live`, { FunctionVersion: body.Version ?? "" });
  }

  it.each([
    ["plan", () => mayPlan],
    ["deploy", () => mayApply],
  ])("calls nothing that pipelines/policies/%s.json does not allow", (policy, credentials) => {
    const allowed = actionsAllowedBy(policy);

    const needed = harness.twin.calls
      .find()
      .filter(({ accessKeyId }) => accessKeyId === credentials().AWS_ACCESS_KEY_ID)
      .flatMap((call) => iamActionOf(call) ?? []);

    expect(needed.length).toBeGreaterThan(20);
    expect([...new Set(needed)].filter((action) => !allowed.includes(action)).sort()).toEqual([]);
  });
});

/** Only the steps that store and fetch need it, and all others build on them. */
function describeWithAwsCli(...suite: Parameters<typeof describeTerraform>): void {
  if (spawnSync("aws", ["--version"], { stdio: "ignore" }).status === 0) describeTerraform(...suite);
  else describeMissing(suite[0], "aws is not on the PATH");
}

function changesOf(since: ReturnType<Harness["twin"]["calls"]["mark"]>): readonly string[] {
  return since.find({ mutating: true }).flatMap(({ service, operation }) => (service === "s3" ? [] : [operation]));
}

function zipOf({ folder }: PipelineProject, bundle: string): string {
  const assets = join(folder, "sealed/orders-dev/assets");
  const found = readdirSync(assets, { recursive: true, encoding: "utf8" }).find((path) =>
    path.endsWith(`/${bundle}.zip`),
  );
  return join(assets, found ?? "");
}
