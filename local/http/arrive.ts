import type { EndpointType } from "../../definition/rest-api";
import type { Destination } from "../addresses/destination";
import { arrivalFacts } from "../context";
import type { Arrival, IncomingRequest, ServedStage } from "../exchange";
import type { HeaderLines, Host } from "../host/host";
import { traceOf } from "../trace";
import { STRIPPED_ON_ENTRY } from "./header-rules";
import { headerValue, withoutHeaders } from "./headers";
import { parseQuery } from "./query";

/** Lets a request in: what the client sent becomes what the API may see. */
export function arrive(request: IncomingRequest, destination: Destination, host: Host): Arrival {
  const { stage: named, path, eventPath, contextPath, domainName, basePathMatched, rawQuery } = destination;
  const stage = drawnStage(named, host);
  const startedAtMillis = host.now();
  const sampled = stage.definition.xrayTracingEnabled;
  const trace = traceOf(headerValue(request.headers, "x-amzn-trace-id"), startedAtMillis, host.uuid(), sampled);
  const httpMethod = headerValue(request.headers, "x-http-method-override")?.toUpperCase() ?? request.method;
  return {
    request,
    stage,
    httpMethod,
    path,
    eventPath,
    rawQuery,
    query: parseQuery(rawQuery),
    headers: visibleHeaders(request, trace.received, stage.api.endpointType),
    facts: arrivalFacts({
      apiId: stage.apiId,
      stageName: stage.definition.name,
      domainName,
      httpMethod,
      path: contextPath,
      protocol: request.protocol,
      sourceIp: request.sourceIp,
      sourceVpc: request.sourceVpc,
      sourceVpce: request.sourceVpce,
      userAgent: headerValue(request.headers, "user-agent") ?? null,
      requestId: host.uuid(),
      nowMillis: startedAtMillis,
      traceId: trace.full,
      ...(basePathMatched !== undefined && { basePathMatched }),
      ...(named.canary && { isCanaryRequest: stage !== named }),
    }),
    host,
    startedAtMillis,
  };
}

/** The stage itself or its canary. */
function drawnStage(stage: ServedStage, host: Host): ServedStage {
  const { canary } = stage;
  return canary && host.random() * 100 < canary.percentTraffic ? canary.stage : stage;
}

/** AWS changes the case of these names and of no other. */
const RECASED = new Map([
  ["authorization", "Authorization"],
  ["host", "Host"],
  ["user-agent", "User-Agent"],
]);

const ADDED = new Set(["x-amzn-trace-id", "x-forwarded-for", "x-forwarded-port", "x-forwarded-proto"]);

/** In front of an edge-optimized API stands CloudFront; what it knows about the viewer cannot be known here. */
const CLOUDFRONT_HEADERS: HeaderLines = [
  ["CloudFront-Forwarded-Proto", "https"],
  ["CloudFront-Is-Desktop-Viewer", "true"],
  ["CloudFront-Is-Mobile-Viewer", "false"],
  ["CloudFront-Is-SmartTV-Viewer", "false"],
  ["CloudFront-Is-Tablet-Viewer", "false"],
  ["CloudFront-Viewer-ASN", "64496"],
  ["CloudFront-Viewer-Country", "ZZ"],
  ["Via", "1.1 localhost.cloudfront.net (CloudFront)"],
  ["X-Amz-Cf-Id", "localhost"],
];

function visibleHeaders(request: IncomingRequest, traceHeader: string, endpointType: EndpointType): HeaderLines {
  const forwardedFor = [headerValue(request.headers, "x-forwarded-for"), request.sourceIp].filter(Boolean).join(", ");
  const sent = withoutHeaders(withoutHeaders(request.headers, STRIPPED_ON_ENTRY), ADDED);
  return [
    ...(endpointType === "EDGE" ? CLOUDFRONT_HEADERS : []),
    ...sent.map(([name, value]) => [RECASED.get(name.toLowerCase()) ?? name, value] as const),
    ["X-Amzn-Trace-Id", traceHeader],
    ["X-Forwarded-For", forwardedFor],
    // API Gateway has no other port and scheme; handlers that insist on https must not notice a difference.
    ["X-Forwarded-Port", "443"],
    ["X-Forwarded-Proto", "https"],
  ];
}
