import { ConfigurationError } from "../../definition/configuration-error";
import type { FunctionDefinition } from "../../definition/function";
import type { LocalConfig } from "../../local/config";
import { isRunnable } from "../../local/lambda/functions";

/**
 * The functions that `--inspect` means: all of Node.js, or the one that is named, whole or by the end of its name.
 *
 * @throws ConfigurationError INSPECTED_FUNCTION_UNKNOWN
 */
export function inspectedFunctions(
  inspect: string | true | undefined,
  functions: readonly FunctionDefinition[],
  config: LocalConfig,
): readonly string[] {
  if (inspect === undefined) return [];
  const names = functions
    .filter(({ name, packageFile }) => packageFile !== undefined && !isRunnable(config.functions[name]))
    .map(({ name }) => name);
  if (inspect === true && names.length > 0) return names;
  const found = names.filter((name) => name === inspect);
  const meant = found.length > 0 ? found : names.filter((name) => name.endsWith(`-${inspect}`));
  if (meant.length === 1) return meant;
  const problem =
    inspect === true
      ? "the stack has no function that runs on Node.js here"
      : `${meant.length === 0 ? "no function" : "more than one function"} is called "${inspect}"`;
  const fix = names.length === 0 ? "leave --inspect out" : `use one of: ${names.join(", ")}`;
  throw new ConfigurationError("INSPECTED_FUNCTION_UNKNOWN", "--inspect", problem, fix);
}
