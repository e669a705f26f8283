import { findDrift } from "../deploy/drift/find-drift";
import { renderDrift } from "../deploy/drift/render-drift";
import { chooseStack, projectStacks } from "./local/synthesized-stacks";

/** How `headgate drift` ends when AWS has something else than the stack declares, as `terraform plan -detailed-exitcode`. */
export const DRIFT_EXIT_CODE = 2;

export interface DriftCommandOptions {
  /** Name of the stack. @default - the only one with an API */
  readonly stack?: string;
  /** What `terraform state pull` printed. @default - it is pulled where the stack's folder is initialised */
  readonly state?: string;
  /** Brings code up that Terraform takes for deployed. */
  readonly repair?: boolean;
  /** Prints a `DriftReport` as JSON. */
  readonly json?: boolean;
}

/**
 * `headgate drift`: compares what is deployed with a synthesized stack, prints a line for each difference, and sets the exit
 * code.
 *
 * @throws ConfigurationError those of choosing a stack and of `findDrift`
 */
export async function driftCommand(projectRoot: string, options: DriftCommandOptions): Promise<void> {
  const stacks = projectStacks(projectRoot);
  const { folder } = chooseStack(stacks, options.stack);
  const report = await findDrift({ folder, stateFile: options.state, repair: options.repair });
  console.log(options.json ? JSON.stringify(report, null, 2) : renderDrift(report));
  if (report.differences.length > 0) process.exitCode = DRIFT_EXIT_CODE;
}
