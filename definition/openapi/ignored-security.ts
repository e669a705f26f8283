import type { JsonObject } from "../json";
import { listAt, objectAt } from "../json-access";
import { EXTENSION } from "./extensions";
import { operationsOf } from "./operations";
import { isApiKey, isAuthorizer, isSignature } from "./read-security";

/** A route whose document asks for more than API Gateway checks. */
export interface IgnoredSecurity {
  readonly route: string;
  /** Names of the security schemes. */
  readonly schemes: readonly string[];
}

/**
 * Routes of an OpenAPI 3.0 document that are open although their document says otherwise: API Gateway enforces schemes with
 * its own extensions and API keys only, and those of an operation, not those of the document.
 */
export function ignoredSecurity(document: JsonObject): readonly IgnoredSecurity[] {
  const known = objectAt(objectAt(document.components).securitySchemes);
  return operationsOf(document).flatMap(({ operation, httpMethod, resourcePath }) => {
    const isOwn = operation.security !== undefined;
    const requirements = listAt(isOwn ? operation.security : document.security).map(objectAt);
    const schemes = [...new Set(requirements.flatMap(Object.keys))];
    const isEnforced = (name: string) =>
      isAuthorizer(known[name]) ||
      isApiKey(known[name]) ||
      isSignature(known[name]) ||
      operation[EXTENSION.auth] !== undefined;
    const isOptional = requirements.some((requirement) => Object.keys(requirement).length === 0);
    if (schemes.length === 0 || isOptional || (isOwn && schemes.some(isEnforced))) return [];
    return [{ route: `${httpMethod} ${resourcePath}`, schemes }];
  });
}
