import { ConfigurationError } from "../../definition/configuration-error";
import type { StackDefinition } from "../../definition/stack";
import { ifReadable } from "../../definition/terraform/read-roots";
import { readStacks } from "../../definition/terraform/read-stack";
import { LOCAL_CONFIG_FILE, type LocalConfig } from "../../local/config";
import type { Log } from "../../local/log/entry";
import type { ServedVersion } from "./backends";
import { readServed, readServedPlan } from "./read-served";
import { selectStages } from "./select-stages";
import type { SynthesizedStack } from "./synthesized-stacks";
import { unreadLines } from "./unread-lines";
import { unusedSettings } from "./unused-settings";

/** What a developer wants to be served. */
export interface VersionOptions {
  /** Names of stacks, with commas between them. @default - "stack" of headgate.local.json, else the only stack with an API */
  readonly stack?: string;
  /** A plan or state of Terraform as JSON, in place of stacks. @default - stacks are served */
  readonly plan?: string;
  /** Stages to serve, also several with commas between them. @default - all */
  readonly stage?: readonly string[];
}

/** A version, and the definition of its stack with all stages. */
export interface LoadedVersion extends ServedVersion {
  readonly whole: StackDefinition;
  readonly warnings: readonly string[];
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
  const {
    stack: whole,
    stackFolder,
    warnings = [],
  } = options.plan === undefined
    ? await readServed(stacks, options.stack ?? config.stack)
    : await readServedPlan(options.plan);
  const stages = (options.stage ?? []).flatMap((names) => names.split(","));
  const stack = selectStages(whole, stages);
  if (stack.apis.length > 0) return { stack, stackFolder, config, whole, warnings };
  const problem = `stack "${whole.name}" declares no API`;
  const fix = "add a RestApi, or name another stack with --stack";
  throw new ConfigurationError("STACK_WITHOUT_API", whole.name, problem, fix);
}

/** Tells what of the infrastructure is served otherwise than it is declared, or not at all because nobody knows its value. */
export function warnOfUnread({ whole, warnings }: LoadedVersion, log: Log): void {
  for (const text of warnings) log({ kind: "warning", text });
  for (const line of unreadLines(whole)) {
    log({ kind: "warning", text: `without a part in what is served ${line}` });
  }
}

/** Tells what in the local file means nothing to any stack of the project. */
export async function warnOfUnused(
  { config, stack, whole }: LoadedVersion,
  stacks: readonly SynthesizedStack[],
  log: Log,
): Promise<void> {
  const others = stacks.filter(({ name }) => !stack.name.split(", ").includes(name));
  const read = await readStacks(others.map(({ folder }) => folder));
  for (const unused of unusedSettings(config, [whole, ...read.flatMap(ifReadable)])) {
    log({ kind: "warning", text: `without effect in ${LOCAL_CONFIG_FILE}: ${unused}` });
  }
}
