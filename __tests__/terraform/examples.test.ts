import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { RestApiDefinition } from "../../definition/rest-api";
import { readStackJson } from "../../definition/terraform/read-stack";
import { findDrift } from "../../deploy/drift/find-drift";
import { type BundledExample, bundleExample, EXAMPLES } from "../support/examples";
import { inEnvironment } from "../support/in-environment";
import { describeTerraform } from "../support/terraform/availability";
import { type Harness, type Root, startHarness } from "../support/terraform/harness";
import { type Inventory, inventory } from "../support/terraform/inventory";
import { actionsByType } from "../support/terraform/plan";
import { awsClient } from "../support/twin/client";
import { stateOfModule } from "./drift/state-of-module";
import { liveDefinition } from "./matrix/live-definition";

const ACCOUNT = "111111111111";
const REGION = "eu-west-1";
/** Account of readers, which know of no real one. */
const ANY_ACCOUNT = "000000000000";

/** One story. Each stack is a module of one root, so that a handful of commands serves all examples. */
describeTerraform("the examples on real Terraform", (provider) => {
  let harness: Harness;
  let root: Root;
  let folder: string;
  let examples: Map<string, BundledExample>;
  let nothing: Inventory;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "headgate-examples-"));
    harness = await startHarness(provider, { MOTO_ACCOUNT_ID: ACCOUNT, MOTO_ACM_VALIDATION_WAIT: "0" });
    root = await harness.root("examples");
    examples = new Map();
    for (const name of EXAMPLES) {
      examples.set(name, await bundleExample(name, name === "canary" ? beforeTheCanary : undefined));
    }
    await createWhatIsThere(harness.twin.url);
    nothing = await inventory(harness.twin.url, ACCOUNT, REGION);
  }, 120_000);
  afterAll(async () => {
    await harness.stop();
    for (const place of [folder, ...[...examples.values()].map((it) => it.folder)]) {
      rmSync(place, { recursive: true, force: true });
    }
  });

  function checkout(): void {
    root.checkout(rootOf(folder, [...examples.values()]));
  }

  /** Differences of all stacks, as `shop/v1 GET /orders integration.uri`. */
  async function driftOf(all: readonly BundledExample[]): Promise<readonly string[]> {
    const found: string[] = [];
    for (const [name, stack] of all.flatMap(({ stacks }) => Object.entries(stacks))) {
      const stateFile = await stateOfModule(root, name);
      const { differences } = await inEnvironment(harness.environment, () => findDrift({ folder: stack, stateFile }));
      found.push(...differences.map(({ place, field }) => `${place} ${field}`));
    }
    return found.filter((difference) => !difference.includes(" tags."));
  }

  it("are applied as they are, and a second plan is empty", async () => {
    checkout();

    await root.init();
    await root.apply();

    expect(await root.planIsEmpty()).toBe(true);
  }, 240_000);

  it("are deployed as they are declared", async () => {
    const declared = await declaredApis([...examples.values()]);

    const deployed = harness.twin
      .apis()
      .flatMap((api) =>
        [...api.stages.values()].map((stage) => [
          `${api.properties.name}/${stage.stageName}`,
          withoutAccount(liveDefinition(api, stage.deploymentId)),
        ]),
      );

    expect(deployed.length).toBeGreaterThanOrEqual(EXAMPLES.length);
    expect(Object.fromEntries(deployed)).toEqual(declared);
  });

  it("show no drift, but for the tags of providers that are no modules'", async () => {
    expect(await driftOf([...examples.values()])).toEqual([]);
  }, 60_000);

  it("let a canary stand beside the snapshot that served before", async () => {
    const before = examples.get("canary");
    if (!before) throw new Error("there is no example of a canary");
    examples.set("canary", await bundleExample("canary", (main) => main.replace("1a2b3c4d", snapshotOf(before))));
    rmSync(before.folder, { recursive: true });
    checkout();
    await root.init();

    const plan = await root.plan();
    await root.applyPlan();

    expect(actionsByType(plan)).toEqual([
      "aws_api_gateway_deployment create",
      "aws_api_gateway_rest_api_put create+delete",
      "aws_api_gateway_stage update",
      "terraform_data update",
    ]);
    expect(await root.planIsEmpty()).toBe(true);
    expect(await driftOf([...examples.values()])).toEqual([]);
  }, 120_000);

  it("leave nothing behind when they are destroyed", async () => {
    const there = await inventory(harness.twin.url, ACCOUNT, REGION);

    await root.destroy();

    const domain = await awsClient(harness.twin.url).rest("apigateway", "GET", "/domainnames/api.example.com");
    expect(domain.status).toBe(404);
    expect(there).not.toEqual(nothing);
    expect(await inventory(harness.twin.url, ACCOUNT, REGION)).toEqual(nothing);
    expect(harness.twin.apis()).toEqual([]);
  }, 120_000);
});

/** The canary's project as it was before there was a canary. */
function beforeTheCanary(main: string): string {
  const before = main.replace(/^.*"GET \/health".*\n/m, "").replace(/^.*\.canary\(.*\n/m, "");
  if (before.split("\n").length !== main.split("\n").length - 2) throw new Error("examples/canary has changed");
  return before;
}

/** Hash of the only snapshot that an example has. */
function snapshotOf({ stacks }: BundledExample): string {
  const [folder = ""] = Object.values(stacks);
  const { resource } = JSON.parse(readFileSync(join(folder, "cdk.tf.json"), "utf8"));
  const [name = ""] = Object.keys(resource.aws_api_gateway_deployment);
  return name.slice(-8);
}

/**
 * A root of which each stack is a module. Paths of zips are relative to the root, as for a stack that stands alone. The
 * provider is the root's: one process serves all modules, and would take the tags of the one for those of the other.
 */
function rootOf(folder: string, examples: readonly BundledExample[]): string {
  rmSync(folder, { recursive: true });
  const stacks = examples.flatMap((example) => Object.entries(example.stacks));
  for (const [name, stack] of stacks) {
    const { provider: _, ...module } = JSON.parse(readFileSync(join(stack, "cdk.tf.json"), "utf8"));
    mkdirSync(join(folder, name), { recursive: true });
    writeFileSync(join(folder, name, "cdk.tf.json"), JSON.stringify(module));
    if (existsSync(join(stack, "assets"))) cpSync(join(stack, "assets"), join(folder, "assets"), { recursive: true });
  }
  const root = {
    provider: { aws: { region: REGION, allowed_account_ids: [ACCOUNT] } },
    module: Object.fromEntries(stacks.map(([name]) => [name, { source: `./${name}` }])),
  };
  writeFileSync(join(folder, "main.tf.json"), JSON.stringify(root));
  return folder;
}

async function declaredApis(examples: readonly BundledExample[]): Promise<Record<string, RestApiDefinition>> {
  const folders = examples.flatMap(({ stacks }) => Object.entries(stacks));
  const stacks = await Promise.all(
    folders.map(([name, folder]) => readStackJson(JSON.parse(readFileSync(join(folder, "cdk.tf.json"), "utf8")), name)),
  );
  return Object.fromEntries(
    stacks
      .flatMap(({ apis }) => apis)
      .flatMap(({ api, stages }) => stages.map((stage) => [`${api.name}/${stage.name}`, withoutAccount(api)])),
  );
}

function withoutAccount(api: RestApiDefinition): RestApiDefinition {
  return JSON.parse(JSON.stringify(api).replaceAll(ACCOUNT, ANY_ACCOUNT));
}

/** What the examples expect to be there already. */
async function createWhatIsThere(url: string): Promise<void> {
  const client = awsClient(url, { region: REGION });
  const role = { op: "replace", path: "/cloudwatchRoleArn", value: `arn:aws:iam::${ACCOUNT}:role/logs` };
  await client.rest("apigateway", "PATCH", "/account", { patchOperations: [role] });
  await client.createHostedZone("example.com");
  const certificate = { DomainName: "api.example.com", ValidationMethod: "DNS" };
  const { status, text } = await client.json("acm", "CertificateManager.RequestCertificate", certificate);
  if (status !== 200) throw new Error(`the certificate cannot be made: ${text}`);
}
