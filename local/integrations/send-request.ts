import type { Exchange } from "../exchange";
import { endpointRequestLines, endpointResponseLines } from "../execution-log/endpoint-lines";
import { LINES } from "../execution-log/lines";
import type { BackendResponse, HeaderLines } from "../host/host";
import { DROPPED_WHEN_MAPPED } from "../http/header-rules";
import { headerValue, isSendableHeader, replaceHeaders, withoutHeaders } from "../http/headers";
import { formatQuery, type QueryLines } from "../http/query";
import { configurationFailure } from "../refusals/gateway-error";
import { MAX_PAYLOAD_BYTES } from "../steps/limit-payload";
import { callBackend } from "./timeout";
import { INVALID_ENDPOINT } from "./uri";

/** A request for a backend, before what is common to all backends is added. */
export interface Outbound {
  readonly url: string;
  /** Headers that API Gateway sends by itself. */
  readonly headers: HeaderLines;
  /** Headers that the definition maps; they replace the others. */
  readonly mappedHeaders: HeaderLines;
  readonly body: Buffer;
  /** Set when the backend is an AWS service. */
  readonly awsService?: string;
}

/** Sends a request over HTTP within the integration's timeout and keeps `$context.integration.status`. */
export async function sendRequest(exchange: Exchange, outbound: Outbound): Promise<BackendResponse> {
  const { facts, host, httpMethod, log } = exchange;
  const { insecureSkipVerification, httpMethod: verb } = exchange.method.integration;
  const method = verb === undefined || verb === "ANY" ? httpMethod : verb;
  const url = parseUrl(outbound.url);
  const body = outbound.body.length > 0 ? outbound.body : undefined;
  const headers = replaceHeaders(
    [["Host", url.host], ...outbound.headers],
    withoutHeaders(outbound.mappedHeaders, DROPPED_WHEN_MAPPED),
  );
  const broken = headers.find(([name, value]) => !isSendableHeader(name, value));
  if (broken) throw configurationFailure(`the request header "${broken[0]}" cannot be sent`);
  const backendRequest = {
    method,
    url: outbound.url,
    headers: [...headers, ...contentLength(method, outbound.body)],
    ...(body && { body }),
    ...(insecureSkipVerification && { insecureSkipVerification }),
    ...(outbound.awsService !== undefined && { awsService: outbound.awsService }),
  };
  const sent = { uri: outbound.url, headers: backendRequest.headers, body: outbound.body };
  log?.write(...endpointRequestLines(sent), LINES.sendingRequest(outbound.url));
  const response = await callBackend(exchange, ({ signal }) => host.fetch(backendRequest, signal));
  log?.write(...endpointResponseLines(response, Number(facts.get("integration.latency"))));
  for (const name of ["integrationStatus", "integration.status", "integration.integrationStatus"]) {
    facts.set(name, response.status);
  }
  if (outbound.awsService !== undefined) noteRequestIds(exchange, response.headers);
  if (response.body.length > MAX_PAYLOAD_BYTES) throw configurationFailure("the backend's answer is larger than 10 MB");
  return response;
}

/** Headers in which AWS services give a request its ids. */
function noteRequestIds({ facts }: Exchange, headers: HeaderLines): void {
  const id = headerValue(headers, "x-amzn-requestid") ?? headerValue(headers, "x-amz-request-id");
  if (id !== undefined) for (const name of ["awsEndpointRequestId", "integration.requestId"]) facts.set(name, id);
  const second = headerValue(headers, "x-amz-id-2");
  if (second !== undefined) facts.set("awsEndpointRequestId2", second);
}

/** Verbs that expect a body say so when they have none; others say nothing. */
function contentLength(method: string, body: Buffer): HeaderLines {
  const isSaid = body.length > 0 || ["PATCH", "POST", "PUT"].includes(method);
  return isSaid ? [["Content-Length", String(body.length)]] : [];
}

/** Adds a query string to a URL that may already have one. */
export function withQuery(url: string, rawQuery: string): string {
  if (rawQuery === "") return url;
  return `${url}${url.includes("?") ? "&" : "?"}${rawQuery}`;
}

/** The client's query string as it is, unless mappings add to it. */
export function mergedQuery(rawQuery: string, query: QueryLines, mapped: QueryLines): string {
  if (mapped.length === 0) return rawQuery;
  const names = new Set(mapped.map(([name]) => name));
  return formatQuery([...query.filter(([name]) => !names.has(name)), ...mapped]);
}

function parseUrl(text: string): URL {
  try {
    return new URL(text);
  } catch (error) {
    throw configurationFailure(`"${text}" is no URL`, INVALID_ENDPOINT, error);
  }
}
