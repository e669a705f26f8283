/**
 * Fields of an access log, under the names that AWS CDK gives them, as in
 * `AccessLogFormat.json({ id: AccessLogField.contextRequestId() })`. The plain text `$context.requestId` does as well.
 * Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-variables-for-access-logging.html
 */
export const AccessLogField = {
  contextOwnerAccountId: () => "$context.accountId",
  contextApiId: () => "$context.apiId",
  contextAuthorizerIntegrationLatency: () => "$context.authorizer.integrationLatency",
  contextAuthorizerPrincipalId: () => "$context.authorizer.principalId",
  contextAwsEndpointRequestId: () => "$context.awsEndpointRequestId",
  contextCallerAccountId: () => "$context.identity.accountId",
  contextDomainName: () => "$context.domainName",
  contextDomainPrefix: () => "$context.domainPrefix",
  contextErrorMessage: () => "$context.error.message",
  contextErrorMessageString: () => "$context.error.messageString",
  contextErrorResponseType: () => "$context.error.responseType",
  contextErrorValidationErrorString: () => "$context.error.validationErrorString",
  contextExtendedRequestId: () => "$context.extendedRequestId",
  contextHttpMethod: () => "$context.httpMethod",
  contextIdentityAccountId: () => "$context.identity.accountId",
  contextIdentityApiKey: () => "$context.identity.apiKey",
  contextIdentityApiKeyId: () => "$context.identity.apiKeyId",
  contextIdentityCaller: () => "$context.identity.caller",
  contextIdentityClientCertPem: () => "$context.identity.clientCert.clientCertPem",
  contextIdentityClientCertSerialNumber: () => "$context.identity.clientCert.serialNumber",
  contextIdentityClientCertSubjectDN: () => "$context.identity.clientCert.subjectDN",
  contextIdentityClientCertIssuerDN: () => "$context.identity.clientCert.issuerDN",
  contextIdentityClientCertValidityNotAfter: () => "$context.identity.clientCert.validity.notAfter",
  contextIdentityClientCertValidityNotBefore: () => "$context.identity.clientCert.validity.notBefore",
  contextIdentityCognitoAuthenticationProvider: () => "$context.identity.cognitoAuthenticationProvider",
  contextIdentityCognitoAuthenticationType: () => "$context.identity.cognitoAuthenticationType",
  contextIdentityCognitoIdentityId: () => "$context.identity.cognitoIdentityId",
  contextIdentityCognitoIdentityPoolId: () => "$context.identity.cognitoIdentityPoolId",
  contextIdentityPrincipalOrgId: () => "$context.identity.principalOrgId",
  contextIdentitySourceIp: () => "$context.identity.sourceIp",
  contextIdentityUser: () => "$context.identity.user",
  contextIdentityUserAgent: () => "$context.identity.userAgent",
  contextIdentityUserArn: () => "$context.identity.userArn",
  contextIntegrationLatency: () => "$context.integrationLatency",
  contextIntegrationStatus: () => "$context.integrationStatus",
  contextPath: () => "$context.path",
  contextProtocol: () => "$context.protocol",
  contextRequestId: () => "$context.requestId",
  contextRequestTime: () => "$context.requestTime",
  contextRequestTimeEpoch: () => "$context.requestTimeEpoch",
  contextResourceId: () => "$context.resourceId",
  contextResourcePath: () => "$context.resourcePath",
  contextResponseLatency: () => "$context.responseLatency",
  contextResponseLength: () => "$context.responseLength",
  contextResponseOverrideStatus: () => "$context.responseOverride.status",
  contextStage: () => "$context.stage",
  contextStatus: () => "$context.status",
  contextWafResponseCode: () => "$context.wafResponseCode",
  contextWebaclArn: () => "$context.webaclArn",
  contextXrayTraceId: () => "$context.xrayTraceId",
  /** What a Lambda authorizer returned under this name in its `context`. */
  contextAuthorizer: (property: string) => `$context.authorizer.${property}`,
  /** A claim of the token that a Cognito user pool issued. */
  contextAuthorizerClaims: (property: string) => `$context.authorizer.claims.${property}`,
  /** A header that a mapping template set on the request to the backend. */
  contextRequestOverrideHeader: (name: string) => `$context.requestOverride.header.${name}`,
  /** A path parameter that a mapping template set on the request to the backend. */
  contextRequestOverridePath: (name: string) => `$context.requestOverride.path.${name}`,
  /** A query parameter that a mapping template set on the request to the backend. */
  contextRequestOverrideQuerystring: (name: string) => `$context.requestOverride.querystring.${name}`,
  /** A header that a mapping template set on the answer. */
  contextResponseOverrideHeader: (name: string) => `$context.responseOverride.header.${name}`,
} as const;
