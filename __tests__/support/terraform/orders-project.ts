import { appendFileSync, cpSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { runCommand } from "./terraform";

const REPOSITORY = resolve(__dirname, "../../..");
/** All that bundling and synthesis read. Copied, so that a test may change it and nothing else can while it runs. */
const COPIED = [
  ...[
    "main.ts",
    "environments.ts",
    "stacks",
    "contracts",
    "functions",
    "modules",
    "definition",
    "local",
    "deploy",
    "cli",
  ],
  ...["cdktf.json", "package.json", "package-lock.json", "tsconfig.json", "__tests__/terraform/variants"],
];

/** The reference project in a folder of its own, whose handlers a test may change. */
export interface OrdersProject {
  readonly folder: string;
  /** Bundles the handlers. */
  bundle(): Promise<void>;
  /** Bundles and synthesizes an app (a path below the project); answers the folder of one of its stacks by name. */
  synth(app?: string): Promise<(stack: string) => string>;
  /** Adds a line to a handler, so that its bundle has other bytes. */
  changeHandler(name: string): void;
  remove(): void;
}

/** Copies the reference project. */
export function copyOrdersProject(): OrdersProject {
  const folder = mkdtempSync(join(tmpdir(), "headgate-orders-"));
  for (const name of COPIED) cpSync(join(REPOSITORY, name), join(folder, name), { recursive: true });
  symlinkSync(join(REPOSITORY, "node_modules"), join(folder, "node_modules"));
  let synthesized = 0;
  const bundle = () => node(folder, {}, "cli/checkout.cjs", "bundle");
  return {
    folder,
    bundle,
    synth: async (app = "main.ts") => {
      const output = join(folder, `synthesized-${++synthesized}`);
      await bundle();
      await node(folder, { CDKTF_OUTDIR: output }, "--import", "tsx", app);
      return (stack) => join(output, "stacks", stack);
    },
    changeHandler: (name) => {
      appendFileSync(join(folder, "functions", name, "handler.ts"), "\nexport const changed = true;\n");
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

async function node(cwd: string, variables: NodeJS.ProcessEnv, ...args: string[]): Promise<void> {
  const { ENVIRONMENT: _, ...inherited } = process.env;
  const { exitCode, output } = await runCommand(process.execPath, args, cwd, { ...inherited, ...variables });
  if (exitCode !== 0) throw new Error(`node ${args.join(" ")} ended with ${exitCode}\n${output}`);
}
