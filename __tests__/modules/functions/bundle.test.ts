import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { App } from "cdktf";
import type { Bundle, BundleManifest } from "../../../definition/bundle-manifest";
import type { JsonObject } from "../../../definition/json";
import { HeadgateStack, NodejsFunction } from "../../../modules";
import { findTogether } from "../../../modules/checks/findings";
import { findBundle, STUB_BUNDLES } from "../../../modules/functions/bundle";
import { zipFile } from "../../../modules/functions/zip-file";
import { onlyResource, synthStack } from "../../../modules/testing";

let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "headgate-bundle-"));
});

afterEach(() => {
  rmSync(root, { recursive: true });
});

function write(path: string, text: string | Uint8Array): void {
  const file = join(root, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}

function writeProject(built: Partial<Bundle> = {}): void {
  const source = "export const handler = 1;";
  const manifest: BundleManifest = {
    version: 1,
    bundles: {
      "create-order": {
        file: "create-order.zip",
        sourceCodeHash: "Y29kZQ==",
        handler: "handler.handler",
        inputs: { "functions/create-order/handler.ts": createHash("sha256").update(source).digest("hex") },
        ...built,
      },
    },
  };
  write("functions/create-order/handler.ts", source);
  write(
    "dist/functions/create-order.zip",
    zipFile({ contents: { "handler.mjs": Buffer.from(source) }, executables: new Set() }),
  );
  write("dist/functions/manifest.json", JSON.stringify(manifest));
}

function inApp<Result>(run: (stack: HeadgateStack) => Result, context: Record<string, unknown> = {}): Result {
  return run(new HeadgateStack(new App({ outdir: root, context }), "test", { region: "eu-west-1" }));
}

describe("findBundle", () => {
  it("gives zip, hash and handler of a bundle", () => {
    writeProject();

    expect(inApp((stack) => findBundle(stack, "create-order", root))).toEqual({
      zip: join(root, "dist/functions/create-order.zip"),
      sourceCodeHash: "Y29kZQ==",
      handler: "handler.handler",
    });
  });

  it("needs no bundle where stubs are wanted", () => {
    const bundle = inApp((stack) => findBundle(stack, "create-order", root), { [STUB_BUNDLES]: true });

    expect(bundle).not.toHaveProperty("zip");
  });

  it.each<[string, string, () => void, string]>([
    ["there is no manifest", "BUNDLES_MISSING", () => undefined, "dist/functions/manifest.json does not exist"],
    [
      "the manifest is broken",
      "BUNDLES_MISSING",
      () => write("dist/functions/manifest.json", "{"),
      "is not valid JSON",
    ],
    [
      "the name is unknown",
      "BUNDLE_UNKNOWN",
      () => undefined,
      'there is no bundle "other" in dist/functions/manifest.json, only create-order',
    ],
    [
      "a source was changed",
      "BUNDLE_STALE",
      () => write("functions/create-order/handler.ts", "changed"),
      "functions/create-order/handler.ts was changed or removed",
    ],
    [
      "a source was removed",
      "BUNDLE_STALE",
      () => rmSync(join(root, "functions"), { recursive: true }),
      "functions/create-order/handler.ts was changed or removed",
    ],
    [
      "the zip was removed",
      "BUNDLE_STALE",
      () => rmSync(join(root, "dist/functions/create-order.zip")),
      "create-order.zip was changed or removed",
    ],
  ])("fails when %s", (name, code, change, problem) => {
    if (name !== "there is no manifest") writeProject();
    change();
    const bundle = code === "BUNDLE_UNKNOWN" ? "other" : "create-order";

    const find = () =>
      inApp((stack) =>
        findTogether(
          stack,
          () => findBundle(stack, bundle, root),
          () => stack.runAllValidations(),
        ),
      );

    expect(find).toThrow(new RegExp(`^${code}: `));
    expect(find).toThrow(problem);
    expect(find).toThrow(/fix: .*run `npx headgate bundle`/);
  });
});

/** The function of a project, synthesized to disk in `cdktf.out` of it. */
function deployed(): JsonObject {
  const before = process.cwd();
  process.chdir(root);
  try {
    const app = new App({ outdir: join(root, "cdktf.out"), stackTraces: false });
    new NodejsFunction(new HeadgateStack(app, "test", { region: "eu-west-1" }), "Fn", { bundle: "create-order" });
    app.synth();
    const written = JSON.parse(readFileSync(join(app.outdir, "stacks/test/cdk.tf.json"), "utf8"));
    return onlyResource(written, "aws_lambda_function");
  } finally {
    process.chdir(before);
  }
}

it("deploys the zip under a path that changes with its content", () => {
  writeProject();

  const { filename, source_code_hash, handler } = deployed();

  expect({ source_code_hash, handler }).toEqual({ source_code_hash: "Y29kZQ==", handler: "handler.handler" });
  expect(filename).toMatch(/^assets\/Fn_Code_\w+\/[0-9a-f]{16}\/create-order\.zip$/);
  expect(readFileSync(join(root, "cdktf.out/stacks/test", String(filename)))).toEqual(
    readFileSync(join(root, "dist/functions/create-order.zip")),
  );
});

it("lets Node.js read the source map of a bundle", () => {
  writeProject({ hasSourceMap: true });

  expect(deployed().environment).toEqual({ variables: { NODE_OPTIONS: "--enable-source-maps" } });
});

it("fails when the native modules of a bundle are for another architecture", () => {
  writeProject({ architecture: "x86_64" });

  expect(deployed).toThrow(/FUNCTION_ARCHITECTURE_DIFFERS: .*for x86_64, but architecture is arm64[\s\S]*fix: /);
});

it("stubs bundles in synthStack", () => {
  const terraform = synthStack((app) => {
    const stack = new HeadgateStack(app, "test", { region: "eu-west-1" });
    new NodejsFunction(stack, "Fn", { bundle: "no-such-folder" });
    return stack;
  });

  expect(onlyResource(terraform, "aws_lambda_function").filename).toBe("stub/no-such-folder.zip");
});
