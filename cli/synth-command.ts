import { existsSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { terminalLog } from "../local/log/create-log";
import type { Log } from "../local/log/entry";
import { bundleCommand } from "./bundle-command";
import { type CdktfProject, readCdktfProject } from "./local/cdktf-project";
import { synthMessages } from "./local/synth-messages";
import { type SynthesizeOptions, synthesize } from "./local/synthesize";
import { type SynthesizedStack, synthesizedStacks } from "./local/synthesized-stacks";

/** `headgate synth`: bundles, synthesizes, prints warnings, and says where the Terraform of each stack is. */
export async function synthCommand(projectRoot: string): Promise<void> {
  for (const { name, folder } of await bundleAndSynthesize(projectRoot, readCdktfProject(projectRoot))) {
    console.log(`${name}  ${relative(projectRoot, folder)}`);
  }
}

export interface BundleAndSynthesizeOptions extends SynthesizeOptions {
  /** For source maps of the functions, relative to the project root. @default - none are made */
  readonly mapsFolder?: string;
  /** Takes what is printed. @default - the terminal */
  readonly log?: Log;
}

/** The stacks that the app of a project declares, written with fresh bundles. Prints what their constructs warn of. */
export async function bundleAndSynthesize(
  projectRoot: string,
  project: CdktfProject,
  options: BundleAndSynthesizeOptions = {},
): Promise<readonly SynthesizedStack[]> {
  if (existsSync(join(projectRoot, "functions"))) await bundleCommand(projectRoot, options);
  return synthesizeStacks(projectRoot, project, options);
}

/** The stacks that the app of a project declares, with the bundles that are there. Prints what their constructs warn of. */
export async function synthesizeStacks(
  projectRoot: string,
  project: CdktfProject,
  { log = terminalLog("pretty"), ...options }: BundleAndSynthesizeOptions,
): Promise<readonly SynthesizedStack[]> {
  await synthesize(projectRoot, project, options);
  const output = resolve(projectRoot, project.output);
  for (const message of synthMessages(output)) log({ kind: "warning", text: message });
  return synthesizedStacks(output);
}
