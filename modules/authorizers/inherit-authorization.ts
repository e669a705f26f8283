import { present } from "../../definition/present";
import type { MethodOptions } from "../rest-api/method";
import { AuthorizationType } from "./authorization-type";

/**
 * Options of a method or a resource over those that it inherits. What it says of authorization replaces what it inherits
 * and what contradicts that: `authorizationType: AuthorizationType.NONE` opts out of an inherited authorizer. An option
 * that is `undefined` says nothing, so that no authorizer is lost by accident.
 */
export function inheritMethodOptions(inherited: MethodOptions, own: MethodOptions): MethodOptions {
  const said = present(own);
  return { ...withoutAuthorization(inherited), ...inheritedAuthorization(inherited, said), ...said };
}

/** The same options for anybody: browsers send preflights without credentials. */
export function withoutAuthorization(options: MethodOptions): MethodOptions {
  const { authorizer, authorizationType, authorizationScopes, ...others } = options;
  return others;
}

function inheritedAuthorization(inherited: MethodOptions, own: MethodOptions): MethodOptions {
  const { authorizer, authorizationType, authorizationScopes } = inherited;
  const isOwn = own.authorizer !== undefined || own.authorizationType !== undefined;
  const type = own.authorizationType ?? own.authorizer?.authorizationType ?? authorizationType;
  const needsAuthorizer = type === AuthorizationType.CUSTOM || type === AuthorizationType.COGNITO;
  const isCognito = (type ?? authorizer?.authorizationType) === AuthorizationType.COGNITO;
  return {
    ...(authorizer !== undefined && (!isOwn || (needsAuthorizer && own.authorizer === undefined))
      ? { authorizer }
      : {}),
    ...(authorizationType !== undefined && !isOwn ? { authorizationType } : {}),
    ...(authorizationScopes !== undefined && (!isOwn || isCognito) ? { authorizationScopes } : {}),
  };
}
