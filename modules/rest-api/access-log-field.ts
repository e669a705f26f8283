import { isSlipOf, nearestName } from "../nearest-name";

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

/** A fact of something that is written almost like `$context`, as in `$contxt.requestId`. */
export function misspeltContext(text: string, fields: readonly string[]): UnknownField | undefined {
  const found = [...text.matchAll(/\$!?\{?(\w+)\.(\w[\w-]*(?:\.\w[\w-]*)*)/g)].find(([, root = ""]) =>
    isSlipOf(root, "context"),
  );
  if (found === undefined) return undefined;
  const [, root = "", field = ""] = found;
  return { field: `$${root}.${field}`, nearest: `$context.${nearestName(field, fields)}` };
}

/**
 * The first `$context` variable in an access log format that API Gateway does not know. Names are case-sensitive.
 * @param allowed fields that are not in the list, and that AWS has all the same
 */
export function unknownField(format: string, allowed: readonly string[]): UnknownField | undefined {
  const fields = [...FIELDS, ...allowed];
  const misspelt = misspeltContext(format, fields);
  if (misspelt !== undefined) return misspelt;
  const names = [...format.matchAll(/\$context\.(\w[\w-]*(?:\.\w[\w-]*)*)/g)].map(([, name = ""]) => name);
  // No field but those that APIs choose has a hyphen, so it may also be text between two fields.
  const isKnown = (name: string) => OPEN_FIELDS.test(name) || fields.includes(name.split("-")[0] ?? name);
  const field = names.find((name) => !isKnown(name));
  return field === undefined
    ? undefined
    : { field: `$context.${field}`, nearest: `$context.${nearestName(field, fields)}` };
}
