import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { EXAMPLES, synthesizeExample } from "../support/examples";
import { describePlan } from "../support/terraform/availability";
import { terraformEnvironment } from "../support/terraform/environment";
import { terraform } from "../support/terraform/terraform";

/** Each stack is a module of one root, so that two commands serve them all. */
describePlan("the stacks of all examples", (provider) => {
  let folder: string;

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "headgate-examples-"));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it("are valid to Terraform and its AWS provider, and are refused when one argument is wrong", async () => {
    const stacks = EXAMPLES.flatMap((name) => Object.entries(synthesizeExample(name)));
    const modules = Object.fromEntries(stacks.map(([name]) => [name, { source: `./${name}` }]));
    for (const [name, stack] of stacks) {
      mkdirSync(join(folder, name));
      writeFileSync(join(folder, name, "main.tf.json"), JSON.stringify(stack));
    }
    writeFileSync(join(folder, "main.tf.json"), JSON.stringify({ module: modules }));
    const { init, validate } = terraform(folder, terraformEnvironment("http://127.0.0.1:9", provider, folder));

    await init();
    await validate();

    const wrong = { resource: { aws_api_gateway_rest_api: { wrong: { nom: "x" } } } };
    writeFileSync(join(folder, "wrong.tf.json"), JSON.stringify(wrong));
    await expect(validate()).rejects.toThrow("Extraneous JSON object property");
  }, 120_000);
});
