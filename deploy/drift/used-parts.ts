import { referredModels } from "../../definition/model-reference";
import type { RestApiDefinition } from "../../definition/rest-api";

/** Models that routes name, and those that these refer to. */
export function usedModels({ methods, models }: RestApiDefinition): ReadonlySet<string> {
  const used = new Set<string>();
  const use = (name: string): void => {
    if (used.has(name)) return;
    used.add(name);
    for (const other of referredModels(models[name]?.schema ?? {})) use(other);
  };
  for (const { requestModels, methodResponses } of methods) {
    for (const name of Object.values(requestModels)) use(name);
    for (const { responseModels } of Object.values(methodResponses))
      for (const name of Object.values(responseModels)) use(name);
  }
  return used;
}

/** Request validators that routes name. */
export function usedValidators({ methods }: RestApiDefinition): ReadonlySet<string> {
  return new Set(methods.flatMap(({ requestValidator }) => requestValidator ?? []));
}

/** Authorizers that routes name. */
export function usedAuthorizers({ methods }: RestApiDefinition): ReadonlySet<string> {
  return new Set(methods.flatMap(({ authorizer }) => authorizer ?? []));
}
