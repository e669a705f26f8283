/** Fact of the request → where a mapping template finds it. AWS CDK's names. */
const FACTS = {
  accountId: "$context.identity.accountId",
  apiId: "$context.apiId",
  apiKey: "$context.identity.apiKey",
  authorizerPrincipalId: "$context.authorizer.principalId",
  caller: "$context.identity.caller",
  cognitoAuthenticationProvider: "$context.identity.cognitoAuthenticationProvider",
  cognitoAuthenticationType: "$context.identity.cognitoAuthenticationType",
  cognitoIdentityId: "$context.identity.cognitoIdentityId",
  cognitoIdentityPoolId: "$context.identity.cognitoIdentityPoolId",
  httpMethod: "$context.httpMethod",
  requestId: "$context.requestId",
  resourceId: "$context.resourceId",
  resourcePath: "$context.resourcePath",
  sourceIp: "$context.identity.sourceIp",
  stage: "$context.stage",
  user: "$context.identity.user",
  userAgent: "$context.identity.userAgent",
  userArn: "$context.identity.userArn",
} as const;

/**
 * Which facts of a request are handed on: those that are true.
 * Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-mapping-template-reference.html
 */
export type RequestContext = { readonly [Fact in keyof typeof FACTS]?: boolean };

function isFact(name: string): name is keyof typeof FACTS {
  return name in FACTS;
}

/** Name and expression of each fact, in the order of their names. */
export const REQUEST_FACTS: readonly (readonly [keyof RequestContext, string])[] = Object.keys(FACTS)
  .filter(isFact)
  .map((name) => [name, FACTS[name]] as const);
