import { existsSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { terminalLog } from "../local/log/create-log";
import type { Log } from "../local/log/entry";
import { bundleCommand } from "./bundle-command";
import { type CdktfProject, readCdktfProject } from "./local/cdktf-project";
import { synthMessages } from "./local/synth-messages";
import { synthesize } from "./local/synthesize";
import { type SynthesizedStack, synthesizedStacks } from "./local/synthesized-stacks";

/** `headgate synth`: bundles, synthesizes, prints warnings, and says where the Terraform of each stack is. */
export async function synthCommand(projectRoot: string): Promise<void> {
  for (const { name, folder } of await bundleAndSynthesize(projectRoot, readCdktfProject(projectRoot))) {
    console.log(`${name}  ${relative(projectRoot, folder)}`);
  }
}

/**
 * The stacks that the app of a project declares, written with fresh bundles. Prints what their constructs warn of.
 *
 * @param mapsFolder for source maps of the functions, relative to the project root
 * @param log takes what is printed
 */
export async function bundleAndSynthesize(
  projectRoot: string,
  project: CdktfProject,
  mapsFolder?: string,
  log: Log = terminalLog("pretty"),
): Promise<readonly SynthesizedStack[]> {
  if (existsSync(join(projectRoot, "functions"))) await bundleCommand(projectRoot, { mapsFolder, log });
  await synthesize(projectRoot, project);
  const output = resolve(projectRoot, project.output);
  for (const message of synthMessages(output)) log({ kind: "warning", text: message });
  return synthesizedStacks(output);
}
