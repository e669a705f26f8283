import type { Exchange } from "../exchange";
import {
  endpointRequestLines,
  endpointResponseLines,
  invocationRequest,
  invocationResponse,
} from "../execution-log/endpoint-lines";
import { LINES } from "../execution-log/lines";
import type { Invocation, InvocationResult } from "../host/host";
import { FATAL_WHEN_MAPPED_TO_LAMBDA } from "../http/header-rules";
import { refusedInvocationTexts } from "../refusals/function-error";
import { configurationFailure, GatewayError } from "../refusals/gateway-error";
import { refuseFatalMappings } from "./map-request";
import type { StreamedResult } from "./streamed-result";
import { callBackend } from "./timeout";
import type { AwsTarget } from "./uri";

/** Largest event and result of a synchronous invocation. Source: https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
const MAX_LAMBDA_PAYLOAD_BYTES = 6 * 1024 * 1024;

type FunctionTarget = Extract<AwsTarget, { kind: "function" }>;

/** @throws GatewayError `CONFIGURATION_FAILURE` when API Gateway cannot call a function in the way that is declared */
export function refuseImpossibleInvocation(exchange: Exchange): void {
  refuseFatalMappings(exchange, FATAL_WHEN_MAPPED_TO_LAMBDA);
  if (exchange.method.integration.httpMethod !== "POST")
    throw configurationFailure(
      "a function is called with POST only",
      "Unable to determine service/operation name to be authorized",
    );
}

/**
 * Invokes a function within the integration's timeout.
 *
 * @param streamed takes a result that comes in parts: what is returned then is its beginning
 * @throws GatewayError when the function is too busy, does not exist, or event or result are too large
 */
export async function invokeFunction(
  exchange: Exchange,
  target: FunctionTarget,
  payload: Buffer,
  type: Invocation["type"],
  streamed?: StreamedResult,
): Promise<InvocationResult> {
  const { facts, host, log, method } = exchange;
  if (payload.length > MAX_LAMBDA_PAYLOAD_BYTES) throw new GatewayError("EVENT_TOO_LARGE");
  const { functionName, qualifier } = target;
  const traceId = String(facts.get("xrayTraceId"));
  if (log?.hasData) {
    const source = `${facts.get("stage")}/${method.httpMethod}${method.resourcePath}`;
    const request = invocationRequest(exchange, { ...target, source }, payload);
    log.write(...endpointRequestLines(request), LINES.sendingRequest(request.uri));
  }
  const result = await callBackend(exchange, (abort) => {
    const signal = () => abort.signal;
    const invocation = { functionName, ...(qualifier && { qualifier }), payload, type, traceId, signal };
    return streamed ? streamed.follow((onChunk) => host.invoke({ ...invocation, onChunk })) : host.invoke(invocation);
  });
  for (const name of ["awsEndpointRequestId", "integration.requestId"]) facts.set(name, result.requestId);
  for (const name of ["integrationStatus", "integration.integrationStatus"]) facts.set(name, result.status);
  if (log?.hasData) {
    const response = invocationResponse(exchange, target, result);
    log.write(...endpointResponseLines(response, Number(facts.get("integration.latency"))));
  }
  if (result.status >= 400) {
    const reason = `Lambda invocation failed with status ${result.status}`;
    throw new GatewayError("CONFIGURATION_FAILURE", { reason, logged: refusedInvocationTexts(result) });
  }
  if (result.payload.length > MAX_LAMBDA_PAYLOAD_BYTES) {
    throw new GatewayError("INTEGRATION_FAILURE", { integrationError: "the function's result is larger than 6 MB" });
  }
  return result;
}
