import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { unzipSync } from "fflate";
import { bundleFunctions } from "../../../cli/bundle/bundle-functions";
import type { Bundle } from "../../../definition/bundle-manifest";
import { deleteProjectFolders, projectFolder } from "./project-folder";

afterAll(deleteProjectFolders);

const HANDLER = "export const handler = async () => NAME;\n";

interface Made {
  readonly bundle: Bundle;
  readonly files: Readonly<Record<string, string>>;
}

/** Bundles one function with these options beside its handler. */
async function bundle(
  options: object,
  handler = HANDLER,
  others: Readonly<Record<string, string>> = {},
): Promise<Made> {
  const root = projectFolder({
    "functions/greet/handler.ts": handler,
    "functions/greet/bundle.json": JSON.stringify(options),
    ...others,
  });
  const { bundles } = await bundleFunctions({ projectRoot: root });
  const { greet } = bundles;
  if (greet === undefined) throw new Error("there is no bundle");
  const entries = Object.entries(unzipSync(readFileSync(join(root, "dist/functions/greet.zip"))));
  return {
    bundle: greet,
    files: Object.fromEntries(entries.map(([name, bytes]) => [name, Buffer.from(bytes).toString()])),
  };
}

/** What the handler in a zip answers, in a process of its own. */
function answerOf({ files }: Made): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "headgate-zip-")));
  try {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
    const file = Object.keys(files).find((name) => /^handler\.[cm]js$/.test(name));
    const script = `import("./${file}").then(async ({ handler }) => console.log(await handler()))`;
    return execFileSync(process.execPath, ["--enable-source-maps", "-e", script], { cwd: folder }).toString().trim();
  } finally {
    rmSync(folder, { recursive: true });
  }
}

describe("bundle.json", () => {
  it("defines, loads, injects, and puts code before and after", async () => {
    const made = await bundle(
      {
        define: { NAME: '"defined"' },
        loader: { ".txt": "text" },
        inject: ["./functions/shared/inject.ts"],
        banner: "/* first */",
        footer: "/* last */",
        minify: false,
        keepNames: true,
      },
      'import text from "./greeting.txt";\nexport const handler = async () => [NAME, text, injected].join(" ");\n',
      {
        "functions/greet/greeting.txt": "loaded",
        "functions/shared/inject.ts": 'export const injected = "injected";\n',
      },
    );

    expect(answerOf(made)).toBe("defined loaded injected");
    expect(made.files["handler.mjs"]).toMatch(
      /^import\{createRequire[^\n]*\n\/\* first \*\/\n[\s\S]*\/\* last \*\/\n$/,
    );
    expect(Object.keys(made.bundle.inputs)).toEqual([
      "functions/greet/bundle.json",
      "functions/greet/greeting.txt",
      "functions/greet/handler.ts",
      "functions/shared/inject.ts",
    ]);
  });

  it("makes CommonJS that answers, for an older Node.js", async () => {
    const made = await bundle({ format: "cjs", target: "node18.20", define: { NAME: '"cjs"' } });

    expect(Object.keys(made.files)).toEqual(["handler.cjs"]);
    expect(answerOf(made)).toBe("cjs");
    expect(made.bundle).toMatchObject({ handler: "handler.handler", nodeMajor: 18 });
  });

  it("adds a source map with places and without sources", async () => {
    const made = await bundle({ sourceMap: true }, "\n\nexport const handler = async () => new Error().stack;\n");

    expect(Object.keys(made.files)).toEqual(["handler.mjs", "handler.mjs.map"]);
    expect(JSON.parse(made.files["handler.mjs.map"] ?? "{}")).not.toHaveProperty("sourcesContent");
    expect(made.bundle.hasSourceMap).toBe(true);
    expect(answerOf(made)).toMatch(/functions\/greet\/handler\.ts:3:/);
  });

  it("leaves packages to a layer", async () => {
    const made = await bundle(
      { externalModules: ["@aws-sdk/*"] },
      'import { DynamoDBClient } from "@aws-sdk/client-dynamodb";\nexport const handler = () => DynamoDBClient;\n',
    );

    expect(made.files["handler.mjs"]).toContain('from"@aws-sdk/client-dynamodb"');
    expect(made.files["handler.mjs"]?.length).toBeLessThan(1000);
  });

  it("takes another tsconfig and other entries of packages", async () => {
    const made = await bundle(
      { tsconfig: "functions/greet/tsconfig.json", mainFields: ["main"] },
      'import { name } from "named";\nexport const handler = async () => name;\n',
      {
        "functions/greet/tsconfig.json": '{ "compilerOptions": { "paths": { "named": ["./name.ts"] } } }',
        "functions/greet/name.ts": 'export const name = "by path";\n',
      },
    );

    expect(answerOf(made)).toBe("by path");
    expect(Object.keys(made.bundle.inputs)).toContain("functions/greet/tsconfig.json");
  });

  it("is stale when the tsconfig changes that is nearest to a source", async () => {
    const made = await bundle({}, 'import { name } from "named";\nexport const handler = async () => name;\n', {
      "functions/greet/tsconfig.json": '{ "compilerOptions": { "paths": { "named": ["./name.ts"] } } }',
      "functions/greet/name.ts": 'export const name = "nearest";\n',
      "tsconfig.json": "{}",
    });

    expect(answerOf(made)).toBe("nearest");
    expect(Object.keys(made.bundle.inputs)).toEqual(
      expect.arrayContaining(["functions/greet/tsconfig.json", "tsconfig.json"]),
    );
  });

  it("holds for all functions in the functions folder, less than beside the handler", async () => {
    const root = projectFolder({
      "functions/bundle.json": '{ "define": { "NAME": "1" }, "target": "node22" }',
      "functions/greet/bundle.json": '{ "target": "node20" }',
      "functions/greet/handler.ts": HANDLER,
      "functions/leave/handler.ts": HANDLER,
    });

    const { bundles } = await bundleFunctions({ projectRoot: root });

    expect([bundles.greet?.nodeMajor, bundles.leave?.nodeMajor]).toEqual([20, 22]);
    expect(Object.keys(bundles.greet?.inputs ?? {})).toEqual([
      "functions/bundle.json",
      "functions/greet/bundle.json",
      "functions/greet/handler.ts",
    ]);
  });

  it.each<[string, object, string, string]>([
    ["an option does not exist", { minfy: true }, "BUNDLE_OPTION_UNKNOWN", 'no option "minfy"'],
    ["plugins are asked for", { plugins: [] }, "BUNDLE_OPTION_UNKNOWN", "Code.fromAsset"],
    [
      "an option is of another kind",
      { minify: "yes" },
      "BUNDLE_OPTION_INVALID",
      '"minify" must be true or false, got "yes"',
    ],
    [
      "a loader would write files",
      { loader: { ".png": "file" } },
      "BUNDLE_OPTION_INVALID",
      '"loader" must be an object',
    ],
    ["a list holds no texts", { inject: [1] }, "BUNDLE_OPTION_INVALID", '"inject" must be a list of texts'],
    ["a target is no Node.js", { target: "es2022" }, "BUNDLE_OPTION_INVALID", 'a version such as "node22"'],
    ["the budget is no number", { maxSizeKilobytes: 0 }, "BUNDLE_OPTION_INVALID", "a positive number"],
    ["the options are a list", [], "BUNDLE_OPTIONS_NOT_JSON", "no JSON object"],
    ["the code is over budget", { maxSizeKilobytes: 0.1 }, "BUNDLE_OVER_BUDGET", "its budget is 0.1 KB"],
  ])("fails when %s", async (_, options, code, problem) => {
    const made = bundle(options);

    await expect(made).rejects.toThrow(new RegExp(`^${code}: [\\s\\S]*at functions/greet[\\s\\S]*fix: `));
    await expect(made).rejects.toThrow(problem);
  });

  it("fails when it is no JSON", async () => {
    const made = bundle({}, HANDLER, { "functions/bundle.json": "{ sourceMap: true }" });

    await expect(made).rejects.toThrow(/^BUNDLE_OPTIONS_NOT_JSON: [\s\S]*at functions\/bundle\.json[\s\S]*fix: /);
  });

  it("fails when CommonJS code exports no handler", async () => {
    const made = bundle({ format: "cjs" }, "export const main = 1;\nexport const other = 2;\n");

    await expect(made).rejects.toThrow(/^HANDLER_EXPORT_MISSING: .*got "main", "other"/);
  });
});
