import { appendFileSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { JsonObject } from "../../definition/json";
import { describeTerraform } from "../support/terraform/availability";
import { type Harness, startHarness } from "../support/terraform/harness";
import { copyPipelineProject, type PipelineProject, roleCredentials } from "../support/terraform/pipeline-project";
import { awsClient } from "../support/twin/client";

const ACCOUNT = "111111111111";
const REGION = "eu-west-1";
const STACK = `account-${ACCOUNT}-${REGION}`;
const BUCKET = `orders-terraform-state-${ACCOUNT}`;

/** Every refusal is one clear message, and changes nothing; see docs/deploying.md. */
describeTerraform("a deployment of what cannot be applied", (provider) => {
  let harness: Harness;
  let project: PipelineProject;
  const sealed = (path: string) => join(project.folder, "sealed", STACK, path);

  beforeAll(async () => {
    harness = await startHarness(provider);
    await harness.createStateBucket(BUCKET, REGION);
    project = copyPipelineProject(harness, await roleCredentials(harness, ACCOUNT));
    await project.succeed("synth");
    await project.succeed("plan", STACK);
  }, 60_000);
  afterAll(async () => {
    await harness.stop();
    project.remove();
  });

  /** Runs a step that must fail, and answers what it prints. */
  async function refused(step: string, variables: NodeJS.ProcessEnv = {}): Promise<string> {
    const since = harness.twin.calls.mark();
    const { body: state } = await s3("GET", `${STACK}.tfstate`);
    const { exitCode, output } = await project.run(step, STACK, variables);
    expect(exitCode).not.toBe(0);
    // The lock of the state is a file of S3, which Terraform writes and deletes.
    expect(since.find({ mutating: true }).filter(({ service }) => service !== "s3")).toEqual([]);
    expect((await s3("GET", `${STACK}.tfstate`)).body).toEqual(state);
    return output;
  }

  const s3 = (method: string, key: string, body?: JsonObject) =>
    awsClient(harness.moto.url, { region: REGION }).rest("s3", method, `/${BUCKET}/${key}`, body);

  it.each(["plan", "cdk.tf.json", ".terraform.lock.hcl"])("fails when %s of the artifact has changed", async (path) => {
    const content = readFileSync(sealed(path));
    appendFileSync(sealed(path), " ");

    const output = await refused("apply");
    writeFileSync(sealed(path), content);

    expect(output).toMatch(new RegExp(`^ARTIFACT_CHANGED: ${path} has changed$`, "m"));
  });

  it("fails when a file was added to the artifact", async () => {
    writeFileSync(sealed("override.tf"), "");

    const output = await refused("apply");
    rmSync(sealed("override.tf"));

    expect(output).toContain("ARTIFACT_CHANGED: override.tf was added");
  });

  const NO_CREDENTIALS = {
    AWS_ACCESS_KEY_ID: undefined,
    AWS_SECRET_ACCESS_KEY: undefined,
    AWS_SESSION_TOKEN: undefined,
  };

  it.each(["preview", "apply"])("fails to %s when there are no credentials", async (step) => {
    const output = await refused(step, NO_CREDENTIALS);

    expect(output).toMatch(/^AWS_CREDENTIALS_MISSING: there are no AWS credentials/m);
    expect(output).not.toContain("    at ");
  });

  it.each(["preview", "apply"])("fails to %s when the credentials are those of another account", async (step) => {
    const output = await refused(step, await roleCredentials(harness, "222222222222"));

    expect(output).toMatch(/^AWS_ACCOUNT_NOT_ALLOWED: .*222222222222.*111111111111/m);
  });

  it("fails when Terraform alone sees credentials of another account", async () => {
    const terraformAlone = { ...(await roleCredentials(harness, "222222222222")), HEADGATE: "true" };

    expect(await refused("preview", terraformAlone)).toContain("AWS account ID not allowed: 222222222222");
  }, 60_000);

  it("fails when somebody else has locked the state, says who, and how to go on once it is unlocked", async () => {
    const lock = { ID: "5f0c", Path: `${BUCKET}/${STACK}.tfstate`, Operation: "OperationTypeApply", Who: "ann@laptop" };
    await s3("PUT", `${STACK}.tfstate.tflock`, lock);

    const output = await refused("apply");
    const unlocked = await project.run("unlock", STACK, {}, lock.ID);

    expect(output).toContain("Error acquiring the state lock");
    expect(output).toMatch(/ID: +5f0c[\s\S]*Who: +ann@laptop/);
    expect(output).toContain(`pipelines/deploy.sh unlock ${STACK}`);
    expect(unlocked).toEqual({
      exitCode: 0,
      output: expect.stringContaining(`pipelines/deploy.sh recover ${STACK}, which names`),
    });
    expect((await s3("GET", `${STACK}.tfstate.tflock`)).status).toBe(404);
  }, 60_000);

  it("fails when the plan was applied before, or the state has changed in another way", async () => {
    await project.succeed("apply", STACK);

    expect((await s3("GET", `${STACK}.tfstate`)).body).toHaveProperty("resources");
    const output = await refused("apply");

    expect(output).toContain("Error: Saved plan is stale");
  }, 60_000);

  it("fails when the artifact has expired", async () => {
    await project.succeed("plan", STACK, { VALID_HOURS: "0.000001" });

    expect(await refused("apply")).toMatch(/^ARTIFACT_EXPIRED: the plan was to be applied before 20/m);
  }, 60_000);
});
