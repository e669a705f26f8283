import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { unzipSync } from "fflate";
import { bundleFunctions } from "../../../cli/bundle/bundle-functions";
import { ConfigurationError } from "../../../definition/configuration-error";
import { bestWeighedMillis } from "../../support/slowness";
import { deleteProjectFolders, projectFolder } from "./project-folder";

/** For twenty functions; two idle cores take 800. */
const PROMISED_MILLIS = 3_000;

const GREET = `import { name } from "../shared/name";\nexport const handler = async () => "hello " + name;\n`;
const QUERY = [
  'import { DynamoDBClient } from "@aws-sdk/client-dynamodb";',
  'import { Logger } from "@aws-lambda-powertools/logger";',
  'import { name } from "../shared/name";',
  "const logger = new Logger({ serviceName: name });",
  "const client = new DynamoDBClient({});",
  'export const handler = async () => { logger.info("asked"); return client.config.region(); };',
].join("\n");
const PROJECT = {
  "functions/shared/name.ts": 'export { name } from "./words";\n',
  "functions/shared/words.ts": 'export const name = "world";\n',
  "functions/greet/handler.ts": GREET,
  "functions/query-table/handler.ts": QUERY,
  "package-lock.json": "{}\n",
};

function zipOf(root: string, name: string): Buffer {
  return readFileSync(join(root, "dist/functions", `${name}.zip`));
}

function outFiles(root: string): string[] {
  return readdirSync(join(root, "dist/functions")).sort();
}

function sha256(bytes: Buffer | string, encoding: "base64" | "hex"): string {
  return createHash("sha256").update(bytes).digest(encoding);
}

function outHashes(root: string): string[] {
  return outFiles(root).map((file) => `${file} ${sha256(readFileSync(join(root, "dist/functions", file)), "hex")}`);
}

async function failureOf(files: Readonly<Record<string, string>>): Promise<ConfigurationError> {
  const error = await bundleFunctions({ projectRoot: projectFolder(files) }).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof ConfigurationError)) throw new Error(`not a configuration error: ${error}`);
  return error;
}

afterAll(deleteProjectFolders);

describe("bundling", () => {
  it("makes a zip with one module for every function but shared", async () => {
    const root = projectFolder(PROJECT);

    const manifest = await bundleFunctions({ projectRoot: root });

    expect(outFiles(root)).toEqual(["greet.zip", "manifest.json", "query-table.zip"]);
    expect(Object.keys(unzipSync(zipOf(root, "greet")))).toEqual(["handler.mjs"]);
    expect(JSON.parse(readFileSync(join(root, "dist/functions/manifest.json"), "utf8"))).toEqual(manifest);
    expect(manifest.bundles.greet).toMatchObject({ file: "greet.zip", handler: "handler.handler" });
  });

  it("gives the same bytes in another folder at another time", async () => {
    const [first, second] = [projectFolder(PROJECT), projectFolder(PROJECT, "another/depth")];
    for (const path of Object.keys(PROJECT)) utimesSync(join(second, path), new Date(0), new Date(0));

    const manifests = [await bundleFunctions({ projectRoot: first }), await bundleFunctions({ projectRoot: second })];

    expect(manifests[0]).toEqual(manifests[1]);
    expect(outHashes(first)).toEqual(outHashes(second));
  });

  it("leaves no path of the machine in a zip", async () => {
    const root = projectFolder(PROJECT);

    await bundleFunctions({ projectRoot: root });

    const code = zipOf(root, "query-table").toString("latin1");
    const paths = [root, process.cwd(), "node_modules/", "functions/"];
    expect(paths.filter((path) => code.includes(path))).toEqual([]);
  });

  it("dates entries 1980-01-01 00:00 and lets everybody read them", async () => {
    const root = projectFolder(PROJECT);

    await bundleFunctions({ projectRoot: root });

    const zip = zipOf(root, "greet");
    const entry = zip.indexOf(Buffer.from("PK\x01\x02", "latin1"));
    expect(zip.readUInt32LE(entry + 12)).toBe(0x00210000);
    expect(zip.readUInt8(entry + 5)).toBe(3);
    expect(zip.readUInt32LE(entry + 38) >>> 16).toBe(0o100644);
  });

  it("states the hash that Lambda will state", async () => {
    const root = projectFolder(PROJECT);

    const { bundles } = await bundleFunctions({ projectRoot: root });

    expect(bundles.greet?.sourceCodeHash).toBe(sha256(zipOf(root, "greet"), "base64"));
  });

  it("names the files that make a bundle stale: sources, and the lock file where packages are used", async () => {
    const root = projectFolder(PROJECT);

    const { bundles } = await bundleFunctions({ projectRoot: root });

    const own = ["functions/greet/handler.ts", "functions/shared/name.ts", "functions/shared/words.ts"];
    expect(Object.keys(bundles.greet?.inputs ?? {})).toEqual(own);
    expect(Object.keys(bundles["query-table"]?.inputs ?? {})).toEqual([
      "functions/query-table/handler.ts",
      "functions/shared/name.ts",
      "functions/shared/words.ts",
      "package-lock.json",
    ]);
    expect(bundles.greet?.inputs["functions/shared/words.ts"]).toBe(
      sha256(PROJECT["functions/shared/words.ts"], "hex"),
    );
  });

  it("names no input that is no file", async () => {
    const root = projectFolder({
      "functions/greet/handler.ts":
        'import name from "data:text/javascript,export default 1"; export const handler = () => name;\n',
    });

    const { bundles } = await bundleFunctions({ projectRoot: root });

    expect(Object.keys(bundles.greet?.inputs ?? {})).toEqual(["functions/greet/handler.ts"]);
  });

  it("changes only the functions whose code changes", async () => {
    const root = projectFolder(PROJECT);
    const before = await bundleFunctions({ projectRoot: root });
    writeFileSync(join(root, "functions/greet/handler.ts"), GREET.replace("hello", "good morning"));

    const after = await bundleFunctions({ projectRoot: root });

    expect(after.bundles.greet?.sourceCodeHash).not.toBe(before.bundles.greet?.sourceCodeHash);
    expect(after.bundles["query-table"]).toEqual(before.bundles["query-table"]);
  });

  it("deletes the zip of a function that is gone, and no other file", async () => {
    const root = projectFolder(PROJECT);
    await bundleFunctions({ projectRoot: root });
    writeFileSync(join(root, "dist/functions/notes.txt"), "");
    rmSync(join(root, "functions/query-table"), { recursive: true });

    await bundleFunctions({ projectRoot: root });

    expect(outFiles(root)).toEqual(["greet.zip", "manifest.json", "notes.txt"]);
  });

  it("lets CommonJS packages require modules of Node", async () => {
    const root = projectFolder({
      "functions/get-thing/handler.ts":
        'import { kind } from "../shared/old.cjs";\nexport const handler = () => kind;\n',
      "functions/shared/old.cjs": 'exports.kind = typeof require("node:fs").readFileSync;\n',
    });

    await bundleFunctions({ projectRoot: root });

    const code = unzipSync(zipOf(root, "get-thing"))["handler.mjs"];
    writeFileSync(join(root, "handler.mjs"), code ?? "");
    const output = execFileSync(
      process.execPath,
      ["--input-type=module", "-e", 'import { handler } from "./handler.mjs"; console.log(handler());'],
      { cwd: root },
    );
    expect(output.toString().trim()).toBe("function");
  });

  it("passes warnings on, each in one line with its place", async () => {
    const root = projectFolder({
      "functions/get-thing/handler.ts": "export const handler = () => ({ a: 1, a: 2 });\n",
    });
    const warnings: string[] = [];

    await bundleFunctions({ projectRoot: root, onWarning: (warning) => warnings.push(warning) });

    expect(warnings).toEqual([expect.stringMatching(/^functions\/get-thing\/handler\.ts:1:39: /)]);
  });
});

describe("speed", () => {
  it("bundles twenty functions with the AWS SDK in less than three seconds", async () => {
    const names = Array.from({ length: 20 }, (_, number) => `functions/get-thing${number}/handler.ts`);
    const root = projectFolder({ ...PROJECT, ...Object.fromEntries(names.map((name) => [name, QUERY])) });

    const best = await bestWeighedMillis(PROMISED_MILLIS, async () => {
      const started = performance.now();
      await bundleFunctions({ projectRoot: root });
      return performance.now() - started;
    });

    expect(best).toBeLessThan(PROMISED_MILLIS);
  }, 60_000);
});

describe("refusing", () => {
  const handler = "export const handler = async () => 1;\n";
  const one = "functions/get-thing/handler.ts";
  it.each([
    ["there is no functions folder", { "package.json": "{}" }, "FUNCTIONS_FOLDER_MISSING", /"functions"/],
    ["a folder has no handler.ts", { "functions/get-thing/index.ts": handler }, "HANDLER_FILE_MISSING", /"get-thing"/],
    [
      "a folder is not in kebab-case",
      { "functions/getThing/handler.ts": handler },
      "FUNCTION_FOLDER_NAME_INVALID",
      /"getThing"/,
    ],
    [
      "a handler has a syntax error",
      { [one]: "export const\n  handler = = 1;" },
      "HANDLER_DOES_NOT_COMPILE",
      /handler\.ts:2:13/,
    ],
    [
      "an import leads nowhere",
      { [one]: `import "./gone";\n${handler}` },
      "IMPORT_UNRESOLVED",
      /"\.\/gone"[\s\S]*handler\.ts:1:8/,
    ],
    ["a package is not installed", { [one]: `import "gone-away";\n${handler}` }, "IMPORT_UNRESOLVED", /"gone-away"/],
    [
      "handler is not exported",
      { [one]: "export const main = 1;" },
      "HANDLER_EXPORT_MISSING",
      /got "main"[\s\S]*get-thing\/handler\.ts/,
    ],
    ["only a type is exported", { [one]: "export type handler = 1;" }, "HANDLER_EXPORT_MISSING", /no exports/],
  ])("fails when %s", async (_, files, code, message) => {
    const error = await failureOf(files);

    expect(error.code).toBe(code);
    expect(error.message).toMatch(message);
  });

  it("reports every compile error in one message", async () => {
    const error = await failureOf({ "functions/a/handler.ts": "let = = 1", "functions/b/handler.ts": "const x = ;" });

    expect(error.message).toMatch(/functions\/a\/handler\.ts:1/);
    expect(error.message).toMatch(/functions\/b\/handler\.ts:1:11/);
  });

  it("leaves the previous bundles whole", async () => {
    const root = projectFolder(PROJECT);
    await bundleFunctions({ projectRoot: root });
    const before = outHashes(root);
    writeFileSync(join(root, "functions/greet/handler.ts"), "export const main = 1;\n");

    await expect(bundleFunctions({ projectRoot: root })).rejects.toThrow("HANDLER_EXPORT_MISSING");

    expect(outHashes(root)).toEqual(before);
  });
});
