import { spawn } from "node:child_process";
import { once } from "node:events";
import type { Plan } from "./plan";

/** How a command ended. */
export interface CommandResult {
  readonly exitCode: number;
  /** Standard output and error, in the order of arrival. */
  readonly output: string;
}

/** Terraform in one root folder. Every method throws with the whole output when the command fails. */
export interface Terraform {
  init(): Promise<void>;
  validate(): Promise<void>;
  /** Plans into a file and reads it back. */
  plan(): Promise<Plan>;
  /** Applies the plan that `plan` made last. */
  applyPlan(): Promise<void>;
  apply(): Promise<void>;
  /** Is there anything left to do? (`plan -detailed-exitcode`) */
  planIsEmpty(): Promise<boolean>;
  destroy(): Promise<void>;
  /** Any other command; the result may be a failure. */
  run(...args: readonly string[]): Promise<CommandResult>;
}

const PLAN_FILE = "headgate.tfplan";
const FLAGS = ["-input=false", "-no-color"];

/**
 * @param root folder of the configuration
 * @param environment whole environment of the commands, see `terraformEnvironment`
 */
export function terraform(root: string, environment: NodeJS.ProcessEnv): Terraform {
  const run = (...args: readonly string[]) => runCommand("terraform", args, root, environment);
  const succeed = async (...args: readonly string[]) => {
    const result = await run(...args);
    if (result.exitCode !== 0) throw commandError(args, result);
    return result.output;
  };
  return {
    run,
    init: async () => void (await succeed("init", ...FLAGS)),
    validate: async () => void (await succeed("validate", "-no-color")),
    plan: async () => {
      await succeed("plan", ...FLAGS, `-out=${PLAN_FILE}`);
      return JSON.parse(await succeed("show", "-json", PLAN_FILE));
    },
    applyPlan: async () => void (await succeed("apply", ...FLAGS, PLAN_FILE)),
    apply: async () => void (await succeed("apply", ...FLAGS, "-auto-approve")),
    destroy: async () => void (await succeed("destroy", ...FLAGS, "-auto-approve")),
    planIsEmpty: async () => {
      const result = await run("plan", ...FLAGS, "-detailed-exitcode");
      if (result.exitCode === 1) throw commandError(["plan"], result);
      return result.exitCode === 0;
    },
  };
}

/** Runs a command to its end. */
export async function runCommand(
  command: string,
  args: readonly string[],
  cwd: string,
  env: NodeJS.ProcessEnv,
): Promise<CommandResult> {
  const child = spawn(command, args, { cwd, env, stdio: ["ignore", "pipe", "pipe"] });
  let output = "";
  const collect = (chunk: Buffer) => {
    output += chunk;
  };
  child.stdout.on("data", collect);
  child.stderr.on("data", collect);
  const [exitCode] = await once(child, "close");
  return { exitCode: exitCode ?? 1, output };
}

function commandError(args: readonly string[], { exitCode, output }: CommandResult): Error {
  return new Error(`terraform ${args[0]} ended with ${exitCode}\n${output}`);
}
