import type { Answer, Exchange } from "../exchange";
import type { BackendResponse, HeaderLines } from "../host/host";
import { NOT_PROXIED, remapResponseHeaders } from "../http/header-rules";
import { headerValue, replaceHeaders, withoutHeaders } from "../http/headers";
import { acceptsBinary, isBinaryMediaType, mediaTypeOf } from "../http/media-types";
import { convertRequest, convertResponse, payloadBytes } from "./content-handling";
import { mapRequestParameters, refuseFatalMappings } from "./map-request";
import { mergedQuery, sendRequest, withQuery } from "./send-request";
import { fillPlaceholders, integrationUri } from "./uri";

/**
 * HTTP_PROXY: request and response pass as they are, but for the headers that end at a proxy.
 * Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/setup-http-integrations.html
 */
export async function httpProxy(exchange: Exchange): Promise<Answer> {
  refuseFatalMappings(exchange);
  const uri = integrationUri(exchange);
  const { headers: mappedHeaders, query: mappedQuery, path } = mapRequestParameters(exchange);
  const { facts, headers, query, rawQuery, stage } = exchange;
  const added = [
    ["X-Amzn-Apigateway-Api-Id", stage.apiId],
    ["X-Amzn-Trace-Id", String(facts.get("xrayTraceId"))],
  ] as const;
  const response = await sendRequest(exchange, {
    url: withQuery(fillPlaceholders(uri, path), mergedQuery(rawQuery, query, mappedQuery)),
    headers: replaceHeaders(withoutSignature(exchange, withoutHeaders(headers, NOT_PROXIED)), added),
    mappedHeaders,
    body: requestBody(exchange),
  });
  const contentType = headerValue(response.headers, "content-type");
  return {
    from: "integration",
    status: response.status,
    headers: remapResponseHeaders(response.headers),
    body: responseBody(exchange, response, contentType),
  };
}

/**
 * A signature is for API Gateway alone; a token of another kind passes.
 * Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-known-issues.html
 */
function withoutSignature({ method }: Exchange, headers: HeaderLines): HeaderLines {
  const isSigned = headerValue(headers, "authorization")?.startsWith("AWS4-HMAC-SHA256") ?? false;
  return isSigned || method.authorizationType === "AWS_IAM" ? withoutHeaders(headers, AUTHORIZATION) : headers;
}

const AUTHORIZATION: ReadonlySet<string> = new Set(["authorization"]);

function requestBody({ request, headers, stage, method }: Exchange): Buffer {
  const contentType = mediaTypeOf(headerValue(headers, "content-type"));
  const isBinary = isBinaryMediaType(contentType, stage.api.binaryMediaTypes);
  return payloadBytes(convertRequest(request.body, isBinary, method.integration.contentHandling));
}

function responseBody(
  { headers, stage }: Exchange,
  response: BackendResponse,
  contentType: string | undefined,
): Buffer {
  // A coded body is no text in any charset; converting it would only destroy it.
  if (headerValue(response.headers, "content-encoding") !== undefined) return response.body;
  const { binaryMediaTypes } = stage.api;
  const isBinary = isBinaryMediaType(mediaTypeOf(contentType), binaryMediaTypes);
  const accepts = acceptsBinary(headerValue(headers, "accept"), binaryMediaTypes);
  return payloadBytes(convertResponse(response.body, isBinary, isBinary && accepts, undefined));
}
