import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readStack } from "../../../definition/terraform/read-stack";
import { variableValues } from "../../../definition/terraform/root-files";

describe("variables", () => {
  let folder = "";

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "headgate-variables-"));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const write = (name: string, text: string) => writeFileSync(join(folder, name), text);

  it("come from the environment, then from files, the later ones winning", async () => {
    write("terraform.tfvars", 'a = "tfvars"\nb = "tfvars"\nc = "tfvars"\nl = ["x", 1]\n');
    write("terraform.tfvars.json", '{"b": "json"}');
    write("x.auto.tfvars", 'c = "auto x"\n');
    write("y.auto.tfvars.json", '{"c": "auto y"}');
    write("ignored.tfvars", 'a = "ignored"\n');

    const values = await variableValues(folder, { TF_VAR_a: "environment", TF_VAR_e: "environment" }, { a: {}, e: {} });

    expect(values).toEqual({ a: "tfvars", b: "json", c: "auto y", e: "environment", l: ["x", 1] });
  });

  it("of the environment are expressions where they are no texts", async () => {
    const environment = { TF_VAR_text: "[1]", TF_VAR_list: '["a", "b"]', TF_VAR_count: "3", TF_VAR_on: "true" };
    const declared = {
      text: { type: "string" },
      list: { type: "${list(string)}" },
      count: [{ type: "number" }],
      on: { type: "bool" },
    };

    expect(await variableValues(folder, environment, declared)).toEqual({
      text: "[1]",
      list: ["a", "b"],
      count: 3,
      on: true,
    });
  });

  it("have their default where nobody gives a value, also in a synthesized stack", async () => {
    const variable = { name: { default: "orders" }, suffix: { default: "dev" } };
    const resource = { aws_sqs_queue: { q: { name: "${var.name}-${var.suffix}" } } };
    write("cdk.tf.json", JSON.stringify({ variable, resource }));
    write("prod.auto.tfvars.json", '{"suffix": "prod"}');

    expect((await readStack(folder)).queues.map(({ name }) => name)).toEqual(["orders-prod"]);
  });
});
