import type { HeaderLines } from "../host/host";
import type { LineKind, LogLine } from "./execution-log";
import { javaMap, masked, shownBody } from "./texts";

type Line<Facts extends readonly unknown[]> = (...facts: Facts) => LogLine;

function line<Facts extends readonly unknown[]>(kind: LineKind, text: (...facts: Facts) => string): Line<Facts> {
  return (...facts) => ({ kind, text: () => text(...facts) });
}

/** What API Gateway writes, word for word. */
export const LINES = {
  extendedRequestId: line("progress", (id: string) => `Extended Request Id: ${id}`),

  startingAuthorizer: line(
    "progress",
    (authorizerId: string, requestId: string) => `Starting authorizer: ${authorizerId} for request: ${requestId}`,
  ),
  incomingIdentity: line("data", (identity: string) => `Incoming identity: ${masked(identity)}`),
  authorizerResult: line("data", (body: Buffer) => `Authorizer result body before parsing: ${shownBody(body)}`),
  validPolicy: line(
    "progress",
    (principalId: string) => `Using valid authorizer policy for principal: ${masked(principalId)}`,
  ),
  completedAuthorizer: line("progress", () => "Successfully completed authorizer execution"),

  verifyingUsagePlan: line(
    "progress",
    (requestId: string, key: string, apiStage: string) =>
      `Verifying Usage Plan for request: ${requestId}. API Key: ${masked(key)} API Stage: ${apiStage}`,
  ),
  noKeyRequired: line(
    "progress",
    (key: string, httpMethod: string, resourcePath: string) =>
      `API Key ${masked(key)} authorized because method '${httpMethod} ${resourcePath}' does not require API Key. Request will not contribute to throttle or quota limits`,
  ),
  usagePlanSucceeded: line(
    "progress",
    (key: string, apiStage: string) =>
      `Usage Plan check succeeded for API Key ${masked(key)} and API Stage ${apiStage}`,
  ),

  startingExecution: line("progress", (requestId: string) => `Starting execution for request: ${requestId}`),
  httpMethod: line("progress", (verb: string, path: string) => `HTTP Method: ${verb}, Resource Path: ${path}`),
  apiKey: line("progress", (key: string) => `API Key: ${masked(key)}`),
  methodRequestPath: line("data", (path: HeaderLines) => `Method request path: ${javaMap(path)}`),
  methodRequestQuery: line("data", (query: HeaderLines) => `Method request query string: ${javaMap(query)}`),
  methodRequestHeaders: line("data", (headers: HeaderLines) => `Method request headers: ${javaMap(headers)}`),
  methodRequestBody: line(
    "data",
    (body: Buffer, isBinary: boolean) =>
      `Method request body before transformations: ${shownBody(body, isBinary || undefined)}`,
  ),

  endpointRequestUri: line("data", (uri: string) => `Endpoint request URI: ${uri}`),
  endpointRequestHeaders: line("data", (headers: HeaderLines) => `Endpoint request headers: ${javaMap(headers)}`),
  endpointRequestBody: line(
    "data",
    (body: Buffer) => `Endpoint request body after transformations: ${shownBody(body)}`,
  ),
  sendingRequest: line("data", (uri: string) => `Sending request to ${uri}`),
  receivedResponse: line(
    "data",
    (status: number, millis: number) => `Received response. Status: ${status}, Integration latency: ${millis} ms`,
  ),
  endpointResponseHeaders: line("data", (headers: HeaderLines) => `Endpoint response headers: ${javaMap(headers)}`),
  endpointResponseBody: line(
    "data",
    (body: Buffer) => `Endpoint response body before transformations: ${shownBody(body)}`,
  ),

  methodResponseBody: line("data", (body: Buffer) => `Method response body after transformations: ${shownBody(body)}`),
  methodResponseHeaders: line("data", (headers: HeaderLines) => `Method response headers: ${javaMap(headers)}`),
  completedExecution: line("progress", () => "Successfully completed execution"),

  failure: line("failure", (text: string) => text),
  gatewayResponse: line(
    "failure",
    (type: string, status: number) => `Gateway response type: ${type} with status code: ${status}`,
  ),
  gatewayResponseBody: line("data", (body: Buffer) => `Gateway response body: ${shownBody(body)}`),
  gatewayResponseHeaders: line("data", (headers: HeaderLines) => `Gateway response headers: ${javaMap(headers)}`),

  endpointRequestId: line("progress", (id: string) => `AWS Integration Endpoint RequestId : ${id}`),
  traceId: line("progress", (id: string) => `X-ray Tracing ID : ${id}`),
} as const;
