import {
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { bundleFunctions } from "../../cli/bundle/bundle-functions";
import { STUB_BUNDLES } from "../../modules/functions/bundle";
import type { TerraformJson } from "../../modules/testing";

const FOLDER = resolve(__dirname, "../../examples");

/** Names of the folders under `examples/`. */
export const EXAMPLES: readonly string[] = readdirSync(FOLDER, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name)
  .sort();

/** Folder of one example. */
export function exampleFolder(name: string): string {
  return join(FOLDER, name);
}

/** Runs the `main.ts` of an example as it is, with stubs for its functions; gives the Terraform JSON of its stacks by name. */
export function synthesizeExample(name: string): Readonly<Record<string, TerraformJson>> {
  const output = mkdtempSync(join(tmpdir(), "headgate-example-"));
  const stacks: Record<string, TerraformJson> = {};
  try {
    jest.isolateModules(() => {
      const folders = runMain(exampleFolder(name), output, { [STUB_BUNDLES]: true });
      for (const [stack, folder] of Object.entries(folders)) {
        stacks[stack] = JSON.parse(readFileSync(join(folder, "cdk.tf.json"), "utf8"));
      }
    });
    return stacks;
  } finally {
    rmSync(output, { recursive: true, force: true });
  }
}

/** The stacks of an example, ready to be applied, in folders that go away with `folder`. */
export interface BundledExample {
  readonly folder: string;
  /** Folder with `cdk.tf.json` and the zips of functions, by stack. */
  readonly stacks: Readonly<Record<string, string>>;
}

/**
 * Bundles and synthesizes an example in a folder of its own.
 *
 * @param edit what somebody changes in its `main.ts` before
 */
export async function bundleExample(name: string, edit = (main: string) => main): Promise<BundledExample> {
  const folder = mkdtempSync(join(tmpdir(), "headgate-example-"));
  cpSync(exampleFolder(name), folder, { recursive: true });
  symlinkSync(resolve(FOLDER, "../node_modules"), join(folder, "node_modules"));
  const main = join(folder, "main.ts");
  writeFileSync(main, edit(readFileSync(main, "utf8")));
  if (existsSync(join(folder, "functions"))) await bundleFunctions({ projectRoot: folder });

  const cwd = process.cwd();
  process.chdir(folder);
  try {
    return { folder, stacks: runMain(folder, join(folder, "cdktf.out"), {}) };
  } finally {
    process.chdir(cwd);
  }
}

/** Synthesizes the project of a folder; gives the folders of its stacks by name. */
function runMain(folder: string, output: string, context: object): Readonly<Record<string, string>> {
  const { CDKTF_OUTDIR, CDKTF_CONTEXT_JSON } = process.env;
  const { exitCode } = process;
  try {
    process.env.CDKTF_OUTDIR = output;
    process.env.CDKTF_CONTEXT_JSON = JSON.stringify(context);
    jest.requireActual(join(folder, "main.ts"));
    if (process.exitCode !== exitCode) throw new Error(`${folder} was refused; its findings are printed above`);
    const stacks = join(output, "stacks");
    return Object.fromEntries(readdirSync(stacks).map((stack) => [stack, join(stacks, stack)]));
  } finally {
    process.exitCode = exitCode;
    restore("CDKTF_OUTDIR", CDKTF_OUTDIR);
    restore("CDKTF_CONTEXT_JSON", CDKTF_CONTEXT_JSON);
  }
}

function restore(name: string, value: string | undefined): void {
  if (value === undefined) delete process.env[name];
  else process.env[name] = value;
}
