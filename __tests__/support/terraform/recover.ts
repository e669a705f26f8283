import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join, resolve } from "node:path";
import type { Root } from "./harness";
import { type CommandResult, runCommand } from "./terraform";

const CHECKOUT = resolve(__dirname, "../../../cli/checkout.cjs");

/** Runs `headgate recover` for a root that holds a `cdk.tf.json`; its folder lies in a project as cdktf lays it out. */
export function recover(
  { folder, environment }: Pick<Root, "folder" | "environment">,
  ...options: readonly string[]
): Promise<CommandResult> {
  const project = resolve(folder, "../../..");
  const stack = basename(folder);
  const stacks = { [stack]: { synthesizedStackPath: `stacks/${stack}/cdk.tf.json` } };
  writeFileSync(join(project, "cdktf.json"), JSON.stringify({ app: "true" }));
  writeFileSync(join(project, "cdktf.out", "manifest.json"), JSON.stringify({ stacks }));
  return runCommand(process.execPath, [CHECKOUT, "recover", "--stack", stack, ...options], project, environment);
}

/** Puts a configuration in the place of what is there, as a synthesis does. */
export function checkoutJson(root: Root, configuration: object): void {
  const folder = mkdtempSync(join(tmpdir(), "headgate-stack-"));
  writeFileSync(join(folder, "cdk.tf.json"), JSON.stringify(configuration));
  root.checkout(folder);
  rmSync(folder, { recursive: true });
}

/** Makes the state forget what is there, as a killed apply does; the objects stay. */
export async function forget(root: Root, isForgotten: (address: string) => boolean = () => true): Promise<void> {
  const { output } = await root.run("state", "list");
  const addresses = output.split("\n").filter((address) => address !== "" && isForgotten(address));
  const { exitCode, output: said } = await root.run("state", "rm", ...addresses);
  if (exitCode !== 0) throw new Error(said);
}
