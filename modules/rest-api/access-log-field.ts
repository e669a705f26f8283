/**
 * What the access log of a REST API can hold, without `$context.`.
 * Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-variables-for-access-logging.html
 */
export const FIELDS: readonly string[] = [
  "accountId",
  "apiId",
  "authenticate.error",
  "authenticate.latency",
  "authenticate.status",
  "authorize.error",
  "authorize.latency",
  "authorize.status",
  "authorizer.error",
  "authorizer.integrationLatency",
  "authorizer.integrationStatus",
  "authorizer.latency",
  "authorizer.principalId",
  "authorizer.requestId",
  "authorizer.status",
  "awsEndpointRequestId",
  "cipherSuite",
  "customDomain.basePathMatched",
  "customDomain.routingRuleIdMatched",
  "deploymentId",
  "domainName",
  "domainPrefix",
  "endpointType",
  "error.message",
  "error.messageString",
  "error.responseType",
  "error.validationErrorString",
  "extendedRequestId",
  "httpMethod",
  "identity.accessKey",
  "identity.accountId",
  "identity.apiKey",
  "identity.apiKeyId",
  "identity.caller",
  "identity.clientCert.clientCertPem",
  "identity.clientCert.issuerDN",
  "identity.clientCert.serialNumber",
  "identity.clientCert.subjectDN",
  "identity.clientCert.validity.notAfter",
  "identity.clientCert.validity.notBefore",
  "identity.cognitoAuthenticationProvider",
  "identity.cognitoAuthenticationType",
  "identity.cognitoIdentityId",
  "identity.cognitoIdentityPoolId",
  "identity.principalOrgId",
  "identity.sourceIp",
  "identity.user",
  "identity.userAgent",
  "identity.userArn",
  "identity.vpcId",
  "identity.vpceId",
  "integration.error",
  "integration.integrationStatus",
  "integration.latency",
  "integration.requestId",
  "integration.responseTransferMode",
  "integration.status",
  "integration.timeToAllHeaders",
  "integration.timeToFirstContent",
  "integrationLatency",
  "integrationStatus",
  "isCanary",
  "isCanaryRequest",
  "path",
  "protocol",
  "requestId",
  "requestTime",
  "requestTimeEpoch",
  "resourceId",
  "resourcePath",
  "responseLatency",
  "responseLength",
  "responseOverride.status",
  "stage",
  "status",
  "tlsVersion",
  "waf.error",
  "waf.latency",
  "waf.status",
  "wafResponseCode",
  "webaclArn",
  "xrayTraceId",
];

/** Fields whose last part is chosen by the API, such as a claim or what an authorizer returned. */
export const OPEN_FIELDS =
  /^(?:authorizer(?:\.claims)?|requestOverride\.(?:header|path|querystring)|responseOverride\.header)\.[\w-]+/;

/** A field that no access log has, and the nearest one that it may have meant. */
export interface UnknownField {
  readonly field: string;
  readonly nearest: string;
}

/** The first `$context` variable in an access log format that API Gateway does not know. Names are case-sensitive. */
export function unknownField(format: string): UnknownField | undefined {
  const names = [...format.matchAll(/\$context\.(\w[\w-]*(?:\.\w[\w-]*)*)/g)].map(([, name = ""]) => name);
  const field = names.find((name) => !FIELDS.includes(name) && !OPEN_FIELDS.test(name));
  return field === undefined ? undefined : { field: `$context.${field}`, nearest: `$context.${nearestField(field)}` };
}

/** The field that a name may have meant. */
export function nearestField(name: string, fields: readonly string[] = FIELDS): string {
  const distances = fields.map((field) => [distance(name.toLowerCase(), field.toLowerCase()), field] as const);
  return distances.reduce((best, next) => (next[0] < best[0] ? next : best))[1];
}

/** Levenshtein's: how many letters must be put in, left out or replaced. */
function distance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (let i = 1; i <= from.length; i++) {
    const next = [i];
    for (let j = 1; j <= to.length; j++) {
      const replaced = (row[j - 1] ?? 0) + Number(from[i - 1] !== to[j - 1]);
      next.push(Math.min(replaced, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[to.length] ?? 0;
}
