/** Kinds of authorizer. Source: https://docs.aws.amazon.com/apigateway/latest/api/API_Authorizer.html */
export const AUTHORIZER_TYPES = ["TOKEN", "REQUEST", "COGNITO_USER_POOLS"] as const;
export type AuthorizerType = (typeof AUTHORIZER_TYPES)[number];

/** A Lambda or Cognito authorizer of an API. */
export interface AuthorizerDefinition {
  readonly type: AuthorizerType;
  /** Invocation URI of the Lambda function; absent on Cognito. */
  readonly uri?: string;
  readonly credentials?: string;
  /** `method.request.header.X`, several joined by commas for REQUEST. */
  readonly identitySource?: string;
  readonly identityValidationExpression?: string;
  /** 0 to 3,600 s; 0 switches the result cache off. */
  readonly resultTtlSeconds: number;
  readonly providerArns: readonly string[];
}
