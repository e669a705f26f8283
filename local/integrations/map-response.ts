import type { IntegrationResponseDefinition } from "../../definition/integration";
import type { Answer, Exchange } from "../exchange";
import type { BackendResponse, HeaderLines } from "../host/host";
import { remapResponseHeaders } from "../http/header-rules";
import { headerValue, isSendableHeader, replaceHeaders } from "../http/headers";
import { acceptsBinary, DEFAULT_MEDIA_TYPE, isBinaryMediaType, mediaTypeOf } from "../http/media-types";
import { matchesWhole } from "../patterns/java-regexp";
import { configurationFailure } from "../refusals/gateway-error";
import { NOT_TRANSFORMED, renderTemplate } from "../templates/render";
import { selectResponseTemplate } from "../templates/select";
import type { TemplateValue } from "../templates/values";
import { convertResponse, type Payload, payloadBytes } from "./content-handling";
import { overrideText } from "./map-request";
import { mappedValues } from "./mapping-expression";

/**
 * Turns what a backend said into the client's answer, for the integrations that are no proxies: selects an integration
 * response, renders its template, maps headers, applies overrides. Headers that are not mapped end here.
 *
 * @param selector what patterns are matched against: the backend's status, or a function's error message; absent selects
 *   the default
 */
export function mapResponse(exchange: Exchange, response: BackendResponse, selector: string | undefined): Answer {
  const { method, headers } = exchange;
  const selected = select(method.integration.responses, selector);
  if (!selected) {
    throw configurationFailure(
      "no integration response matches, and there is no default one",
      `No match for output mapping and no default output mapping configured. Endpoint Response Status Code: ${response.status}`,
    );
  }
  if (!method.methodResponses[selected.statusCode]) {
    throw configurationFailure(
      `the method has no response for status ${selected.statusCode}`,
      `Output mapping refers to an invalid method response: ${selected.statusCode}`,
    );
  }
  const template = selectResponseTemplate(selected.responseTemplates, headerValue(headers, "accept"));
  const body = mapResponseBody(exchange, convert(exchange, response, selected), template?.template);
  const lines: HeaderLines = [...traceHeader(exchange), ["Content-Type", template?.mediaType ?? DEFAULT_MEDIA_TYPE]];
  const mapped = mapHeaders(exchange, selected, response);
  const overridden = overriddenHeaders(exchange);
  return {
    from: "integration",
    status: overriddenStatus(exchange) ?? Number(selected.statusCode),
    headers: replaceHeaders(replaceHeaders(lines, mapped), overridden),
    body,
  };
}

/**
 * An empty template is none: the body passes unmapped.
 * Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/request-response-data-mappings.html
 */
function mapResponseBody(exchange: Exchange, payload: Payload, template: string | undefined): Buffer {
  if (!template) return payloadBytes(payload);
  if (payload.kind === "text") return Buffer.from(renderTemplate(exchange, template, payload.text, "response"));
  throw configurationFailure("binary content cannot enter a mapping template", NOT_TRANSFORMED.response);
}

function select(
  responses: readonly IntegrationResponseDefinition[],
  selector: string | undefined,
): IntegrationResponseDefinition | undefined {
  const matching = responses.find(
    ({ selectionPattern }) => selector !== undefined && selectionPattern && matchesWhole(selectionPattern, selector),
  );
  return matching ?? responses.find(({ selectionPattern }) => !selectionPattern);
}

function convert(exchange: Exchange, response: BackendResponse, selected: IntegrationResponseDefinition) {
  const { binaryMediaTypes } = exchange.stage.api;
  const contentType = mediaTypeOf(headerValue(response.headers, "content-type"));
  const accepts = acceptsBinary(headerValue(exchange.headers, "accept"), binaryMediaTypes);
  const isBinary = isBinaryMediaType(contentType, binaryMediaTypes);
  return convertResponse(response.body, isBinary, accepts, selected.contentHandling);
}

/** Every integration but MOCK tells the client the trace. */
export function traceHeader({ facts, method }: Exchange): HeaderLines {
  return method.integration.type === "MOCK" ? [] : [["X-Amzn-Trace-Id", String(facts.get("xrayTraceId"))]];
}

function mapHeaders(
  exchange: Exchange,
  selected: IntegrationResponseDefinition,
  response: BackendResponse,
): HeaderLines {
  const prefix = "method.response.header.";
  const lines = Object.entries(selected.responseParameters)
    .filter(([target]) => target.startsWith(prefix))
    .flatMap(([target, expression]) =>
      mappedValues(expression, exchange, response).map((value) => [target.slice(prefix.length), value] as const),
    );
  return sendable(remapResponseHeaders(lines));
}

function overriddenHeaders({ overrides }: Exchange): HeaderLines {
  const headers = (overrides.response.header ?? {}) as Record<string, TemplateValue>;
  const lines = Object.entries(headers).map(([name, value]) => [name, overrideText(value)] as const);
  return sendable(remapResponseHeaders(lines));
}

function sendable(lines: HeaderLines): HeaderLines {
  const broken = lines.find(([name, value]) => !isSendableHeader(name, value));
  if (broken) throw configurationFailure(`the response header "${broken[0]}" cannot be sent`);
  return lines;
}

/** API Gateway does not look at an override that is no status. */
function overriddenStatus({ overrides }: Exchange): number | undefined {
  const status = Number(overrides.response.status);
  return Number.isInteger(status) && status >= 200 && status <= 599 ? status : undefined;
}
