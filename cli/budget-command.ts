import { readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { isObject } from "../definition/json-access";
import { parseJson } from "../definition/json-text";
import { readStack, STACK_FILE } from "../definition/terraform/read-stack";
import { renderBudget } from "../deploy/budget/render-budget";
import { type StackBudget, stackBudget } from "../deploy/budget/stack-budget";
import { readCdktfProject } from "./local/cdktf-project";
import { chooseStacks, type SynthesizedStack, synthesizedStacks } from "./local/synthesized-stacks";

export interface BudgetCommandOptions {
  /** Names of stacks, with commas between them. @default - all that call API Gateway */
  readonly stack?: string;
  /** Prints a list of `StackBudget` as JSON. */
  readonly json?: boolean;
}

/**
 * `headgate budget`: prints how many calls of API Gateway's control plane an apply and a plan of each synthesized stack make,
 * and how long they take at least.
 *
 * @throws ConfigurationError SYNTH_OUTPUT_MISSING, STACK_UNKNOWN and those of reading a stack
 */
export async function budgetCommand(projectRoot: string, options: BudgetCommandOptions): Promise<void> {
  const all = synthesizedStacks(resolve(projectRoot, readCdktfProject(projectRoot).output));
  const chosen = options.stack === undefined ? all : chooseStacks(all, options.stack);
  const budgets = await Promise.all(chosen.map(budgetOf));
  const shown = options.stack === undefined ? budgets.filter(({ create }) => create.calls > 0) : budgets;
  const text = shown.map(renderBudget).join("\n\n") || "no stack calls API Gateway";
  console.log(options.json ? JSON.stringify(shown, null, 2) : text);
}

async function budgetOf({ folder }: SynthesizedStack): Promise<StackBudget> {
  // First, because it says what is wrong with the file.
  const definition = await readStack(folder);
  const file = join(folder, STACK_FILE);
  const root = parseJson(await readFile(file, "utf8"), { code: "STACK_FILE_NOT_JSON", place: file, fix: "synthesize" });
  return stackBudget(isObject(root) ? root : {}, definition);
}
