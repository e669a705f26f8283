import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { App, Testing } from "cdktf";
import { unzipSync, zipSync } from "fflate";
import { Code, type FunctionProps, HeadgateStack, Function as LambdaFunction, Runtime } from "../../../modules";
import { PACKAGE_LIMITS } from "../../../modules/functions/package-limits";
import { zipFile } from "../../../modules/functions/zip-file";
import { onlyResource, synthApi, type TerraformJson } from "../../../modules/testing";

let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "headgate-code-"));
});

afterEach(() => {
  rmSync(root, { recursive: true });
});

function write(path: string, bytes: string | Uint8Array): string {
  const file = join(root, path);
  mkdirSync(join(file, ".."), { recursive: true });
  writeFileSync(file, bytes);
  return file;
}

/** Where the entries of a zip's directory begin. */
function directoryOf(zip: Buffer): number[] {
  const signature = Buffer.from([0x50, 0x4b, 1, 2]);
  const found: number[] = [];
  for (let at = zip.indexOf(signature); at !== -1; at = zip.indexOf(signature, at + 1)) found.push(at);
  return found;
}

/** Synthesized to disk, so that assets are there. */
function synth(
  code: Code,
  props: Partial<FunctionProps> = {},
): { readonly terraform: TerraformJson; readonly zip: Buffer } {
  const app = new App({ outdir: join(root, "cdktf.out"), stackTraces: false });
  const stack = new HeadgateStack(app, "test", { region: "eu-west-1" });
  new LambdaFunction(stack, "Fn", { code, handler: "index.handler", ...props });
  app.synth();
  const folder = join(app.outdir, "stacks/test");
  const terraform: TerraformJson = JSON.parse(readFileSync(join(folder, "cdk.tf.json"), "utf8"));
  const { filename } = onlyResource(terraform, "aws_lambda_function");
  return { terraform, zip: readFileSync(join(folder, String(filename))) };
}

function build(code: Code, props: Partial<FunctionProps> = {}): () => string {
  const app = new App({ outdir: join(root, "cdktf.out"), stackTraces: false });
  const stack = new HeadgateStack(app, "test", { region: "eu-west-1" });
  return () => {
    new LambdaFunction(stack, "Fn", { code, handler: "index.handler", ...props });
    return Testing.synth(stack, true);
  };
}

describe("Code", () => {
  it("deploys a zip as it is", () => {
    const bytes = zipFile({
      contents: { "main.py": Buffer.from("def handler(event, context): pass") },
      executables: new Set(),
    });

    const { terraform, zip } = synth(Code.fromAsset(write("python.zip", bytes)), { runtime: Runtime.PYTHON_3_13 });

    expect(zip).toEqual(Buffer.from(bytes));
    expect(onlyResource(terraform, "aws_lambda_function")).toMatchObject({
      runtime: "python3.13",
      handler: "index.handler",
    });
  });

  it("zips a folder to the same bytes at any time, and keeps what can be run", () => {
    chmodSync(write("go/bootstrap", "#!/bin/sh"), 0o755);
    const notes = write("go/data/notes.txt", "notes");
    const first = synth(Code.fromAsset(join(root, "go")), { runtime: Runtime.PROVIDED_AL2023 });
    utimesSync(notes, new Date(0), new Date(0));

    const second = synth(Code.fromAsset(join(root, "go")), { runtime: Runtime.PROVIDED_AL2023 });

    expect(second).toEqual(first);
    expect(Object.keys(unzipSync(first.zip))).toEqual(["bootstrap", "data/notes.txt"]);
    const modes = directoryOf(first.zip).map((entry) => first.zip.readUInt32LE(entry + 38) >>> 16);
    expect(modes).toEqual([0o100755, 0o100644]);
  });

  it("zips hidden files, and what links to files lead to", () => {
    write("app/.env", "A=1");
    symlinkSync(write("shared/text.txt", "text"), join(root, "app", "text.txt"));

    const { zip } = synth(Code.fromAsset(join(root, "app")));

    expect(Object.entries(unzipSync(zip)).map(([name, bytes]) => [name, Buffer.from(bytes).toString()])).toEqual([
      [".env", "A=1"],
      ["text.txt", "text"],
    ]);
  });

  it.each([
    ["a folder", "shared"],
    ["nothing", "nowhere"],
  ])("fails when a link in the folder leads to %s", (_, target) => {
    write("shared/index.js", "code");
    write("app/index.js", "code");
    symlinkSync(join(root, target), join(root, "app", "link"));

    expect(build(Code.fromAsset(join(root, "app")))).toThrow(/CODE_LINK_UNSUPPORTED: "link" in [\s\S]*fix: copy/);
  });

  it("fails when there is no file in the folder", () => {
    mkdirSync(join(root, "app"));

    expect(build(Code.fromAsset(join(root, "app")))).toThrow(/CODE_EMPTY: there is no file in [\s\S]*fix: build/);
  });

  it.each([
    [Runtime.NODEJS_22_X, "index.js"],
    [Runtime.PYTHON_3_13, "index.py"],
  ])("zips inline code for %s as %s", (runtime, file) => {
    const { zip } = synth(Code.fromInline("code"), { runtime });

    expect(Object.entries(unzipSync(zip)).map(([name, bytes]) => [name, Buffer.from(bytes).toString()])).toEqual([
      [file, "code"],
    ]);
  });

  it("names an object in S3", () => {
    const terraform = synthApi((stack) => {
      new LambdaFunction(stack, "Fn", { code: Code.fromBucket("code", "fn/1.zip", "v1"), handler: "index.handler" });
    });

    expect(onlyResource(terraform, "aws_lambda_function")).toMatchObject({
      s3_bucket: "code",
      s3_key: "fn/1.zip",
      s3_object_version: "v1",
    });
  });

  it("needs no files in tests", () => {
    const terraform = synthApi((stack) => {
      new LambdaFunction(stack, "Fn", { code: Code.fromAsset("not/built/yet.zip"), handler: "index.handler" });
    });

    expect(onlyResource(terraform, "aws_lambda_function").filename).toBe("stub/yet.zip");
  });

  it("fails when there is nothing at the path", () => {
    expect(build(Code.fromAsset("nowhere"))).toThrow(/CODE_NOT_FOUND: .*"nowhere"[\s\S]*fix: /);
  });

  it("fails when the file is no zip", () => {
    expect(build(Code.fromAsset(write("code.js", "code")))).toThrow(/CODE_NOT_A_ZIP: [\s\S]*fix: /);
  });

  it("fails when the code unpacks to more than Lambda takes", () => {
    const zip = Buffer.from(zipFile({ contents: { zeros: new Uint8Array(1) }, executables: new Set() }));
    for (const entry of directoryOf(zip)) zip.writeUInt32LE(PACKAGE_LIMITS.unzipped + 1, entry + 24);

    expect(build(Code.fromAsset(write("zeros.zip", zip)))).toThrow(
      /CODE_TOO_LARGE: .*zeros\.zip" has 250\.1 MB unzipped, Lambda takes 250 MB[\s\S]*fix: .*Code\.fromBucket/,
    );
  });

  it("fails when the zip is larger than an upload may be", () => {
    const zip = zipSync({ zeros: new Uint8Array(PACKAGE_LIMITS.zipped + 1) }, { level: 0 });

    expect(build(Code.fromAsset(write("zeros.zip", zip)))).toThrow(/CODE_TOO_LARGE: .* 50\.1 MB zipped/);
  });

  it("fails when inline code is for another language", () => {
    expect(build(Code.fromInline("code"), { runtime: Runtime.JAVA_21 })).toThrow(
      /INLINE_CODE_RUNTIME: .*got java21[\s\S]*fix: /,
    );
  });
});
