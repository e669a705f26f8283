import type { Json, JsonObject } from "./json";
import { isList, isObject } from "./json-access";
import { mapValues } from "./openapi/members";

/** How a resource policy names resources of its own API without the API's id. */
export const SHORT_FORM = "execute-api:/";

const RESOURCES: readonly string[] = ["Resource", "NotResource"];

/** The policy with other resources. */
export function mapPolicyResources(policy: JsonObject, transform: (resource: string) => string): JsonObject {
  const visit = (resource: Json): Json => {
    if (isList(resource)) return resource.map(visit);
    return typeof resource === "string" ? transform(resource) : resource;
  };
  const statement = (value: Json): Json => {
    if (isList(value)) return value.map(statement);
    if (!isObject(value)) return value;
    return mapValues(value, (member, name) => (RESOURCES.includes(name) ? visit(member) : member));
  };
  return mapValues(policy, (member, name) => (name === "Statement" ? statement(member) : member));
}
