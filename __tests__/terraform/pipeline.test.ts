import { appendFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { describeTerraform } from "../support/terraform/availability";
import { type Harness, startHarness } from "../support/terraform/harness";
import { copyPipelineProject, type PipelineProject, roleCredentials } from "../support/terraform/pipeline-project";

const ACCOUNT = "111111111111";
const REGION = "eu-west-1";

/** One story: the steps of a pipeline on two runners, the second of which has nothing but the artifact. */
describeTerraform("pipelines/deploy.sh", (provider) => {
  let harness: Harness;
  let planner: PipelineProject;
  let applier: PipelineProject;
  let artifact: string;

  beforeAll(async () => {
    harness = await startHarness(provider);
    await harness.createStateBucket(`orders-terraform-state-${ACCOUNT}`, REGION);
    const credentials = await roleCredentials(harness, ACCOUNT);
    planner = copyPipelineProject(harness, credentials);
    applier = copyPipelineProject(harness, credentials);
  }, 60_000);
  afterAll(async () => {
    await harness.stop();
    planner.remove();
    applier.remove();
  });

  it("applies the account stack first", async () => {
    await planner.succeed("synth");
    await planner.succeed("plan", `account-${ACCOUNT}-${REGION}`);

    await planner.succeed("apply", `account-${ACCOUNT}-${REGION}`);

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
    expect(await applier.succeed("preview", "orders-dev")).toContain("No changes.");
  }, 240_000);

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
});

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
