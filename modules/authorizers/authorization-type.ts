/** How callers of a method are authorized. */
export const AuthorizationType = {
  /** Anybody may call. */
  NONE: "NONE",
  /** Requests are signed with AWS credentials that may invoke the route. */
  IAM: "AWS_IAM",
  /** A Lambda authorizer decides. */
  CUSTOM: "CUSTOM",
  /** Tokens of Cognito user pools. */
  COGNITO: "COGNITO_USER_POOLS",
} as const;
/** One of the ways. */
export type AuthorizationType = (typeof AuthorizationType)[keyof typeof AuthorizationType];
