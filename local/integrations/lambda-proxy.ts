import type { Answer, Exchange } from "../exchange";
import type { InvocationResult } from "../host/host";
import { headerValue } from "../http/headers";
import { acceptsBinary, decodeBase64 } from "../http/media-types";
import { functionFailureText, integrationErrorText } from "../refusals/function-error";
import { configurationFailure, GatewayError } from "../refusals/gateway-error";
import { UNDECODABLE } from "./content-handling";
import { invokeFunction, refuseImpossibleInvocation } from "./invoke-function";
import { lambdaProxyEvent } from "./lambda-proxy-event";
import { type LambdaProxyResult, readLambdaProxyResult, readStreamMetadata } from "./lambda-proxy-result";
import { traceHeader } from "./map-response";
import { StreamedResult } from "./streamed-result";
import { INVALID_ENDPOINT, integrationUri, parseAwsUri } from "./uri";

/**
 * AWS_PROXY: the function gets the whole request as an event and its result is the response. Parameter mappings and
 * method responses do not count.
 * Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-lambda-proxy-integrations.html
 */
export async function lambdaProxy(exchange: Exchange): Promise<Answer> {
  refuseImpossibleInvocation(exchange);
  const target = parseAwsUri(integrationUri(exchange));
  if (target?.kind !== "function") {
    throw configurationFailure("the URI of an AWS_PROXY integration names no function", INVALID_ENDPOINT);
  }
  const event = Buffer.from(JSON.stringify(lambdaProxyEvent(exchange)));
  const streamed = isStreamed(exchange) ? new StreamedResult() : undefined;
  try {
    return answerOf(exchange, await invokeFunction(exchange, target, event, "RequestResponse", streamed), streamed);
  } catch (error) {
    // The function may go on, and nobody will read what it says.
    streamed?.body.destroy();
    throw error;
  }
}

function answerOf(exchange: Exchange, invoked: InvocationResult, streamed: StreamedResult | undefined): Answer {
  const result = checkedResult(invoked, streamed ? readStreamMetadata : readLambdaProxyResult);
  exchange.facts.set("integration.status", result.status);
  return {
    from: "integration",
    status: result.status,
    headers: [...result.headers, ...traceHeader(exchange)],
    body: bodyOf(exchange, result),
    ...(streamed && { rest: streamed.body }),
  };
}

/** Is the function asked for its answer in parts? Lambda has an operation of its own for that. */
function isStreamed({ method }: Exchange): boolean {
  return method.integration.uri?.endsWith("/response-streaming-invocations") === true;
}

function checkedResult(invoked: InvocationResult, read: typeof readLambdaProxyResult): LambdaProxyResult {
  const { functionError, payload } = invoked;
  if (functionError !== undefined) {
    throw new GatewayError("INTEGRATION_FAILURE", {
      integrationError: integrationErrorText(invoked),
      logged: [functionFailureText(invoked)],
    });
  }
  const result = read(payload);
  if (!result) throw new GatewayError("INTEGRATION_FAILURE", { problem: "Malformed Lambda proxy response" });
  return result;
}

/** Base64 is decoded only for a client whose first accepted media type is binary; others get it as text. */
function bodyOf({ headers, stage }: Exchange, { body, isBase64Encoded }: LambdaProxyResult): Buffer {
  const accept = headerValue(headers, "accept");
  if (!isBase64Encoded || !acceptsBinary(accept, stage.api.binaryMediaTypes)) return Buffer.from(body);
  const decoded = decodeBase64(body);
  if (!decoded) throw configurationFailure("isBase64Encoded is set, but the body is not base64", UNDECODABLE);
  return decoded;
}
