import { appendFileSync, cpSync, readdirSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { manifestText, sealOf } from "../../../deploy/artifact/manifest";
import { sealArtifact } from "../../../deploy/artifact/seal-artifact";
import { verifyArtifact } from "../../../deploy/artifact/verify-artifact";
import { CODE_PATH, type PlannedStack, planStack, stackWithCodeAt } from "./planned-stack";

const NOW = new Date("2026-01-31T12:00:00Z");
const EXPIRES = new Date("2026-02-01T12:00:00Z");

describe("an artifact", () => {
  let stack: PlannedStack;
  beforeEach(() => {
    stack = planStack();
  });
  afterEach(() => stack.remove());

  const seal = () => sealArtifact({ ...stack, stack: "orders-dev", expires: EXPIRES });
  const verify = (expected?: string, now = NOW) => verifyArtifact({ folder: stack.into, seal: expected, now });

  it("holds what apply needs, and nothing of what Terraform keeps for itself", () => {
    seal();

    expect(Object.keys(verify().files).sort()).toEqual([
      ".terraform.lock.hcl",
      CODE_PATH,
      "assets/Page_3/4/page.html",
      "cdk.tf.json",
      "imports.tf.json",
      "plan",
    ]);
    expect(readdirSync(stack.into)).not.toContain(".terraform");
  });

  it("is as it was sealed in another folder, too", () => {
    const expected = seal();
    const elsewhere = join(stack.root, "elsewhere");
    cpSync(stack.into, elsewhere, { recursive: true });
    rmSync(stack.stackFolder, { recursive: true });

    expect(verifyArtifact({ folder: elsewhere, seal: expected, now: NOW }).stack).toBe("orders-dev");
  });

  it("may be read by its owner alone, because plans hold secrets", () => {
    seal();

    const modes = [".", "assets", "plan", CODE_PATH, "headgate-artifact.json"].map(
      (path) => statSync(join(stack.into, path)).mode & 0o077,
    );

    expect(modes).toEqual([0, 0, 0, 0, 0]);
  });

  it("has the same seal when the same is sealed again", () => {
    const first = seal();
    rmSync(stack.into, { recursive: true });

    expect(seal()).toBe(first);
  });

  it.each<[string, (folder: string) => void, string]>([
    ["the plan has another byte", (folder) => appendFileSync(join(folder, "plan"), "x"), "plan has changed"],
    ["the code has", (folder) => appendFileSync(join(folder, CODE_PATH), "x"), `${CODE_PATH} has changed`],
    ["the configuration has", (folder) => appendFileSync(join(folder, "cdk.tf.json"), " "), "cdk.tf.json has changed"],
    ["a file is missing", (folder) => rmSync(join(folder, ".terraform.lock.hcl")), ".terraform.lock.hcl is missing"],
    ["a file was added", (folder) => writeFileSync(join(folder, "more.tf"), ""), "more.tf was added"],
    [
      "a link is in the place of a file",
      (folder) => {
        rmSync(join(folder, "plan"));
        symlinkSync("../orders.tfplan", join(folder, "plan"));
      },
      "plan has changed",
    ],
    [
      "several are not as they were",
      (folder) => {
        rmSync(join(folder, "plan"));
        writeFileSync(join(folder, "a.tf"), "");
      },
      "a.tf was added; plan is missing",
    ],
  ])("fails when %s", (_, change, problem) => {
    seal();

    change(stack.into);

    expect(() => verify()).toThrow(expect.objectContaining({ code: "ARTIFACT_CHANGED", problem }));
  });

  it("fails when files and manifest are exchanged together, and the seal is known", () => {
    const expected = seal();
    writeFileSync(
      join(stack.into, "headgate-artifact.json"),
      manifestText({ stack: "other", expires: EXPIRES.toISOString(), files: {} }),
    );

    expect(() => verify(expected)).toThrow(expect.objectContaining({ code: "ARTIFACT_SEAL_DIFFERS" }));
  });

  it("fails when it has expired, not a moment before", () => {
    const expected = seal();

    expect(verify(expected, new Date(EXPIRES.getTime() - 1)).expires).toBe(EXPIRES.toISOString());
    expect(() => verify(expected, EXPIRES)).toThrow(expect.objectContaining({ code: "ARTIFACT_EXPIRED" }));
  });

  it.each([
    ["there is none", undefined],
    ["the manifest is no JSON", "{"],
    ["it has another format", '{"format": 2}'],
    ["it names no stack", '{"format": 1, "expires": "2026-01-01", "files": {}}'],
    ["it never expires", '{"format": 1, "stack": "a", "expires": "never", "files": {}}'],
    ["it has no hashes", '{"format": 1, "stack": "a", "expires": "2026-01-01", "files": {"plan": "x"}}'],
  ])("fails when %s", (_, text) => {
    seal();
    const file = join(stack.into, "headgate-artifact.json");
    if (text === undefined) rmSync(file);
    else writeFileSync(file, text);

    expect(() => verify()).toThrow(expect.objectContaining({ code: "ARTIFACT_MANIFEST_INVALID", place: file }));
  });

  it("is sealed by the hash of its manifest", () => {
    expect(sealOf(manifestText({ stack: "a", expires: "b", files: {} }))).toMatch(/^[0-9a-f]{64}$/);
  });
});

describe("sealing", () => {
  const sealed = (stack: PlannedStack) => () => sealArtifact({ ...stack, stack: "orders-dev", expires: EXPIRES });
  let stack: PlannedStack;
  afterEach(() => stack.remove());

  it.each<[string, () => PlannedStack, string, RegExp]>([
    [
      "the configuration was synthesized anew after the plan",
      () => changed("cdk.tf.json", "{}"),
      "PLAN_OF_OTHER_FILES",
      /another cdk\.tf\.json/,
    ],
    [
      "code was bundled anew after the plan",
      () => changed(CODE_PATH, "other code"),
      "PLAN_OF_OTHER_FILES",
      /code\.zip is not the code that was planned for aws_lambda_function\.Fn/,
    ],
    [
      "code is not there",
      () => planStack(stackWithCodeAt("assets/none.zip")),
      "PLAN_OF_OTHER_FILES",
      /assets\/none\.zip, which is not there/,
    ],
    [
      "code lies outside of the stack",
      () => planStack(stackWithCodeAt("../code.zip")),
      "PLAN_OF_OTHER_FILES",
      /outside of the stack/,
    ],
    ["the state is local", () => planStack({ terraform: {} }), "STATE_NOT_REMOTE", /nowhere else/],
    [
      "the state is local by name",
      () => planStack({ terraform: { backend: { local: { path: "x" } } } }),
      "STATE_NOT_REMOTE",
      /nowhere else/,
    ],
  ])("fails when %s, and writes nothing", (_, prepare, code, problem) => {
    stack = prepare();

    expect(sealed(stack)).toThrow(expect.objectContaining({ code, problem: expect.stringMatching(problem) }));
    expect(readdirSync(stack.root)).not.toContain("sealed");
  });

  it.each([
    ["is not there", undefined],
    ["is JSON", "{}"],
  ])("fails when the plan %s", (_, content) => {
    stack = planStack();
    rmSync(stack.planFile);
    if (content !== undefined) writeFileSync(stack.planFile, content);

    expect(sealed(stack)).toThrow(expect.objectContaining({ code: "PLAN_NOT_SAVED", place: stack.planFile }));
  });

  it("fails when the providers are not locked", () => {
    stack = planStack();
    rmSync(join(stack.stackFolder, ".terraform.lock.hcl"));

    expect(sealed(stack)).toThrow(/PLAN_OF_OTHER_FILES: \.terraform\.lock\.hcl is not/);
  });

  it.each(["a file is in its way", "it lies where nobody can make folders"])(
    "fails when the folder cannot be made: %s",
    (place) => {
      stack = planStack();
      const into = place.startsWith("a file") ? join(stack.planFile, "artifact") : "/proc/artifact/orders-dev";

      const sealInto = () => sealArtifact({ ...stack, into, stack: "orders-dev", expires: EXPIRES });

      expect(sealInto).toThrow(expect.objectContaining({ code: "ARTIFACT_FOLDER_UNUSABLE", place: into }));
    },
  );

  it("fails when something is in the folder already", () => {
    stack = planStack();
    sealed(stack)();

    expect(sealed(stack)).toThrow(expect.objectContaining({ code: "ARTIFACT_FOLDER_TAKEN", place: stack.into }));
  });
});

function changed(path: string, content: string): PlannedStack {
  const stack = planStack();
  stack.write(path, content);
  return stack;
}
