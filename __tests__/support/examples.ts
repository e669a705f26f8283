import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
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
  const { CDKTF_OUTDIR, CDKTF_CONTEXT_JSON } = process.env;
  const { exitCode } = process;
  try {
    process.env.CDKTF_OUTDIR = output;
    process.env.CDKTF_CONTEXT_JSON = JSON.stringify({ [STUB_BUNDLES]: true });
    jest.isolateModules(() => jest.requireActual(join(exampleFolder(name), "main.ts")));
    if (process.exitCode !== exitCode)
      throw new Error(`the example ${name} was refused; its findings are printed above`);
    const stacks = join(output, "stacks");
    return Object.fromEntries(
      readdirSync(stacks).map((stack) => {
        const terraform: TerraformJson = JSON.parse(readFileSync(join(stacks, stack, "cdk.tf.json"), "utf8"));
        return [stack, terraform];
      }),
    );
  } finally {
    process.exitCode = exitCode;
    restore("CDKTF_OUTDIR", CDKTF_OUTDIR);
    restore("CDKTF_CONTEXT_JSON", CDKTF_CONTEXT_JSON);
    rmSync(output, { recursive: true, force: true });
  }
}

function restore(name: string, value: string | undefined): void {
  if (value === undefined) delete process.env[name];
  else process.env[name] = value;
}
