import type { AuthorizerDefinition } from "../authorizer";
import { ConfigurationError } from "../configuration-error";
import type { Json, JsonObject } from "../json";
import type { MethodDefinition } from "../method";
import type { RestApiDefinition } from "../rest-api";
import { DEFAULT_AUTHORIZER_RESULT_TTL_SECONDS, EXTENSION } from "./extensions";
import { compact, mapValues } from "./members";
import { routeKey } from "./operation-id";
import { isApiKey, isSignature } from "./read-security";

const HEADER_PREFIX = "method.request.header.";

/** Names that the document gives to the two ways of access that are no authorizer. */
export interface SchemeNames {
  readonly apiKey: string;
  readonly iam: string;
}

/**
 * Names as AWS's own export has them, moved out of the way of authorizers that are called the same.
 *
 * @param schemes security schemes of the document that this one is merged into: theirs are used, others left alone
 */
export function schemeNames(api: RestApiDefinition, schemes: JsonObject = {}): SchemeNames {
  const named = (isSo: (scheme: Json) => boolean) => Object.keys(schemes).find((name) => isSo(schemes[name] ?? null));
  const taken = { ...schemes, ...api.authorizers };
  return {
    apiKey: named(isApiKey) ?? freeName("api_key", taken),
    iam: named(isSignature) ?? freeName("sigv4", taken),
  };
}

/**
 * `components.securitySchemes`.
 * Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-swagger-extensions-authorizer.html
 */
export function writeSecuritySchemes(api: RestApiDefinition, names: SchemeNames): JsonObject {
  return compact({
    ...mapValues(api.authorizers, writeAuthorizer),
    [names.apiKey]: api.methods.some((method) => method.apiKeyRequired)
      ? { type: "apiKey", name: "x-api-key", in: "header" }
      : undefined,
    [names.iam]: api.methods.some((method) => method.authorizationType === "AWS_IAM")
      ? { type: "apiKey", name: "Authorization", in: "header", [EXTENSION.authType]: "awsSigv4" }
      : undefined,
  });
}

/**
 * `security` of one operation: one requirement that asks for everything at once.
 *
 * @throws ConfigurationError `AUTHORIZER_UNKNOWN`
 */
export function writeSecurity(method: MethodDefinition, api: RestApiDefinition, names: SchemeNames): readonly Json[] {
  const requirement = compactScopes({
    [names.apiKey]: method.apiKeyRequired ? [] : undefined,
    [names.iam]: method.authorizationType === "AWS_IAM" ? [] : undefined,
    ...authorizerRequirement(method, api),
  });
  return Object.keys(requirement).length === 0 ? [] : [requirement];
}

function authorizerRequirement(method: MethodDefinition, api: RestApiDefinition): Record<string, readonly string[]> {
  if (method.authorizer === undefined) return {};
  if (Object.hasOwn(api.authorizers, method.authorizer)) return { [method.authorizer]: method.authorizationScopes };
  throw new ConfigurationError(
    "AUTHORIZER_UNKNOWN",
    routeKey(method),
    `the authorizer "${method.authorizer}" is not one of the API's authorizers`,
    "declare the authorizer on the API, or name one that is",
  );
}

function writeAuthorizer(authorizer: AuthorizerDefinition): JsonObject {
  const isRequest = authorizer.type === "REQUEST";
  return {
    type: "apiKey",
    // AWS ignores the name on REQUEST authorizers and documents this value for them.
    name: isRequest ? "Unused" : headerName(authorizer),
    in: "header",
    [EXTENSION.authType]: authorizer.type === "COGNITO_USER_POOLS" ? "cognito_user_pools" : "custom",
    [EXTENSION.authorizer]: compact({
      type: authorizer.type.toLowerCase(),
      authorizerUri: authorizer.uri,
      authorizerCredentials: authorizer.credentials,
      identitySource: isRequest ? authorizer.identitySource : undefined,
      identityValidationExpression: authorizer.identityValidationExpression,
      authorizerResultTtlInSeconds:
        authorizer.resultTtlSeconds === DEFAULT_AUTHORIZER_RESULT_TTL_SECONDS ? undefined : authorizer.resultTtlSeconds,
      providerARNs: authorizer.providerArns,
    }),
  };
}

function headerName({ identitySource }: AuthorizerDefinition): string {
  if (identitySource === undefined) return "Authorization";
  return identitySource.startsWith(HEADER_PREFIX) ? identitySource.slice(HEADER_PREFIX.length) : identitySource;
}

function compactScopes(schemes: Readonly<Record<string, readonly string[] | undefined>>): JsonObject {
  return Object.fromEntries(
    Object.entries(schemes).filter((entry): entry is [string, readonly string[]] => entry[1] !== undefined),
  );
}

function freeName(wanted: string, taken: object): string {
  return Object.hasOwn(taken, wanted) ? freeName(`${wanted}_`, taken) : wanted;
}
