import type { Json, JsonObject } from "../../json";
import { listAt, objectAt, textAt } from "../../json-access";
import { byTypeAndName } from "./by-type-and-name";
import { type GuessContext, guessBody, guessExpression } from "./guess-expression";
import type { PlanValues } from "./plan-values";

/**
 * The configuration of a plan in the form of Terraform JSON, as far as it tells what expressions refer to.
 *
 * @param module `configuration.root_module`, or the module of a call
 * @param path names of the calls that lead to it
 */
export function configurationOf(
  module: JsonObject,
  path: readonly string[],
  values: PlanValues,
  region: string,
): JsonObject {
  const calls = objectAt(module.module_calls);
  const prefix = path.map((name) => `module.${name}.`).join("");
  const context = (owner: string, passesOn: boolean): GuessContext => ({
    owner: `${prefix}${owner}`,
    region,
    passesOn,
    outputsOf: (name) => Object.keys(objectAt(objectAt(objectAt(calls[name]).module).outputs)),
  });
  const multiplied = (block: JsonObject, address: string): JsonObject => ({
    ...(block.count_expression !== undefined && { count: values.keysOf(`${prefix}${address}`).length }),
    ...(block.for_each_expression !== undefined && {
      for_each: forEachOf(objectAt(block.for_each_expression), `${prefix}${address}`, values),
    }),
  });
  const resources = listAt(module.resources).map(objectAt);
  const blocks = (mode: string): JsonObject =>
    byTypeAndName(
      resources
        .filter((resource) => resource.mode === mode)
        .map((resource) => {
          const address = textAt(resource.address) ?? "";
          const body = guessBody(objectAt(resource.expressions), context(address, false));
          return [resource, { ...body, ...multiplied(resource, address) }] as const;
        }),
    );
  const inputs = (name: string): JsonObject => {
    const call = objectAt(calls[name]);
    const address = `module.${name}`;
    const body = guessBody(objectAt(call.expressions), context(address, true));
    return { ...body, source: textAt(call.source) ?? "", ...multiplied(call, address) };
  };
  const outputs = Object.entries(objectAt(module.outputs)).map(([name, output]) => {
    const value = guessExpression(name, objectAt(objectAt(output).expression), context(`output.${name}`, true));
    return [name, { value }] as const;
  });
  return {
    resource: blocks("managed"),
    data: blocks("data"),
    module: Object.fromEntries(Object.keys(calls).map((name) => [name, inputs(name)])),
    variable: objectAt(module.variables),
    output: Object.fromEntries(outputs),
  };
}

/** Literal maps are in a plan; a call of a function without references can hardly be more than `toset`. */
function forEachOf(expression: JsonObject, address: string, values: PlanValues): Json {
  const isSet = Object.keys(expression).length === 0;
  if (isSet) return values.keysOf(address);
  return guessExpression("for_each", expression, { owner: address, region: "", outputsOf: () => [], passesOn: true });
}
