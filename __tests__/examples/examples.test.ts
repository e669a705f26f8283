import { existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { cp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { bundleFunctions } from "../../cli/bundle/bundle-functions";
import type { JsonObject } from "../../definition/json";
import { readStackJson } from "../../definition/terraform/read-stack";
import { assertOrderRules } from "../../modules/testing";
import { EXAMPLES, exampleFolder, synthesizeExample } from "../support/examples";

/** Cases that users look for. */
const EXPECTED = [
  "authorizers",
  "aws-services",
  "canary",
  "crud",
  "custom-domain",
  "hello",
  "http-proxy",
  "large-api",
  "multi-stage",
  "openapi-import",
  "private-api",
];

it("has an example for each case", () => {
  expect(EXAMPLES).toEqual(expect.arrayContaining(EXPECTED));
});

describe.each(EXAMPLES)("the example %s", (name) => {
  it("synthesizes without findings, keeps the order of apply, and is read back as an API with routes", async () => {
    const stacks = Object.entries(synthesizeExample(name));

    expect(stacks.length).toBeGreaterThan(0);
    for (const [stack, terraform] of stacks) {
      assertOrderRules(terraform);
      const root: JsonObject = JSON.parse(JSON.stringify(terraform));
      const { apis } = await readStackJson(root, stack);
      for (const { api, stages } of apis) {
        expect(api.methods.length).toBeGreaterThan(0);
        expect(stages.length).toBeGreaterThan(0);
      }
    }
  });

  it("has handlers that bundle, and is a project of its own", async () => {
    const folder = exampleFolder(name);
    expect(JSON.parse(readFileSync(join(folder, "package.json"), "utf8")).name).toBe(name);
    expect(JSON.parse(readFileSync(join(folder, "cdktf.json"), "utf8")).projectId).toBe(name);
    if (!existsSync(join(folder, "functions"))) return;
    const copy = mkdtempSync(join(tmpdir(), "headgate-example-"));

    try {
      await cp(folder, copy, { recursive: true });
      symlinkSync(resolve("node_modules"), join(copy, "node_modules"));
      await expect(bundleFunctions({ projectRoot: copy })).resolves.toBeDefined();
    } finally {
      rmSync(copy, { recursive: true, force: true });
    }
  });
});
