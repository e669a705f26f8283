import type { MethodDefinition } from "../../definition/method";
import { mapValues } from "../../definition/openapi/members";
import { routeKey } from "../../definition/openapi/operation-id";
import type { RestApiDefinition } from "../../definition/rest-api";

/**
 * What is deployed, with the declared names for models that nobody has named: AWS gives names of its own to schemas that stand
 * inside of an operation. Whether they say the same shows when models are compared.
 */
export function alignModels(declared: RestApiDefinition, deployed: RestApiDefinition): RestApiDefinition {
  const ours = new Map(declared.methods.map((method) => [routeKey(method), modelsByPlace(method)]));
  const pairs = deployed.methods.flatMap((method) =>
    Object.entries(modelsByPlace(method)).flatMap(([place, theirName]) => {
      const ourName = ours.get(routeKey(method))?.[place];
      const isNameOfAws = !Object.hasOwn(declared.models, theirName);
      return ourName !== undefined && isNameOfAws && !Object.hasOwn(deployed.models, ourName)
        ? [[theirName, ourName] as const]
        : [];
    }),
  );
  if (pairs.length === 0) return deployed;
  const names = new Map(pairs);
  const renamed = (name: string) => names.get(name) ?? name;
  return {
    ...deployed,
    models: Object.fromEntries(Object.entries(deployed.models).map(([name, model]) => [renamed(name), model])),
    methods: deployed.methods.map((method) => ({
      ...method,
      requestModels: mapValues(method.requestModels, renamed),
      methodResponses: mapValues(method.methodResponses, (response) => ({
        ...response,
        responseModels: mapValues(response.responseModels, renamed),
      })),
    })),
  };
}

/** Names of models, by where a method says them. */
function modelsByPlace({ requestModels, methodResponses }: MethodDefinition): Readonly<Record<string, string>> {
  const ofResponses = Object.entries(methodResponses).flatMap(([status, { responseModels }]) =>
    Object.entries(responseModels).map(([type, model]) => [`${status} ${type}`, model]),
  );
  return { ...requestModels, ...Object.fromEntries(ofResponses) };
}
