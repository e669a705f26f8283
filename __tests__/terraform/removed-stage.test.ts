import type { JsonObject } from "../../definition/json";
import { DomainName, MockIntegration, RestApi } from "../../modules";
import { synthApi } from "../../modules/testing";
import { describeTerraform } from "../support/terraform/availability";
import { type Harness, type Root, startHarness } from "../support/terraform/harness";

/**
 * Terraform deletes what is gone before it updates what referred to it. Only create_before_destroy turns that round, and a
 * stage must not have it: tables and log groups would inherit it. So plans and domains let go of a stage one apply earlier.
 */
describeTerraform("a stage that is removed", (provider) => {
  let harness: Harness;
  let root: Root;
  beforeAll(async () => {
    harness = await startHarness(provider);
    root = await harness.root("removed-stage");
    root.write(shop({ stages: ["v1", "beta"], planned: ["v1", "beta"], mapped: "beta" }));
    await root.init();
    await root.apply();
  }, 90_000);
  afterAll(() => harness.stop());

  it("goes one apply after plan and domain have let go of it", async () => {
    await apply({ stages: ["v1", "beta"], planned: ["v1"], mapped: "v1" });
    await apply({ stages: ["v1"], planned: ["v1"], mapped: "v1" });

    expect(await root.planIsEmpty()).toBe(true);
    const [api] = harness.twin.apis();
    expect([...(api?.stages.keys() ?? [])]).toEqual(["v1"]);
    expect(harness.twin.usagePlans()).toMatchObject([{ apiStages: [{ stage: "v1" }] }]);
    expect(harness.twin.mappings(api?.id ?? "")).toMatchObject([{ stage: "v1" }]);
  }, 90_000);

  it("fails when a plan lets go of it in the same apply, and is right after another one", async () => {
    await apply({ stages: ["v1", "beta"], planned: ["v1", "beta"], mapped: "v1" });

    const [first, second] = [await tryApply(["v1"]), await tryApply(["v1"])];

    expect(first).toContain("Invalid API Stage specified");
    expect(second).toContain("Apply complete!");
    expect(await root.planIsEmpty()).toBe(true);
  }, 90_000);

  it("fails when a domain lets go of it in the same apply, until that is done first", async () => {
    await apply({ stages: ["v1", "beta"], planned: ["v1"], mapped: "beta" });

    const [first, second] = [await tryApply(["v1"]), await tryApply(["v1"])];
    const [third, fourth] = [await tryApply(["v1", "beta"]), await tryApply(["v1"])];

    for (const output of [first, second]) {
      expect(output).toContain("Please remove all base path mappings related to the stage");
    }
    for (const output of [third, fourth]) expect(output).toContain("Apply complete!");
    expect(await root.planIsEmpty()).toBe(true);
  }, 120_000);

  async function apply(choice: Choice): Promise<void> {
    root.write(shop(choice));
    await root.apply();
  }

  /** What Terraform says about an API with these stages, of which plan and domain know the first. */
  async function tryApply(stages: readonly string[]): Promise<string> {
    root.write(shop({ stages, planned: ["v1"], mapped: "v1" }));
    const { output } = await root.run("apply", "-input=false", "-no-color", "-auto-approve");
    return output.replaceAll(/\s+(?:│ )?/g, " ");
  }
});

interface Choice {
  /** The first is the API's own. */
  readonly stages: readonly string[];
  /** Stages that the plan covers. */
  readonly planned: readonly string[];
  /** Stage that the domain serves. */
  readonly mapped: string;
}

function shop({ stages: [own = "v1", ...others], planned, mapped }: Choice): JsonObject {
  const synthesized = synthApi(
    (stack) => {
      const api = new RestApi(stack, "Shop", { restApiName: "shop", deployOptions: { stageName: own } });
      api.route("GET /orders", new MockIntegration(), { apiKeyRequired: true });
      const stages = [api.deploymentStage, ...others.map((stageName) => api.addStage(stageName, { stageName }))];
      const named = (names: readonly string[]) => stages.filter(({ stageName }) => names.includes(stageName));
      api.addUsagePlan("Plan", { apiStages: named(planned).map((stage) => ({ stage })) });
      const domain = new DomainName(stack, "Domain", {
        domainName: "shop.example.com",
        certificate: "arn:aws:acm:eu-west-1:111111111111:certificate/0a1b2c3d-0000-1111-2222-333344445555",
      });
      for (const stage of named([mapped])) domain.addApiMapping(stage);
    },
    { region: "eu-west-1", accountId: "111111111111", assumeRoleArn: "arn:aws:iam::111111111111:role/deploy" },
  );
  const { terraform, ...configuration } = JSON.parse(JSON.stringify(synthesized));
  const { backend: _, ...settings } = terraform;
  return { ...configuration, terraform: settings };
}
