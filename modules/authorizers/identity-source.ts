/**
 * Where an authorizer finds who calls. Same names as AWS CDK's `IdentitySource`.
 * Source: https://docs.aws.amazon.com/apigateway/latest/api/API_CreateAuthorizer.html
 */
export const IdentitySource = {
  /** A header of the request, as in `Authorization`. */
  header: (headerName: string): string => `method.request.header.${headerName}`,
  /** A parameter of the query. */
  queryString: (queryString: string): string => `method.request.querystring.${queryString}`,
  /** A stage variable. */
  stageVariable: (stageVariable: string): string => `stageVariables.${stageVariable}`,
  /** A fact of the request, as in `identity.sourceIp`. */
  context: (context: string): string => `context.${context}`,
} as const;

/** The source that authorizers read unless told otherwise. */
export const DEFAULT_IDENTITY_SOURCE = IdentitySource.header("Authorization");

/** Seconds that decisions are cached unless said otherwise; AWS's default. */
export const DEFAULT_RESULTS_CACHE_SECONDS = 300;
