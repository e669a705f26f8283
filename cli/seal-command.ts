import { relative, resolve } from "node:path";
import { sealArtifact } from "../deploy/artifact/seal-artifact";
import { chooseStack, projectStacks } from "./local/synthesized-stacks";

export interface SealCommandOptions {
  /** What `terraform plan -out` wrote, relative to the current folder. */
  readonly plan: string;
  /** Folder of the artifact. @default - sealed/<stack> */
  readonly into?: string;
  /** How long the artifact may be applied, in hours. */
  readonly validHours: number;
}

/**
 * `headgate seal`: puts a saved plan and all that it needs into one folder with a manifest of hashes, and prints the seal, alone on
 * standard output.
 *
 * @throws ConfigurationError ARTIFACT_FOLDER_TAKEN, PLAN_NOT_SAVED, PLAN_OF_OTHER_FILES, STATE_NOT_REMOTE and those of finding the stack
 */
export function sealCommand(projectRoot: string, stackName: string, options: SealCommandOptions): void {
  const stacks = projectStacks(projectRoot);
  const { name, folder } = chooseStack(stacks, stackName);
  const into = resolve(projectRoot, options.into ?? `sealed/${name}`);
  const expires = new Date(Date.now() + options.validHours * 3_600_000);
  const planFile = resolve(projectRoot, options.plan);
  const seal = sealArtifact({ stack: name, stackFolder: folder, planFile, into, expires });
  console.error(`${relative(projectRoot, into)} may be applied until ${expires.toISOString()}`);
  console.log(seal);
}
