import type { Exchange } from "../exchange";
import { FATAL_WHEN_MAPPED } from "../http/header-rules";
import { headerValue } from "../http/headers";
import { isBinaryMediaType, mediaTypeOf } from "../http/media-types";
import type { QueryLines } from "../http/query";
import { configurationFailure, GatewayError } from "../refusals/gateway-error";
import { NOT_TRANSFORMED, renderTemplate } from "../templates/render";
import { selectRequestTemplate } from "../templates/select";
import { printed, type TemplateValue } from "../templates/values";
import { convertRequest, payloadBytes } from "./content-handling";
import { mappedValues } from "./mapping-expression";

/** What mappings and overrides make of a request. */
export interface MappedParameters {
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly query: QueryLines;
  readonly path: Readonly<Record<string, string>>;
}

/**
 * Body for the backend: rendered by the template of the client's content type, or passed through.
 *
 * @throws GatewayError `UNSUPPORTED_MEDIA_TYPE` when the pass-through behaviour forbids it
 */
export function mapRequestBody(exchange: Exchange): Buffer {
  const { request, headers, stage, method } = exchange;
  const { requestTemplates, passthroughBehavior, contentHandling } = method.integration;
  const contentType = headerValue(headers, "content-type");
  const isBinary = isBinaryMediaType(mediaTypeOf(contentType), stage.api.binaryMediaTypes);
  const payload = convertRequest(request.body, isBinary, contentHandling);
  const template = selectRequestTemplate(requestTemplates, contentType);
  if (template === "") return payloadBytes(payload);
  if (template !== undefined) {
    if (payload.kind === "bytes") {
      throw configurationFailure("a binary body cannot enter a mapping template", NOT_TRANSFORMED.request);
    }
    return Buffer.from(renderTemplate(exchange, template, payload.text, "request"));
  }
  const hasTemplates = Object.keys(requestTemplates).length > 0;
  if (passthroughBehavior === "NEVER" || (passthroughBehavior === "WHEN_NO_TEMPLATES" && hasTemplates)) {
    throw new GatewayError("UNSUPPORTED_MEDIA_TYPE");
  }
  return payloadBytes(payload);
}

/** Parameters for the backend: the integration's mappings, then what templates override. Render the body first. */
export function mapRequestParameters(exchange: Exchange): MappedParameters {
  return {
    headers: place(exchange, "header"),
    query: place(exchange, "querystring"),
    path: Object.fromEntries(place(exchange, "path")),
  };
}

/** @throws GatewayError `CONFIGURATION_FAILURE` when a header is mapped that no call survives */
export function refuseFatalMappings(exchange: Exchange, fatal: ReadonlySet<string> = FATAL_WHEN_MAPPED): void {
  const prefix = "integration.request.header.";
  const names = Object.keys(exchange.method.integration.requestParameters);
  const found = names.find((name) => name.startsWith(prefix) && fatal.has(name.slice(prefix.length).toLowerCase()));
  if (found) {
    const name = found.slice(prefix.length);
    throw configurationFailure(`"${found}" must not be mapped`, `${name} header already present`);
  }
}

function place(exchange: Exchange, kind: "header" | "querystring" | "path"): (readonly [string, string])[] {
  const prefix = `integration.request.${kind}.`;
  const mapped = Object.entries(exchange.method.integration.requestParameters)
    .filter(([target]) => target.startsWith(prefix))
    .map(([target, expression]) => [target.slice(prefix.length), mappedValues(expression, exchange)] as const);
  const overridden = Object.entries((exchange.overrides.request[kind] ?? {}) as Record<string, TemplateValue>).map(
    ([name, value]) => [name, [overrideText(value)]] as const,
  );
  const names = new Map([...mapped, ...overridden]);
  return [...names].flatMap(([name, values]) => {
    if (values.length === 0) return [];
    return kind === "querystring" ? values.map((value) => [name, value] as const) : [[name, values.join(",")] as const];
  });
}

/** A list becomes one value with commas. */
export function overrideText(value: TemplateValue): string {
  return Array.isArray(value) ? value.map(printed).join(",") : printed(value);
}
