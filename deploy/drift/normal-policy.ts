import { canonicalJson, compareCodeUnits } from "../../definition/canonical-json";
import type { Json, JsonObject } from "../../definition/json";
import { isList, isObject, objectAt, textAt } from "../../definition/json-access";
import { mapValues } from "../../definition/openapi/members";
import { mapPolicyResources, SHORT_FORM } from "../../definition/resource-policy";

/**
 * The policy that GetRestApi answers: JSON inside a text whose quotes are escaped once more, with the API's own ARN.
 * Source: https://docs.aws.amazon.com/apigateway/latest/api/API_RestApi.html
 *
 * @returns absent where there is none
 */
export function deployedPolicy(text: string | undefined, restApiId: string): JsonObject | undefined {
  if (text === undefined || text === "") return undefined;
  const plain = text.startsWith("{\\") ? String(JSON.parse(`"${text}"`)) : text;
  return withShortForm(objectAt(JSON.parse(plain)), restApiId);
}

/** A policy whose resources of this API are in the short form that needs no id. */
export function withShortForm(policy: JsonObject, restApiId: string): JsonObject {
  const own = new RegExp(`^arn:[^:]+:execute-api:[^:]*:[^:]*:${restApiId}/`);
  return mapPolicyResources(policy, (resource) => resource.replace(own, SHORT_FORM));
}

/** Members of a statement in which one text means the same as a list of it, and whose order means nothing. */
const LISTS: readonly string[] = ["Action", "NotAction", "Resource", "NotResource"];

/**
 * A policy in one of the forms in which AWS may answer it: lists for single values, `"*"` for every principal, ARNs for
 * accounts.
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
 */
export function normalPolicy(policy: JsonObject): JsonObject {
  const statements = isList(policy.Statement) ? policy.Statement : [policy.Statement ?? null];
  return { ...policy, Statement: statements.map(normalStatement) };
}

function normalStatement(statement: Json): Json {
  if (!isObject(statement)) return statement;
  return mapValues(statement, (member, name) => {
    if (LISTS.includes(name)) return sortedList(member);
    if (name === "Principal" || name === "NotPrincipal") return normalPrincipal(member);
    if (name === "Condition") return mapValues(objectAt(member), (test) => mapValues(objectAt(test), sortedList));
    return member;
  });
}

function normalPrincipal(principal: Json): Json {
  if (!isObject(principal)) return principal === "*" ? { AWS: ["*"] } : principal;
  return mapValues(principal, (member, kind) =>
    sortedList(kind === "AWS" ? (isList(member) ? member : [member]).map(accountOf) : member),
  );
}

/** An account is its root user. */
function accountOf(principal: Json): Json {
  const [, account] = /^arn:[^:]+:iam::(\d{12}):root$/.exec(textAt(principal) ?? "") ?? [];
  return account ?? principal;
}

function sortedList(value: Json): Json {
  const items = isList(value) ? value : [value];
  return items
    .map((item) => textAt(item) ?? item)
    .sort((left, right) => compareCodeUnits(canonicalJson(left), canonicalJson(right)));
}
