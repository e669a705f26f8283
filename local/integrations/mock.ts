import type { Answer, Exchange } from "../exchange";
import { configurationFailure } from "../refusals/gateway-error";
import { mapRequestBody } from "./map-request";
import { mapResponse } from "./map-response";
import { mockStatusCode } from "./mock-status";

/**
 * MOCK: no backend. The request template names a status code, which selects the integration response; without any
 * template the default one answers.
 * Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/how-to-mock-integration.html
 */
export async function mock(exchange: Exchange): Promise<Answer> {
  const rendered = mapRequestBody(exchange);
  const hasTemplates = Object.keys(exchange.method.integration.requestTemplates).length > 0;
  const nothing = { status: 200, headers: [], body: Buffer.alloc(0) };
  if (rendered.length === 0 && !hasTemplates) return mapResponse(exchange, nothing, undefined);
  const status = mockStatusCode(rendered.toString());
  if (status === undefined) {
    throw configurationFailure(
      "Unable to parse statusCode. It should be an integer that is defined in the request template.",
    );
  }
  return mapResponse(exchange, nothing, String(status));
}
