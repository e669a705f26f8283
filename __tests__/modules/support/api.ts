import type { JsonObject } from "../../../definition/json";
import { type HeadgateStack, type MethodOptions, RestApi, type RestApiProps } from "../../../modules";
import type { Integration } from "../../../modules/integrations/integration";
import { documentOf, synthApi, type TerraformJson } from "../../../modules/testing";

/** Synthesizes a stack with one API called `Api`. */
export function synthWithApi(
  build: (api: RestApi, stack: HeadgateStack) => void,
  props: RestApiProps = {},
): TerraformJson {
  return synthApi((stack) => build(new RestApi(stack, "Api", props), stack));
}

/** The operation that one route becomes in the imported document. */
export function operation(terraform: TerraformJson, route: string): JsonObject {
  const [verb = "", path = ""] = route.split(" ");
  const key = verb === "ANY" ? "x-amazon-apigateway-any-method" : verb.toLowerCase();
  return member(documentOf(terraform), "paths", path, key);
}

/** The integration of one route in the imported document. */
export function integrationOf(terraform: TerraformJson, route: string): JsonObject {
  return member(operation(terraform, route), "x-amazon-apigateway-integration");
}

/** The operation of a stack with nothing but `GET /items/{id}`. */
export function synthMethod(integration: Integration | undefined, options: MethodOptions = {}): TerraformJson {
  return synthWithApi((api) => {
    api.root.resourceForPath("items/{id}").addMethod("GET", integration, options);
  });
}

/** An object inside an object. Throws when there is none. */
export function member(object: JsonObject, ...path: readonly string[]): JsonObject {
  return path.reduce((current: JsonObject, name) => {
    const next = current[name];
    if (typeof next !== "object" || next === null || Array.isArray(next)) {
      throw new Error(`no object at ${path.join(" → ")}, only ${Object.keys(current).join(", ")}`);
    }
    return next as JsonObject;
  }, object);
}
