import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { JsonObject } from "../../definition/json";
import { readPlanJson } from "../../definition/terraform/plan/read-plan";
import { readStackJson } from "../../definition/terraform/read-stack";
import { synthesizeExample } from "../support/examples";
import { describePlan } from "../support/terraform/availability";
import { terraformEnvironment } from "../support/terraform/environment";
import { withTerraform } from "../support/terraform/provider-process";
import { type Sts, startSts } from "../support/terraform/sts";

const HCL_PROJECT = join(__dirname, "..", "definition", "terraform", "hcl-project");

describePlan("plans of Terraform", (provider) => {
  let folder: string;
  let sts: Sts;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "headgate-plans-"));
    sts = await startSts();
  });
  afterAll(async () => {
    await sts.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  async function planOf(root: string): Promise<JsonObject> {
    const environment = terraformEnvironment(sts.url, provider, folder);
    const planned = await withTerraform(provider, root, environment, async ({ init, plan }) => {
      await init();
      return plan();
    });
    return JSON.parse(JSON.stringify(planned));
  }

  it("are what the committed plan of the project in HCL says", async () => {
    const root = join(folder, "hcl-project");
    cpSync(HCL_PROJECT, root, { recursive: true });

    const {
      timestamp: _now,
      terraform_version: _version,
      relevant_attributes: _unordered,
      ...planned
    } = await planOf(root);

    const { terraform_version: _committed, ...committed } = JSON.parse(
      readFileSync(join(HCL_PROJECT, "plan.json"), "utf8"),
    );
    expect(planned).toEqual(committed);
  }, 60_000);

  it.each(["crud", "authorizers", "http-proxy"])(
    "of the example %s are read as its cdk.tf.json is, with and without the configuration beside them",
    async (example) => {
      for (const [name, stack] of Object.entries(synthesizeExample(example))) {
        const { terraform: _backend, ...content } = JSON.parse(JSON.stringify(stack));
        const root = join(folder, name);
        mkdirSync(root);
        writeFileSync(join(root, "main.tf.json"), JSON.stringify(content));

        const planned = await planOf(root);

        const configured = await readStackJson(content, name);
        expect(await readPlanJson(planned, { name, file: "plan.json", folder: root })).toEqual(configured);
        expect(await readPlanJson(planned, { name, file: "plan.json" })).toEqual(configured);
      }
    },
    60_000,
  );
});
