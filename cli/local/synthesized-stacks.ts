import { readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { ConfigurationError } from "../../definition/configuration-error";
import { readCdktfProject } from "./cdktf-project";

/** cdktf's list of the stacks in its output folder. */
export const MANIFEST_FILE = "manifest.json";

/** A stack in the output folder. */
export interface SynthesizedStack {
  readonly name: string;
  /** Folder of its `cdk.tf.json`. */
  readonly folder: string;
}

/**
 * The stacks that the last synthesis wrote.
 *
 * @throws ConfigurationError SYNTH_OUTPUT_MISSING
 */
export function synthesizedStacks(outputFolder: string): readonly SynthesizedStack[] {
  const file = join(outputFolder, MANIFEST_FILE);
  try {
    const { stacks } = JSON.parse(readFileSync(file, "utf8"));
    return Object.entries<{ synthesizedStackPath: string }>(stacks).map(([name, { synthesizedStackPath }]) => ({
      name,
      folder: dirname(join(outputFolder, synthesizedStackPath)),
    }));
  } catch (cause) {
    const problem = "nothing is synthesized here, or its list of stacks cannot be read";
    throw new ConfigurationError(
      "SYNTH_OUTPUT_MISSING",
      file,
      problem,
      "run `headgate synth`, or `headgate local` without --no-synth",
      {
        cause,
      },
    );
  }
}

/**
 * The stacks of the project in a folder.
 *
 * @throws ConfigurationError SYNTH_OUTPUT_MISSING and those of `readCdktfProject`
 */
export function projectStacks(projectRoot: string): readonly SynthesizedStack[] {
  return synthesizedStacks(resolve(projectRoot, readCdktfProject(projectRoot).output));
}

/**
 * The stack to serve: the one that is asked for, else the only one with an API.
 *
 * @throws ConfigurationError STACK_UNKNOWN, STACK_AMBIGUOUS, STACK_WITHOUT_API
 */
export function chooseStack(stacks: readonly SynthesizedStack[], requested: string | undefined): SynthesizedStack {
  const names = stacks.map(({ name }) => name).join(", ");
  if (requested !== undefined) {
    const found = stacks.find(({ name }) => name === requested);
    if (found) return found;
    const problem = `there is no stack "${requested}"`;
    throw new ConfigurationError("STACK_UNKNOWN", "--stack, or headgate.local.json", problem, `use one of: ${names}`);
  }
  const withApi = stacks.filter(mayHaveApi);
  const [only, ...others] = withApi;
  if (!only) {
    const problem = `no stack declares an API: ${names}`;
    throw new ConfigurationError("STACK_WITHOUT_API", "main.ts", problem, "add a RestApi to a stack");
  }
  if (others.length === 0) return only;
  throw new ConfigurationError(
    "STACK_AMBIGUOUS",
    "headgate.local.json",
    `several stacks declare an API: ${withApi.map(({ name }) => name).join(", ")}`,
    `name one with --stack ${only.name}, or write { "stack": "${only.name}" } into headgate.local.json`,
  );
}

/**
 * The stacks to serve.
 *
 * @param requested names, with commas between them
 * @throws ConfigurationError as {@link chooseStack} does
 */
export function chooseStacks(
  stacks: readonly SynthesizedStack[],
  requested: string | undefined,
): readonly [SynthesizedStack, ...SynthesizedStack[]] {
  const [first, ...more] = (requested ?? "")
    .split(",")
    .map((name) => name.trim())
    .filter((name) => name !== "");
  return [chooseStack(stacks, first), ...more.map((name) => chooseStack(stacks, name))];
}

/** A file that cannot be read counts too: serving it then says what is wrong. */
function mayHaveApi({ folder }: SynthesizedStack): boolean {
  try {
    const { resource = {} } = JSON.parse(readFileSync(join(folder, "cdk.tf.json"), "utf8"));
    return "aws_api_gateway_rest_api" in resource;
  } catch {
    return true;
  }
}
