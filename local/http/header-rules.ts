import type { HeaderLines } from "../host/host";

const names = (list: string): ReadonlySet<string> => new Set(list.toLowerCase().split(" "));

/** Client headers that end at API Gateway: no template, mapping, function or backend ever sees them. */
export const STRIPPED_ON_ENTRY = names(
  "Connection Content-Length Content-MD5 Expect Max-Forwards Proxy-Authenticate Server TE Trailer Transfer-Encoding Upgrade WWW-Authenticate",
);

/**
 * Visible to templates and functions, but not passed on by HTTP_PROXY unless mapped.
 * Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-known-issues.html
 */
export const NOT_PROXIED = names("Content-Encoding Via Host X-HTTP-Method-Override");

/** Mapping one of these makes every call of the route fail. */
export const FATAL_WHEN_MAPPED = names("Content-Length Transfer-Encoding");

/** The same, towards Lambda functions only. */
export const FATAL_WHEN_MAPPED_TO_LAMBDA = names(
  "Content-Length Transfer-Encoding Authorization Connection Expect Proxy-Authenticate TE",
);

/** Mapped towards a backend, these silently disappear. */
export const DROPPED_WHEN_MAPPED = names("Connection Expect Proxy-Authenticate TE Via");

/** Response headers that reach the client as `x-amzn-Remapped-<Name>`. */
const REMAPPED = names(
  "Authorization Connection Content-Length Content-MD5 Date Expect Host Max-Forwards Proxy-Authenticate Server Trailer Upgrade User-Agent WWW-Authenticate x-amzn-RequestId",
);

/** Response headers that belong to the connection with the backend. */
const OF_THE_CONNECTION = names("Transfer-Encoding Keep-Alive");

/**
 * What becomes of the headers that an integration sends to the client.
 * Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-known-issues.html
 */
export function remapResponseHeaders(lines: HeaderLines): HeaderLines {
  return lines
    .filter(([name]) => !OF_THE_CONNECTION.has(name.toLowerCase()))
    .map(([name, value]) => [REMAPPED.has(name.toLowerCase()) ? `x-amzn-Remapped-${name}` : name, value] as const);
}
