import { partitionOf } from "../../definition/partition";
import { LOCAL_ACCOUNT_ID } from "../context";
import type { Answer, Exchange } from "../exchange";
import type { BackendResponse, HeaderLines, InvocationResult } from "../host/host";
import { functionArn } from "../lambda/function-arn";
import type { LogLine } from "./execution-log";
import { LINES } from "./lines";

/** A request as it goes to a backend. */
export interface EndpointRequest {
  readonly uri: string;
  readonly headers: HeaderLines;
  readonly body: Buffer;
}

/** What is written before a backend is called. */
export function endpointRequestLines({ uri, headers, body }: EndpointRequest): readonly LogLine[] {
  return [LINES.endpointRequestUri(uri), LINES.endpointRequestHeaders(headers), LINES.endpointRequestBody(body)];
}

/** What is written when a backend has answered. */
export function endpointResponseLines(
  { status, headers, body }: BackendResponse,
  latencyMillis: number,
): readonly LogLine[] {
  return [
    LINES.receivedResponse(status, latencyMillis),
    LINES.endpointResponseHeaders(headers),
    LINES.endpointResponseBody(body),
  ];
}

/** What is written when a client has its answer, from a backend or from the cache. */
export function answeredLines({ headers, body }: Answer): readonly LogLine[] {
  return [LINES.methodResponseBody(body), LINES.methodResponseHeaders(headers), LINES.completedExecution()];
}

/** A function that is called, and the part of the API that calls it. */
export interface CalledFunction {
  readonly functionName: string;
  readonly qualifier?: string;
  /** ARN behind the API's id, as in `v1/GET/orders` or `authorizers/a1b2c3`. */
  readonly source: string;
}

/** The request that invokes a function, without the signature and credentials that it has on AWS only. */
export function invocationRequest(
  { stage, facts, host }: Exchange,
  called: CalledFunction,
  body: Buffer,
): EndpointRequest {
  const { region, apiId } = stage;
  const { name: partition, dnsSuffix } = partitionOf(region);
  return {
    uri: `https://lambda.${region}.${dnsSuffix}/2015-03-31/functions/${functionArn(called, region)}/invocations`,
    headers: [
      ["x-amzn-lambda-integration-tag", String(facts.get("requestId"))],
      ["X-Amz-Date", new Date(host.now()).toISOString().replace(/[-:]|\.\d+/g, "")],
      ["x-amzn-apigateway-api-id", apiId],
      ["Accept", "application/json"],
      ["User-Agent", `AmazonAPIGateway_${apiId}`],
      ["X-Amzn-Trace-Id", String(facts.get("xrayTraceId")).split(";")[0] ?? ""],
      ["X-Amz-Source-Arn", `arn:${partition}:execute-api:${region}:${LOCAL_ACCOUNT_ID}:${apiId}/${called.source}`],
    ],
    body,
  };
}

/** Lambda's answer to an invocation, as HTTP. Which version has run is known only without an alias. */
export function invocationResponse(
  { facts, host }: Exchange,
  { qualifier }: Pick<CalledFunction, "qualifier">,
  { status, payload, functionError, requestId }: InvocationResult,
): BackendResponse {
  return {
    status,
    headers: [
      ["Date", new Date(host.now()).toUTCString()],
      ["Content-Type", "application/json"],
      ["Content-Length", String(payload.length)],
      ["Connection", "keep-alive"],
      ["x-amzn-RequestId", requestId],
      ...(functionError === undefined ? [] : [["X-Amz-Function-Error", functionError] as const]),
      ["x-amzn-Remapped-Content-Length", "0"],
      ...(qualifier === undefined ? [["X-Amz-Executed-Version", "$LATEST"] as const] : []),
      ["X-Amzn-Trace-Id", String(facts.get("xrayTraceId"))],
    ],
    body: payload,
  };
}
