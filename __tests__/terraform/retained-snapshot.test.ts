import { MockIntegration, RestApi } from "../../modules";
import { resourcesOf, synthApi, type TerraformJson } from "../../modules/testing";
import { describeTerraform } from "../support/terraform/availability";
import { type Harness, type Root, startHarness } from "../support/terraform/harness";

describeTerraform("a retained snapshot on real Terraform", (provider) => {
  const first = hashOf(shop(["orders"]));
  let harness: Harness;
  let root: Root;
  beforeAll(async () => {
    harness = await startHarness(provider);
    root = await harness.root("shop");
    write(shop(["orders"]));
    await root.init();
    await root.apply();
    write(shop(["orders", "offers"], { retain: [first] }));
    await root.apply();
  }, 60_000);
  afterAll(() => harness.stop());

  function write(terraform: TerraformJson): void {
    root.write(JSON.parse(JSON.stringify(terraform)));
  }

  it("fails when it is not there, instead of being taken of the newest definition", async () => {
    const absent = hashOf(shop(["bids"]));
    write(shop(["orders", "offers"], { retain: [first], rollback: absent }));

    const { exitCode, output } = await root.run("plan", "-input=false", "-no-color");

    expect(exitCode).toBe(1);
    expect(output.replaceAll(/\s+(?:│ )?/g, " ")).toContain(`The API "shop" has no snapshot ${absent} to keep`);
  }, 60_000);

  it("goes with the API", async () => {
    const count = harness.twin.apis()[0]?.deployments.size;
    write(shop(["orders", "offers"], { retain: [first] }));

    await root.destroy();

    expect(count).toBe(2);
    expect(harness.twin.apis()).toEqual([]);
  }, 60_000);
});

interface Choice {
  readonly retain?: readonly string[];
  readonly rollback?: string;
}

function shop(paths: readonly string[], { retain = [], rollback }: Choice = {}): TerraformJson {
  const terraform = synthApi(
    (stack) => {
      const deployOptions = { stageName: "v1" };
      const api = new RestApi(stack, "Shop", { restApiName: "shop", retainDeployments: retain, deployOptions });
      for (const path of paths) api.route(`GET /${path}`, new MockIntegration());
      if (rollback !== undefined) api.deploymentStage.rollback(rollback);
    },
    { region: "eu-west-1", accountId: "111111111111", assumeRoleArn: "arn:aws:iam::111111111111:role/deploy" },
  );
  const { backend: _, ...settings } = terraform.terraform as Record<string, unknown>;
  return { ...terraform, terraform: settings } as TerraformJson;
}

function hashOf(terraform: TerraformJson): string {
  const [id = ""] = Object.keys(resourcesOf(terraform, "aws_api_gateway_deployment"));
  return id.slice(-8);
}
