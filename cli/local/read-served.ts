import { dirname, join, relative, resolve } from "node:path";
import type { StackDefinition } from "../../definition/stack";
import { readPlan } from "../../definition/terraform/plan/read-plan";
import { ifReadable } from "../../definition/terraform/read-roots";
import { readStacks, STACK_FILE } from "../../definition/terraform/read-stack";
import { unknownsIn } from "../../definition/unknown";
import { combineStacks, foreignFunctions, type ReadStack } from "./combine-stacks";
import { declaredIn } from "./declared-in";
import { chooseStacks, type SynthesizedStack } from "./synthesized-stacks";

/** What is served, and the folder that its files are relative to. */
export interface Served {
  readonly stack: StackDefinition;
  readonly stackFolder: string;
  /** What people should know about stacks that are served together. @default - nothing */
  readonly warnings?: readonly string[];
}

/**
 * The stacks that are asked for, with what they use of others.
 *
 * @param requested names, with commas between them
 * @throws ConfigurationError those of choosing and reading
 */
export async function readServed(stacks: readonly SynthesizedStack[], requested: string | undefined): Promise<Served> {
  const [first, ...more] = chooseStacks(stacks, requested);
  const chosen = [first, ...more];
  const outcomes = await readStacks(chosen.map(({ folder }) => folder));
  const alone = outcomes.map((read) => read());
  const rest = stacks.filter((stack) => !chosen.includes(stack));
  // Most projects have a stack for each environment, and reading them all would only cost time.
  const warnings = otherRegions(alone);
  const isComplete = alone.every((stack) => !readsOutputs(stack) && foreignFunctions(stack).length === 0);
  if (rest.length === 0 || isComplete) {
    return { stack: combineStacks(together(first, more, alone), []), stackFolder: first.folder, warnings };
  }
  const all = await readStacks([...chosen, ...rest].map(({ folder }) => folder));
  const own = all.slice(0, chosen.length).map((read) => read());
  const others = rest.flatMap(({ folder }, index) => {
    const read = all[chosen.length + index];
    return read === undefined ? [] : ifReadable(read).map((definition) => readFrom(folder, definition));
  });
  return { stack: combineStacks(together(first, more, own), others), stackFolder: first.folder, warnings };
}

/** All stacks are served as if they were in the region of the first. */
function otherRegions([first, ...more]: readonly StackDefinition[]): readonly string[] {
  return more
    .filter(({ region }) => region !== first?.region)
    .map(({ name, region }) => `"${name}" is in ${region}, and is served as if it were in ${first?.region}, too`);
}

/** Without the stacks that it reads from, their outputs are unknown. */
function readsOutputs(stack: StackDefinition): boolean {
  return unknownsIn(stack).some(({ address }) => address.startsWith("data.terraform_remote_state."));
}

/** A plan or a state, which needs no project around it. @throws ConfigurationError those of `readPlan` */
export async function readServedPlan(file: string): Promise<Served> {
  const path = resolve(file);
  return { stack: declaredIn(await readPlan(path), fromHere(path)), stackFolder: dirname(path) };
}

function together(
  first: SynthesizedStack,
  more: readonly SynthesizedStack[],
  definitions: readonly StackDefinition[],
): readonly [ReadStack, ...ReadStack[]] {
  const [definition, ...others] = definitions;
  if (definition === undefined) throw new Error("a stack was not read");
  return [
    readFrom(first.folder, definition),
    ...others.map((other, index) => readFrom(more[index]?.folder ?? first.folder, other)),
  ];
}

function readFrom(folder: string, definition: StackDefinition): ReadStack {
  return { definition: declaredIn(definition, fromHere(join(folder, STACK_FILE))), folder };
}

/** A path as the user would type it. */
function fromHere(path: string): string {
  return relative(process.cwd(), path);
}
