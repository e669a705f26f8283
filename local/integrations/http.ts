import type { Answer, Exchange } from "../exchange";
import { headerValue } from "../http/headers";
import { DEFAULT_MEDIA_TYPE } from "../http/media-types";
import { formatQuery } from "../http/query";
import { mapRequestBody, mapRequestParameters, refuseFatalMappings } from "./map-request";
import { mapResponse } from "./map-response";
import { sendRequest, withQuery } from "./send-request";
import { fillPlaceholders, integrationUri } from "./uri";

/**
 * HTTP: the backend gets only what templates and mappings make, and its answer is mapped back.
 * Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/setup-http-integrations.html
 */
export async function http(exchange: Exchange): Promise<Answer> {
  refuseFatalMappings(exchange);
  const uri = integrationUri(exchange);
  const body = mapRequestBody(exchange);
  const { headers: mappedHeaders, query, path } = mapRequestParameters(exchange);
  const { facts, headers, stage } = exchange;
  const response = await sendRequest(exchange, {
    url: withQuery(fillPlaceholders(uri, path), formatQuery(query)),
    headers: [
      ["Accept", DEFAULT_MEDIA_TYPE],
      ...(body.length > 0
        ? [["Content-Type", headerValue(headers, "content-type") ?? DEFAULT_MEDIA_TYPE] as const]
        : []),
      ["User-Agent", `AmazonAPIGateway_${stage.apiId}`],
      ["X-Amzn-Apigateway-Api-Id", stage.apiId],
      ["X-Amzn-Trace-Id", String(facts.get("xrayTraceId"))],
    ],
    mappedHeaders,
    body,
  });
  return mapResponse(exchange, response, String(response.status));
}
