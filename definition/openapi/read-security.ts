import { AUTHORIZER_TYPES, type AuthorizerDefinition } from "../authorizer";
import { choose } from "../choice";
import type { Json, JsonObject } from "../json";
import { listAt, numberAt, objectAt, textAt, textsAt } from "../json-access";
import type { MethodDefinition } from "../method";
import { present } from "../present";
import { DEFAULT_AUTHORIZER_RESULT_TTL_SECONDS, EXTENSION } from "./extensions";

/** How a method is guarded. */
export type MethodSecurity = Pick<
  MethodDefinition,
  "authorizationType" | "authorizer" | "authorizationScopes" | "apiKeyRequired"
>;

/** The authorizers among the document's security schemes. */
export function readAuthorizers(schemes: JsonObject): Readonly<Record<string, AuthorizerDefinition>> {
  return Object.fromEntries(
    Object.entries(schemes)
      .filter(([, scheme]) => isAuthorizer(scheme))
      .map(([name, scheme]) => [name, readAuthorizer(objectAt(scheme), name)]),
  );
}

/** What the `security` of an operation asks for; AWS ignores the one at the root of a document. */
export function readSecurity(operation: JsonObject, schemes: JsonObject): MethodSecurity {
  const requirements = listAt(operation.security).flatMap((requirement) => Object.entries(objectAt(requirement)));
  const guard = requirements.find(([name]) => isAuthorizer(schemes[name]));
  const apiKeyRequired = requirements.some(([name]) => isApiKey(schemes[name]));
  if (guard !== undefined) {
    const [authorizer, scopes] = guard;
    const isCognito = authorizerOf(schemes[authorizer]).type === "cognito_user_pools";
    const authorizationType = isCognito ? "COGNITO_USER_POOLS" : "CUSTOM";
    return { authorizationType, authorizer, authorizationScopes: textsAt(scopes), apiKeyRequired };
  }
  const isIam = operationAsksForIam(operation) || requirements.some(([name]) => isSignature(schemes[name]));
  return { authorizationType: isIam ? "AWS_IAM" : "NONE", authorizationScopes: [], apiKeyRequired };
}

function readAuthorizer(scheme: JsonObject, name: string): AuthorizerDefinition {
  const authorizer = authorizerOf(scheme);
  const type = choose(AUTHORIZER_TYPES, authorizer.type, `securitySchemes.${name}`);
  return present({
    type,
    uri: textAt(authorizer.authorizerUri),
    credentials: textAt(authorizer.authorizerCredentials),
    identitySource:
      type === "REQUEST"
        ? textAt(authorizer.identitySource)
        : `method.request.header.${textAt(scheme.name) ?? "Authorization"}`,
    identityValidationExpression: textAt(authorizer.identityValidationExpression),
    resultTtlSeconds: numberAt(authorizer.authorizerResultTtlInSeconds) ?? DEFAULT_AUTHORIZER_RESULT_TTL_SECONDS,
    providerArns: textsAt(authorizer.providerARNs),
  });
}

function authorizerOf(scheme: Json | undefined): JsonObject {
  return objectAt(objectAt(scheme)[EXTENSION.authorizer]);
}

/** True for a scheme that says which authorizer it is. */
export function isAuthorizer(scheme: Json | undefined): boolean {
  return objectAt(scheme)[EXTENSION.authorizer] !== undefined;
}

/** True for the scheme of keys of usage plans. */
export function isApiKey(scheme: Json | undefined): boolean {
  const { type, name, [EXTENSION.authType]: authType } = objectAt(scheme);
  return type === "apiKey" && textAt(name)?.toLowerCase() === "x-api-key" && authType === undefined;
}

/** True for the scheme of requests that are signed with AWS credentials. */
export function isSignature(scheme: Json | undefined): boolean {
  return textAt(objectAt(scheme)[EXTENSION.authType])?.toLowerCase() === "awssigv4";
}

function operationAsksForIam(operation: JsonObject): boolean {
  return textAt(objectAt(operation[EXTENSION.auth]).type)?.toUpperCase() === "AWS_IAM";
}
