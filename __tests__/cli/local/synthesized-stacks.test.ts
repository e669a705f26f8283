import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chooseStack, synthesizedStacks } from "../../../cli/local/synthesized-stacks";

const folders: string[] = [];

afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true });
});

/** Output of a synthesis: stack name → does it declare an API? */
function synthesized(stacks: Readonly<Record<string, boolean>>): string {
  const folder = mkdtempSync(join(tmpdir(), "stacks-test-"));
  folders.push(folder);
  const entries = Object.entries(stacks).map(([name, hasApi]) => {
    mkdirSync(join(folder, "stacks", name), { recursive: true });
    const resource = hasApi ? { aws_api_gateway_rest_api: {} } : { aws_iam_role: {} };
    writeFileSync(join(folder, "stacks", name, "cdk.tf.json"), JSON.stringify({ resource }));
    return [name, { name, synthesizedStackPath: `stacks/${name}/cdk.tf.json` }];
  });
  writeFileSync(join(folder, "manifest.json"), JSON.stringify({ stacks: Object.fromEntries(entries) }));
  return folder;
}

describe("chooseStack", () => {
  it.each<[string, Record<string, boolean>, string | undefined, string]>([
    ["the one that is asked for", { a: true, b: true }, "b", "b"],
    ["the only one with an API", { account: false, orders: true }, undefined, "orders"],
  ])("chooses %s", (_title, stacks, requested, expected) => {
    const folder = synthesized(stacks);

    const chosen = chooseStack(synthesizedStacks(folder), requested);

    expect(chosen).toEqual({ name: expected, folder: join(folder, "stacks", expected) });
  });

  it.each<[string, Record<string, boolean>, string | undefined, string, string]>([
    ["no stack has that name", { a: true, b: true }, "c", "STACK_UNKNOWN", "use one of: a, b"],
    ["no stack declares an API", { account: false }, undefined, "STACK_WITHOUT_API", "add a RestApi to a stack"],
    ["several stacks declare an API", { a: true, b: true }, undefined, "STACK_AMBIGUOUS", "--stack a"],
  ])("fails when %s", (_title, stacks, requested, code, fix) => {
    const folder = synthesized(stacks);

    const choose = () => chooseStack(synthesizedStacks(folder), requested);

    expect(choose).toThrow(expect.objectContaining({ code, fix: expect.stringContaining(fix) }));
  });
});

describe("synthesizedStacks", () => {
  it("fails when nothing is synthesized", () => {
    const read = () => synthesizedStacks(join(tmpdir(), "no-such-folder"));

    expect(read).toThrow(expect.objectContaining({ code: "SYNTH_OUTPUT_MISSING" }));
  });
});
