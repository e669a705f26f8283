import type { Answer, Exchange } from "../exchange";
import { configurationFailure, GatewayError } from "../gateway-error";
import { headerValue } from "../headers";
import type { InvocationResult } from "../host";
import { acceptsBinary, DEFAULT_MEDIA_TYPE, decodeBase64 } from "../media-types";
import { invokeFunction, refuseImpossibleInvocation } from "./invoke-function";
import { lambdaProxyEvent } from "./lambda-proxy-event";
import { type LambdaProxyResult, readLambdaProxyResult } from "./lambda-proxy-result";
import { traceHeader } from "./map-response";
import { integrationUri, parseAwsUri } from "./uri";

/**
 * AWS_PROXY: the function gets the whole request as an event and its result is the response. Parameter mappings and
 * method responses do not count.
 * Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-lambda-proxy-integrations.html
 */
export async function lambdaProxy(exchange: Exchange): Promise<Answer> {
  refuseImpossibleInvocation(exchange);
  const target = parseAwsUri(integrationUri(exchange));
  if (target?.kind !== "function") throw configurationFailure("the URI of an AWS_PROXY integration names no function");
  const event = Buffer.from(JSON.stringify(lambdaProxyEvent(exchange)));
  const invoked = await invokeFunction(exchange, target, event, "RequestResponse");
  const result = checkedResult(invoked);
  exchange.facts.set("integration.status", result.status);
  const hasContentType = headerValue(result.headers, "content-type") !== undefined;
  return {
    from: "integration",
    status: result.status,
    headers: [
      ...(hasContentType ? [] : [["Content-Type", DEFAULT_MEDIA_TYPE] as const]),
      ...traceHeader(exchange),
      ...result.headers,
    ],
    body: bodyOf(exchange, result),
  };
}

function checkedResult({ functionError, payload }: InvocationResult): LambdaProxyResult {
  const result = functionError === undefined ? readLambdaProxyResult(payload) : undefined;
  if (result) return result;
  throw new GatewayError("INTEGRATION_FAILURE", {
    integrationError:
      functionError === undefined
        ? "Malformed Lambda proxy response"
        : `Lambda Customer Function Error: ${payload.toString().slice(0, 1000)}`,
  });
}

/** Base64 is decoded only for a client whose first accepted media type is binary; others get it as text. */
function bodyOf({ headers, stage }: Exchange, { body, isBase64Encoded }: LambdaProxyResult): Buffer {
  const accept = headerValue(headers, "accept");
  if (!isBase64Encoded || !acceptsBinary(accept, stage.api.binaryMediaTypes)) return Buffer.from(body);
  const decoded = decodeBase64(body);
  if (!decoded) throw configurationFailure("isBase64Encoded is set, but the body is not base64");
  return decoded;
}
