import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";

import type { JsonObject } from "../../../definition/json";
import { readStack, readStackJson } from "../../../definition/terraform/read-stack";
import { apiResources, readResources } from "./roots";

jest.mock("@cdktn/hcl2json", () => {
  throw new Error("the expression parser was loaded");
});

describe("readStackJson", () => {
  it("reads a root without resources", async () => {
    expect(await readStackJson({ provider: { aws: { region: "eu-north-1" } } }, "empty")).toEqual({
      name: "empty",
      region: "eu-north-1",
      apis: [],
      usagePlans: [],
      apiKeys: [],
      functions: [],
      tables: [],
      queues: [],
      domains: [],
      firewalls: [],
    });
  });

  it("takes the region of the provider without an alias", async () => {
    const provider: JsonObject = { aws: [{ alias: "us", region: "us-east-1" }, { region: "${local.region}" }] };

    const { region } = await readResources({}, { provider, locals: { region: "eu-west-3" } });

    expect(region).toBe("eu-west-3");
  });

  it("does not load the expression parser for plain references", async () => {
    const aliases = { live: { name: "live", function_name: "${aws_lambda_function.a.arn}" } };

    const reading = readResources({
      ...apiResources,
      aws_lambda_function: { a: { function_name: "a" } },
      aws_lambda_alias: aliases,
    });

    await expect(reading).resolves.toMatchObject({ functions: [{ aliases: ["live"] }] });
  });
});

describe("readStack", () => {
  let folder = "";

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "headgate-stack-"));
  });

  afterEach(() => rm(folder, { recursive: true }));

  it("reads the file of a stack and calls it like its folder", async () => {
    await writeFile(join(folder, "cdk.tf.json"), JSON.stringify({ resource: apiResources }));

    const stack = await readStack(folder);

    expect(stack.name).toBe(basename(folder));
    expect(stack.apis).toHaveLength(1);
  });

  it("fails when the file is not there", async () => {
    await expect(readStack(folder)).rejects.toThrow(
      expect.objectContaining({ code: "STACK_FILE_MISSING", place: join(folder, "cdk.tf.json") }),
    );
  });

  it.each([
    ['{\n  "resource": }', "no JSON at line 2, column 15"],
    ["[]", "no object"],
  ])("fails when the file holds %j, and says what is wrong", async (text, problem) => {
    await writeFile(join(folder, "cdk.tf.json"), text);

    await expect(readStack(folder)).rejects.toThrow(
      expect.objectContaining({ code: "STACK_FILE_NOT_JSON", problem: expect.stringContaining(problem) }),
    );
  });
});
