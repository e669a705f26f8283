import type { IConstruct } from "constructs";
import type { AuthorizationType } from "../authorizers/authorization-type";
import type { IAuthorizer } from "../authorizers/authorizer";
import { type Check, runChecks } from "./check";

interface AuthorizationSubject {
  readonly route: string;
  readonly authorizationType: AuthorizationType;
  readonly authorizer?: IAuthorizer;
  readonly authorizationScopes?: readonly string[];
}

/** Source: https://docs.aws.amazon.com/apigateway/latest/api/API_PutMethod.html */
const CHECKS: readonly Check<AuthorizationSubject>[] = [
  {
    code: "AUTHORIZER_MISSING",
    problem: ({ authorizationType, authorizer, route }) =>
      (authorizationType === "CUSTOM" || authorizationType === "COGNITO_USER_POOLS") && authorizer === undefined
        ? `authorizationType of "${route}" is ${authorizationType}, but it has no authorizer`
        : undefined,
    fix: "pass authorizer; the type follows from it",
  },
  {
    code: "AUTHORIZATION_CONTRADICTION",
    problem: ({ authorizationType, authorizer, route }) =>
      authorizer !== undefined && authorizer.authorizationType !== authorizationType
        ? `authorizationType of "${route}" is ${authorizationType}, but its authorizer "${authorizer.authorizerName}" makes it ${authorizer.authorizationType}`
        : undefined,
    fix: "remove authorizationType or authorizer",
  },
  {
    code: "AUTHORIZATION_SCOPES_WITHOUT_COGNITO",
    problem: ({ authorizationType, authorizationScopes = [], route }) =>
      authorizationScopes.length > 0 && authorizationType !== "COGNITO_USER_POOLS"
        ? `"${route}" has authorizationScopes, but its authorizationType is ${authorizationType}`
        : undefined,
    fix: "use a CognitoUserPoolsAuthorizer, or check scopes where the token is checked",
  },
];

/** Records each contradiction about who may call a method. */
export function checkAuthorization(scope: IConstruct, subject: AuthorizationSubject): void {
  runChecks(scope, CHECKS, subject);
}

/** Cache keys that must be there for answers not to be mixed up between callers. */
export function callerKeys(authorizer: IAuthorizer | undefined): readonly string[] {
  const sources = authorizer?.identitySources.filter((source) => source.startsWith("method.request.")) ?? [];
  return sources.length > 0 ? sources : ["method.request.header.Authorization"];
}
