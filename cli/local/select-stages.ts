import { ConfigurationError } from "../../definition/configuration-error";
import type { StackDefinition } from "../../definition/stack";

/**
 * A stack with these stages alone, and with the APIs that have one of them.
 *
 * @param names of stages; all when it is empty
 * @throws ConfigurationError STAGE_NOT_THERE
 */
export function selectStages(stack: StackDefinition, names: readonly string[]): StackDefinition {
  if (names.length === 0) return stack;
  const known = new Set(stack.apis.flatMap(({ stages }) => stages.map(({ name }) => name)));
  const missing = names.find((name) => !known.has(name));
  if (missing !== undefined) {
    const problem = `there is no stage "${missing}"`;
    const fix = known.size === 0 ? "add a stage to an API" : `use ${[...known].join(", ")}`;
    throw new ConfigurationError("STAGE_NOT_THERE", `${stack.name}, --stage`, problem, fix);
  }
  const apis = stack.apis.map((api) => ({ ...api, stages: api.stages.filter(({ name }) => names.includes(name)) }));
  return { ...stack, apis: apis.filter(({ stages }) => stages.length > 0) };
}
