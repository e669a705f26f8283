import { readResources } from "../definition/terraform/read-resources";
import { readScope } from "../definition/terraform/read-roots";
import { terraformRoot } from "../definition/terraform/read-stack";
import { renderBudget } from "../deploy/budget/render-budget";
import { type StackBudget, stackBudget } from "../deploy/budget/stack-budget";
import { chooseStacks, projectStacks, type SynthesizedStack } from "./local/synthesized-stacks";

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
  const all = projectStacks(projectRoot);
  const chosen = options.stack === undefined ? all : chooseStacks(all, options.stack);
  const budgets = await Promise.all(chosen.map(budgetOf));
  const shown = options.stack === undefined ? budgets.filter(({ create }) => create.calls > 0) : budgets;
  const text = shown.map(renderBudget).join("\n\n") || "no stack calls API Gateway";
  console.log(options.json ? JSON.stringify(shown, null, 2) : text);
}

async function budgetOf({ folder }: SynthesizedStack): Promise<StackBudget> {
  const root = await terraformRoot(folder);
  return stackBudget(root.content, await readScope(root, (scope) => readResources(scope, root.name)));
}
