import { cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describePlan } from "../support/terraform/availability";
import { terraformEnvironment } from "../support/terraform/environment";
import { copyOrdersProject, type OrdersProject } from "../support/terraform/orders-project";
import { actionsByType, onlyChange } from "../support/terraform/plan";
import { withTerraform } from "../support/terraform/provider-process";
import { type Sts, startSts } from "../support/terraform/sts";

/** What can be known without an account: Terraform and its provider are real, and only STS is asked who they are. */
describePlan("the first plan of every environment", (provider) => {
  let folder: string;
  let project: OrdersProject;
  let sts: Sts;
  let production: (stack: string) => string;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "headgate-plan-"));
    project = copyOrdersProject();
    sts = await startSts();
    production = await project.synth();
  }, 60_000);
  afterAll(async () => {
    await sts.stop();
    project.remove();
    rmSync(folder, { recursive: true, force: true });
  });

  it.each(["orders-dev", "orders-staging", "orders-prod", "account-333333333333-eu-west-1"])(
    "of %s is valid, creates only, and asks AWS nothing but who it is",
    async (stack) => {
      const root = join(folder, stack);
      cpSync(production(stack), root, { recursive: true });
      writeFileSync(join(root, "backend_override.tf.json"), '{"terraform": {"backend": {"local": {}}}}');
      const environment = terraformEnvironment(sts.url, provider, folder);

      const planned = await withTerraform(provider, root, environment, async ({ init, validate, plan }) => {
        await init();
        await validate();
        return plan();
      });

      expect(actionsByType(planned).length).toBeGreaterThan(0);
      expect((planned.resource_changes ?? []).every(({ change }) => change.actions.join() === "create")).toBe(true);
      expect([...new Set(sts.operations)].sort()).toEqual(["AssumeRole", "GetCallerIdentity"]);
      if (!stack.startsWith("orders")) return;
      const { after, after_unknown } = onlyChange(planned, "aws_api_gateway_rest_api_put").change;
      expect(after_unknown).not.toHaveProperty("body");
      expect(Object.keys(JSON.parse(String(after?.body)).paths)).toContain("/orders/{orderId}");
    },
    60_000,
  );
});
