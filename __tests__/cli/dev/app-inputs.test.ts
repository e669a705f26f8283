import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { AppInputs, inputsOfApp } from "../../../cli/dev/app-inputs";

const TSX = pathToFileURL(require.resolve("tsx")).href;

describe("what an app has read", () => {
  const folders: string[] = [];
  afterAll(() => {
    for (const folder of folders) rmSync(folder, { recursive: true });
  });

  /** Runs `main.ts` of a new project, and tells what it has read, relative to the project. */
  async function inputsOf(files: Readonly<Record<string, string>>): Promise<readonly string[]> {
    const root = realpathSync(mkdtempSync(join(tmpdir(), "inputs-test-")));
    folders.push(root);
    for (const [file, text] of Object.entries(files)) {
      mkdirSync(dirname(join(root, file)), { recursive: true });
      writeFileSync(join(root, file), text);
    }
    const recorder = AppInputs.record();
    spawnSync(process.execPath, ["--import", TSX, "main.ts"], { cwd: root, env: { ...process.env, ...recorder.env } });
    const recorded = recorder.take(root);
    await recorder.close();
    const aside = {
      projectRoot: root,
      outputs: [join(root, "dist")],
      bundleInputs: new Set([join(root, "functions/handler.ts"), join(root, "both.ts")]),
    };
    return [...inputsOfApp(recorded, aside)].map((path) => path.slice(root.length + 1));
  }

  const MAIN = `
import { readdirSync, readFileSync } from "node:fs";
import "./both";
import { deep } from "./stacks/deep";
readFileSync("openapi.yaml");
readFileSync("functions/handler.ts");
readFileSync("dist/functions/manifest.json");
readdirSync("templates");
if (deep) throw new Error("after all has been read");
`;
  const FILES = {
    "main.ts": MAIN,
    "stacks/deep.ts": "export const deep: boolean = true;",
    "both.ts": "export {};",
    "openapi.yaml": "",
    "unread.yaml": "",
    "functions/handler.ts": "",
    "dist/functions/manifest.json": "{}",
    "templates/a.vtl": "",
  };
  const READ = ["main.ts", "both.ts", "stacks/deep.ts", "openapi.yaml", "templates"];

  it.each([
    ["CommonJS", { "package.json": "{}" }, MAIN],
    [
      "ES modules",
      { "package.json": '{"type":"module"}' },
      MAIN.replace("./both", "./both.ts").replace("/deep", "/deep.ts"),
    ],
  ])(
    "is told of %s, also when the app fails: modules and files, but neither what is made nor what is bundled",
    async (_kind, more, main) => {
      const inputs = await inputsOf({ ...FILES, ...more, "main.ts": main });

      expect(inputs).toEqual(expect.arrayContaining(READ));
      for (const other of ["unread.yaml", "functions/handler.ts", "dist/functions/manifest.json"]) {
        expect(inputs).not.toContain(other);
      }
    },
  );
});
