import { ConfigurationError } from "../../definition/configuration-error";
import type { StackDefinition } from "../../definition/stack";
import { readStack } from "../../definition/terraform/read-stack";
import { LOCAL_CONFIG_FILE, type LocalConfig } from "../../local/config";
import type { Log } from "../../local/log/entry";
import type { ServedVersion } from "./backends";
import { selectStages } from "./select-stages";
import { chooseStack, type SynthesizedStack } from "./synthesized-stacks";
import { unusedSettings } from "./unused-settings";

/** What a developer wants to be served. */
export interface VersionOptions {
  /** @default - "stack" of headgate.local.json, else the only stack with an API */
  readonly stack?: string;
  /** Stages to serve. @default - all */
  readonly stage?: readonly string[];
}

/** A version, and the definition of its stack with all stages. */
export interface LoadedVersion extends ServedVersion {
  readonly whole: StackDefinition;
}

/**
 * Reads the stack that is to be served.
 *
 * @throws ConfigurationError STACK_WITHOUT_API and those of choosing and reading
 */
export async function loadVersion(
  stacks: readonly SynthesizedStack[],
  config: LocalConfig,
  options: VersionOptions,
): Promise<LoadedVersion> {
  const { name, folder } = chooseStack(stacks, options.stack ?? config.stack);
  const whole = await readStack(folder);
  const stack = selectStages(whole, options.stage ?? []);
  if (stack.apis.length > 0) return { stack, stackFolder: folder, config, whole };
  const problem = `stack "${name}" declares no API`;
  const fix = "add a RestApi, or name another stack with --stack";
  throw new ConfigurationError("STACK_WITHOUT_API", name, problem, fix);
}

/** Tells what in the local file means nothing to any stack of the project. */
export async function warnOfUnused(
  { config, stack, whole }: LoadedVersion,
  stacks: readonly SynthesizedStack[],
  log: Log,
): Promise<void> {
  // What is wrong with another stack shows when it is served.
  const others = stacks.filter(({ name }) => name !== stack.name);
  const read = await Promise.allSettled(others.map(({ folder }) => readStack(folder)));
  const known = read.flatMap((result) => (result.status === "fulfilled" ? result.value : []));
  for (const unused of unusedSettings(config, [whole, ...known])) {
    log({ kind: "warning", text: `without effect in ${LOCAL_CONFIG_FILE}: ${unused}` });
  }
}
