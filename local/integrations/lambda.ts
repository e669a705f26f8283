import type { Answer, Exchange } from "../exchange";
import type { InvocationResult } from "../host/host";
import { headerValue } from "../http/headers";
import { errorMessageIn } from "../refusals/function-error";
import { GatewayError } from "../refusals/gateway-error";
import { invokeFunction, refuseImpossibleInvocation } from "./invoke-function";
import { mapRequestBody, mapRequestParameters } from "./map-request";
import { mapResponse } from "./map-response";
import type { AwsTarget } from "./uri";

/**
 * AWS towards a function: the mapped body is the event, the result is mapped back. Patterns of integration responses are
 * matched against error messages, never against success.
 * Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/handle-errors-in-lambda-integration.html
 */
export async function lambda(exchange: Exchange, target: Extract<AwsTarget, { kind: "function" }>): Promise<Answer> {
  refuseImpossibleInvocation(exchange);
  const mapped = mapRequestBody(exchange);
  const event = mapped.length === 0 ? Buffer.from("{}") : mapped;
  refuseBrokenEvent(event);
  const invocationType = headerValue(mapRequestParameters(exchange).headers, "x-amz-invocation-type");
  const type = invocationType === "Event" ? "Event" : "RequestResponse";
  const result = await invokeFunction(exchange, target, event, type);
  exchange.facts.set("integration.status", result.status);
  const headers = [["Content-Type", "application/json"]] as const;
  return mapResponse(exchange, { status: result.status, headers, body: result.payload }, errorMessageOf(result));
}

/** Lambda itself refuses an event that is no JSON. */
function refuseBrokenEvent(event: Buffer): void {
  try {
    JSON.parse(event.toString());
  } catch (error) {
    throw new GatewayError("INVALID_BODY", {
      message: `Could not parse request body into json: ${error instanceof Error ? error.message : error}`,
    });
  }
}

function errorMessageOf({ functionError, payload }: InvocationResult): string | undefined {
  return functionError === undefined ? undefined : (errorMessageIn(payload) ?? "");
}
