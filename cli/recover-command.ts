import { recoverStack } from "../deploy/recover/recover-stack";
import { renderRecovery } from "../deploy/recover/render-recovery";
import { chooseStack, projectStacks } from "./local/synthesized-stacks";

export interface RecoverCommandOptions {
  /** Name of a stack. @default - the only one with an API */
  readonly stack?: string;
  /** Prints a `Recovery` as JSON. */
  readonly json?: boolean;
}

/**
 * `headgate recover`: writes `import` blocks for what an interrupted apply made and did not remember. The exit code is 1 when
 * something is left to decide.
 *
 * @throws ConfigurationError SYNTH_OUTPUT_MISSING, STACK_UNKNOWN, STACK_AMBIGUOUS and those of `recoverStack`
 */
export async function recoverCommand(projectRoot: string, options: RecoverCommandOptions): Promise<void> {
  const stacks = projectStacks(projectRoot);
  const { name, folder } = chooseStack(stacks, options.stack);
  const recovery = await recoverStack({ stack: name, folder, environment: process.env });
  console.log(options.json ? JSON.stringify(recovery, null, 2) : renderRecovery(recovery));
  const isDecided = recovery.objects.every(({ outcome }) => outcome === "imported" || outcome === "made anew");
  process.exitCode = isDecided ? 0 : 1;
}
