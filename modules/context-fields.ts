import type { IConstruct } from "constructs";

/** A construct carries further fields under this key, so that they are found without `instanceof`. */
const FIELDS = Symbol.for("headgate/context-fields");

/**
 * Names `$context` variables that AWS has added and this version does not know: templates, mappings and access logs of a
 * stack, or of anything else that holds APIs, may then use them. Call it before the APIs are declared.
 *
 * ```ts
 * allowContextFields(stack, ["identity.country"]);
 * ```
 *
 * @param fields names without `$context.`
 */
export function allowContextFields(scope: IConstruct, fields: readonly string[]): void {
  Object.defineProperty(scope, FIELDS, { value: [...fieldsOn(scope), ...fields], configurable: true });
}

/** What was allowed around a construct. */
export function allowedContextFields(construct: IConstruct): readonly string[] {
  return construct.node.scopes.flatMap(fieldsOn);
}

function fieldsOn(scope: IConstruct): readonly string[] {
  const fields: unknown = Reflect.get(scope, FIELDS);
  return Array.isArray(fields) ? fields.map(String) : [];
}
