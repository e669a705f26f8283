import type { Facts } from "../context";
import type { Exchange } from "../exchange";
import { groupByName, headerValue } from "../http/headers";
import { isBinaryMediaType, mediaTypeOf } from "../http/media-types";

const REQUEST_CONTEXT_FACTS = [
  "resourceId",
  "resourcePath",
  "httpMethod",
  "extendedRequestId",
  "requestTime",
  "path",
  "accountId",
  "protocol",
  "stage",
  "domainPrefix",
  "requestTimeEpoch",
  "requestId",
  "domainName",
  "deploymentId",
  "apiId",
];

/**
 * The event of a Lambda proxy integration: 12 keys, null where there is nothing.
 * Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-lambda-proxy-integrations.html#api-gateway-simple-proxy-for-lambda-input-format
 */
export function lambdaProxyEvent(exchange: Exchange): Record<string, unknown> {
  const { method, httpMethod, eventPath, headers, query, pathParameters, stage, request } = exchange;
  const contentType = mediaTypeOf(headerValue(headers, "content-type"));
  const isBinary = request.body.length > 0 && isBinaryMediaType(contentType, stage.api.binaryMediaTypes);
  return {
    resource: method.resourcePath,
    path: eventPath,
    httpMethod,
    headers: orNull(Object.fromEntries(headers)),
    multiValueHeaders: orNull(Object.fromEntries(groupByName(headers))),
    queryStringParameters: orNull(Object.fromEntries(query)),
    multiValueQueryStringParameters: orNull(Object.fromEntries(groupByName(query))),
    pathParameters: orNull(pathParameters),
    stageVariables: orNull(stage.definition.variables),
    requestContext: requestContext(exchange),
    body: request.body.length === 0 ? null : request.body.toString(isBinary ? "base64" : "utf8"),
    isBase64Encoded: isBinary,
  };
}

/**
 * What a REQUEST authorizer gets besides type and method: no body, and empty maps where there is nothing.
 * Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-lambda-authorizer-input.html
 */
export function requestEvent(exchange: Exchange): Record<string, unknown> {
  const { method, httpMethod, eventPath, headers, query, pathParameters, stage } = exchange;
  return {
    resource: method.resourcePath,
    path: eventPath,
    httpMethod,
    headers: Object.fromEntries(headers),
    multiValueHeaders: Object.fromEntries(groupByName(headers)),
    queryStringParameters: Object.fromEntries(query),
    multiValueQueryStringParameters: Object.fromEntries(groupByName(query)),
    pathParameters,
    stageVariables: stage.definition.variables,
    requestContext: withSentKey(exchange, requestContext(exchange)),
  };
}

/** An authorizer is asked before the key is, and sees what was sent; which key it is, nobody knows yet. */
function withSentKey({ method, headers, stage }: Exchange, context: RequestContext): RequestContext {
  if (!method.apiKeyRequired || stage.api.apiKeySource !== "HEADER") return context;
  const apiKey = headerValue(headers, "x-api-key");
  return apiKey === undefined ? context : { ...context, identity: { ...context.identity, apiKey } };
}

/** What functions find below `requestContext`. */
interface RequestContext {
  readonly identity: Readonly<Record<string, unknown>>;
  readonly [fact: string]: unknown;
}

function requestContext({ facts, caller, method }: Exchange): RequestContext {
  const context: Record<string, unknown> = {};
  for (const name of REQUEST_CONTEXT_FACTS) context[name] = facts.get(name) ?? null;
  const identity = identityOf(facts);
  // What the authorizer took is there on AWS, too: 0 for a remembered decision.
  const took = method.authorizationType === "CUSTOM" && {
    integrationLatency: facts.get("authorizer.integrationLatency") ?? 0,
  };
  return Object.assign(context, { identity }, caller && { authorizer: { ...caller.context, ...took } });
}

const IDENTITY = "identity.";

function identityOf(facts: Facts): Record<string, unknown> {
  const identity: Record<string, unknown> = {};
  for (const [name, fact] of facts) {
    if (name.startsWith(IDENTITY)) identity[name.slice(IDENTITY.length)] = fact === null ? null : String(fact);
  }
  return identity;
}

function orNull<T>(record: Readonly<Record<string, T>>): Readonly<Record<string, T>> | null {
  return Object.keys(record).length === 0 ? null : record;
}
