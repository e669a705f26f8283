import type { JsonObject } from "../../json";
import { listAt, objectAt, textAt } from "../../json-access";
import { byTypeAndName } from "./by-type-and-name";

/** What a state holds, in the form of Terraform JSON: blocks without arguments, because all values are known. */
export function stateConfiguration(module: JsonObject): JsonObject {
  const resources = listAt(module.resources).map(objectAt);
  const managed = resources.filter(({ mode }) => mode !== "data").map((resource) => [resource, {}] as const);
  const data = resources.filter(({ mode }) => mode === "data").map((resource) => [resource, {}] as const);
  const calls = listAt(module.child_modules).map((child) => callName(objectAt(child)));
  return {
    resource: byTypeAndName(managed),
    data: byTypeAndName(data),
    module: Object.fromEntries(calls.map((name) => [name, { source: name }])),
  };
}

/** The modules of one call, whatever their keys, as one. */
export function calledInState(root: JsonObject, callPath: readonly string[]): JsonObject {
  return callPath.reduce<JsonObject>((module, name) => {
    const instances = listAt(module.child_modules)
      .map(objectAt)
      .filter((child) => callName(child) === name);
    return {
      resources: instances.flatMap((instance) => listAt(instance.resources)),
      child_modules: instances.flatMap((instance) => listAt(instance.child_modules)),
    };
  }, root);
}

function callName(child: JsonObject): string {
  return /module\.([\w-]+)(?:\[[^\]]*\])?$/.exec(textAt(child.address) ?? "")?.[1] ?? "";
}
