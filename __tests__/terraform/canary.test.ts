import { MockIntegration, RestApi, type RestApiProps, type Stage } from "../../modules";
import { resourcesOf, synthApi, type TerraformJson } from "../../modules/testing";
import { describeTerraform } from "../support/terraform/availability";
import { type Harness, type Root, startHarness } from "../support/terraform/harness";
import { actionsByType } from "../support/terraform/plan";
import type { Call } from "../support/twin/call-log";
import { patchOperations } from "../support/twin/patch";
import type { StageRecord } from "../support/twin/stage";

/** One story: what is deployed in one test is what the next one starts from. */
describeTerraform("canary, promotion and rollback on real Terraform", (provider) => {
  const hashes = { first: hashOf(["orders"]), second: hashOf(["orders", "offers"]), third: hashOf(["orders", "bids"]) };
  let harness: Harness;
  let root: Root;
  beforeAll(async () => {
    harness = await startHarness(provider);
    root = await harness.root("canary");
    root.write(shop(["orders"]));
    await root.init();
    await root.apply();
  }, 60_000);
  afterAll(() => harness.stop());

  /** What a stage of the twin serves, as paths. */
  function served(): { readonly stage: readonly string[]; readonly canary?: readonly string[] } {
    const [api] = harness.twin.apis();
    const stage = api?.stages.get("v1");
    const paths = (id: string | undefined) =>
      Object.keys(api?.deployments.get(id ?? "")?.snapshot.document.paths ?? {}).sort();
    const { canarySettings } = stage ?? {};
    return { stage: paths(stage?.deploymentId), ...(canarySettings && { canary: paths(canarySettings.deploymentId) }) };
  }

  function canaryOfTwin(): StageRecord["canarySettings"] {
    return harness.twin.apis()[0]?.stages.get("v1")?.canarySettings;
  }

  it("answers a part of the requests from the new snapshot, and touches the old one in nothing", async () => {
    root.write(
      shop(["orders", "offers"], { canary: { percentTraffic: 10, baseline: hashes.first, variables: { a: "b" } } }),
    );

    const plan = await root.plan();
    await root.applyPlan();

    expect(actionsByType(plan)).toEqual([
      "aws_api_gateway_deployment create",
      "aws_api_gateway_rest_api_put create+delete",
      "aws_api_gateway_stage update",
    ]);
    expect(served()).toEqual({ stage: ["/orders"], canary: ["/offers", "/orders"] });
    expect(canaryOfTwin()).toMatchObject({
      percentTraffic: 10,
      stageVariableOverrides: { a: "b" },
      useStageCache: false,
    });
    expect(await root.planIsEmpty()).toBe(true);
  }, 60_000);

  it("lets the canary grow in place", async () => {
    root.write(shop(["orders", "offers"], { canary: { percentTraffic: 50.5, baseline: hashes.first } }));

    const plan = await root.plan();
    await root.applyPlan();

    expect(actionsByType(plan)).toEqual(["aws_api_gateway_stage update"]);
    expect(canaryOfTwin()).toMatchObject({ percentTraffic: 50.5, stageVariableOverrides: {} });
    expect(await root.planIsEmpty()).toBe(true);
  }, 60_000);

  it("promotes the canary, and keeps the old snapshot when it is told to", async () => {
    root.write(shop(["orders", "offers"], { retain: [hashes.first] }));

    const since = harness.twin.calls.mark();
    const plan = await root.plan();
    await root.applyPlan();

    expect(actionsByType(plan)).toEqual(["aws_api_gateway_stage update"]);
    expect(since.find({ operation: "UpdateStage" }).flatMap(patchesOf)).toEqual([
      "remove /canarySettings",
      "replace /deploymentId",
    ]);
    expect(served()).toEqual({ stage: ["/offers", "/orders"] });
    expect(await root.planIsEmpty()).toBe(true);
  }, 60_000);

  it("rolls back to a retained snapshot by one update of the stage", async () => {
    root.write(shop(["orders", "offers"], { rollback: hashes.first }));
    const since = harness.twin.calls.mark();

    await root.apply();

    expect(since.find({ mutating: true, service: "apigateway" }).map(({ operation }) => operation)).toEqual([
      "UpdateStage",
    ]);
    expect(served()).toEqual({ stage: ["/orders"] });
    expect(await root.planIsEmpty()).toBe(true);
  }, 60_000);

  it("takes the old snapshot away only after the stage has moved", async () => {
    root.write(shop(["orders", "offers"]));
    const since = harness.twin.calls.mark();

    await root.apply();

    expect(since.find({ mutating: true, service: "apigateway" }).map(({ operation }) => operation)).toEqual([
      "UpdateStage",
      "DeleteDeployment",
    ]);
    expect(served()).toEqual({ stage: ["/offers", "/orders"] });
    expect(await root.planIsEmpty()).toBe(true);
  }, 60_000);

  it("removes a canary: the stage stays at its baseline, and the code may go back", async () => {
    root.write(shop(["orders", "bids"], { canary: { percentTraffic: 5, baseline: hashes.second } }));
    await root.apply();
    root.write(shop(["orders", "bids"], { rollback: hashes.second }));
    const stop = await root.plan();
    await root.applyPlan();
    const stopped = served();

    root.write(shop(["orders", "offers"]));
    await root.apply();

    expect(actionsByType(stop)).toEqual(["aws_api_gateway_stage update"]);
    expect(stopped).toEqual({ stage: ["/offers", "/orders"] });
    expect(served()).toEqual({ stage: ["/offers", "/orders"] });
    expect(harness.twin.apis()[0]?.deployments.size).toBe(1);
    expect(await root.planIsEmpty()).toBe(true);
  }, 90_000);

  it("fails to plan a snapshot that is not there, instead of taking one of the newest definition", async () => {
    root.write(shop(["orders", "offers"], { rollback: hashes.third }));

    const { exitCode, output } = await root.run("plan", "-input=false", "-no-color");

    expect(exitCode).toBe(1);
    expect(output.replaceAll(/\s+(?:│ )?/g, " ")).toContain(`The API "shop" has no snapshot ${hashes.third} to keep`);
  }, 60_000);

  it("moves on to the next canary without a promotion in between", async () => {
    root.write(shop(["orders", "bids"], { canary: { percentTraffic: 5, baseline: hashes.second } }));
    await root.apply();
    root.write(shop(["orders", "tips"], { canary: { percentTraffic: 5, baseline: hashes.third } }));

    await root.apply();

    expect(served()).toEqual({ stage: ["/bids", "/orders"], canary: ["/orders", "/tips"] });
    expect(await root.planIsEmpty()).toBe(true);
  }, 60_000);

  it("destroys all snapshots with the API", async () => {
    await root.destroy();

    expect(harness.twin.apis()).toEqual([]);
  }, 60_000);
});

/** The operations of a PATCH, as `replace /deploymentId`. */
function patchesOf({ parameters }: Call): readonly string[] {
  return patchOperations(parameters.patchOperations).map(({ op, path }) => `${op} ${path}`);
}

interface Choice {
  readonly canary?: Parameters<Stage["canary"]>[0];
  readonly rollback?: string;
  readonly retain?: RestApiProps["retainDeployments"];
}

function synth(paths: readonly string[], { canary, rollback, retain = [] }: Choice = {}): TerraformJson {
  return synthApi(
    (stack) => {
      const api = new RestApi(stack, "Shop", {
        restApiName: "shop",
        retainDeployments: retain,
        deployOptions: { stageName: "v1" },
      });
      for (const path of paths) api.route(`GET /${path}`, new MockIntegration());
      if (canary !== undefined) api.deploymentStage.canary(canary);
      if (rollback !== undefined) api.deploymentStage.rollback(rollback);
    },
    { region: "eu-west-1", accountId: "111111111111", assumeRoleArn: "arn:aws:iam::111111111111:role/deploy" },
  );
}

/** The configuration of a shop with these routes; its state stays in the root. */
function shop(paths: readonly string[], choice: Choice = {}) {
  const { terraform, ...configuration } = JSON.parse(JSON.stringify(synth(paths, choice)));
  const { backend: _, ...settings } = terraform;
  return { ...configuration, terraform: settings };
}

function hashOf(paths: readonly string[]): string {
  const [id = ""] = Object.keys(resourcesOf(synth(paths), "aws_api_gateway_deployment"));
  return id.slice(-8);
}
