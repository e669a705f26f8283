import { TerraformStack } from "cdktf";
import type { IConstruct } from "constructs";
import { ConfigurationError } from "../../definition/configuration-error";
import { recordFinding } from "./findings";

/** Names of the functions of each stack, with the function that has them. */
const namesByStack = new WeakMap<TerraformStack, Map<string, IConstruct>>();

/** Reports `FUNCTION_NAME_TAKEN` for the second function of a stack with a name, as of two functions from one bundle. */
export function claimName(scope: IConstruct, functionName: string): void {
  const stack = TerraformStack.of(scope);
  const names = namesByStack.get(stack) ?? new Map<string, IConstruct>();
  namesByStack.set(stack, names);
  const owner = names.get(functionName);
  if (owner === undefined) {
    names.set(functionName, scope);
    return;
  }
  recordFinding(
    scope,
    new ConfigurationError(
      "FUNCTION_NAME_TAKEN",
      scope.node.path,
      `functionName "${functionName}" is that of ${owner.node.path}`,
      "give one of them another functionName",
    ),
  );
}
