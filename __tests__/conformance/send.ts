import { gunzipSync, inflateSync } from "node:zlib";
import type { IncomingRequest, OutgoingResponse } from "../../local/exchange";
import type { HeaderLines } from "../../local/host/host";
import { headerValue } from "../../local/http/headers";
import type { Gateway } from "../../local/pipeline";
import type { TestInvocation } from "../../local/test-invoke";
import { signatureOf, withTokens } from "./callers";
import { START } from "./case-world";
import type { CaseApi, CaseRequest } from "./conformance-case";
import { filled, type PlaceholderValues } from "./placeholders";

/** What a client has received. */
export interface Received {
  readonly status: number;
  readonly headers: HeaderLines;
  readonly body: Buffer;
  readonly latencyMs: number;
  /** Lines of the execution log that a test of a method gives. */
  readonly log?: readonly string[];
}

/** Sends a request as a client without habits of its own does, past the socket. */
export async function send(
  gateway: Gateway,
  request: CaseRequest,
  stage: string,
  values: PlaceholderValues,
): Promise<Received> {
  const unsigned = incoming(request, stage, values);
  const arriving = request.sigv4 === undefined ? unsigned : await signed(unsigned, request.sigv4, values);
  const startedAt = performance.now();
  const response = await gateway.handle(arriving);
  return { ...asSent(request.method, response), latencyMs: performance.now() - startedAt };
}

/** Calls a method past HTTP. */
export async function test(
  gateway: Gateway,
  request: CaseRequest,
  { resources = {}, stageVariables = {} }: CaseApi,
  values: PlaceholderValues,
): Promise<Received> {
  const { method, path, rawQuery, headers = {}, resource } = filled(request, values);
  const given = Object.entries(headers).filter((entry): entry is [string, string] => entry[1] !== null);
  const { status, body, log, latency, ...result } = await gateway.testInvoke({
    httpMethod: method as TestInvocation["httpMethod"],
    resourcePath: resource ?? resourceOf(Object.keys(resources), path ?? "/"),
    ...(path !== null && path !== undefined && { pathWithQueryString: path + (rawQuery ? `?${rawQuery}` : "") }),
    headers: Object.fromEntries(given),
    body: bodyOf(request).toString(),
    stageVariables,
  });
  const lines = Object.entries(result.multiValueHeaders).flatMap(([name, each]) =>
    each.map((value) => [name, value] as const),
  );
  return { status, headers: lines, body: Buffer.from(body), latencyMs: latency, log: log.trimEnd().split("\n") };
}

/** The resource that a path is of: static ones first. */
function resourceOf(resources: readonly string[], path: string): string {
  const matching = resources.filter((resource) => {
    const pattern = resource.replace(/\{\w+\+\}/g, ".+").replace(/\{\w+\}/g, "[^/]+");
    return new RegExp(`^${pattern}$`).test(path);
  });
  const [first] = matching.sort((a, b) => Number(a.includes("{")) - Number(b.includes("{")));
  if (first === undefined) throw new Error(`no resource has the path ${path}`);
  return first;
}

function incoming(request: CaseRequest, stage: string, values: PlaceholderValues): IncomingRequest {
  const { path, rawTarget, rawQuery, headers = {}, headerList = [] } = filled(request, values);
  const body = bodyOf(request);
  const sent: HeaderLines = [
    ...Object.entries(headers).flatMap(([name, value]) =>
      value === null ? [] : [[name, withTokens(value, START)] as const],
    ),
    ...headerList,
  ];
  const has = (name: string) => headerValue(sent, name) !== undefined;
  const isLengthSaid = has("content-length") || has("transfer-encoding");
  return {
    method: request.method,
    target: (rawTarget ?? `/${stage}${path ?? ""}`) + (rawQuery === undefined ? "" : `?${rawQuery}`),
    headers: [
      ...(has("host") ? [] : [["Host", values.host] as const]),
      ...sent,
      ...(body.length === 0 || isLengthSaid ? [] : [["Content-Length", String(body.length)] as const]),
    ],
    body,
    sourceIp: "127.0.0.1",
    protocol: "HTTP/1.1",
  };
}

async function signed(
  request: IncomingRequest,
  identity: string,
  { host }: PlaceholderValues,
): Promise<IncomingRequest> {
  const { method, target, headers } = request;
  const signable = { method, target, host, headers, body: request.body.toString() };
  return { ...request, headers: [...headers, ...(await signatureOf(identity, signable, START))] };
}

function bodyOf({ body, bodyBase64, bodyLength }: CaseRequest): Buffer {
  if (bodyLength !== undefined) return Buffer.alloc(bodyLength, "a");
  return bodyBase64 === undefined ? Buffer.from(filled(body ?? "")) : Buffer.from(bodyBase64, "base64");
}

/** The server adds the length, and sends no body where HTTP has none. */
function asSent(method: string, { status, headers, body }: OutgoingResponse): Omit<Received, "latencyMs"> {
  const hasBody = status !== 204 && status !== 304;
  return {
    status,
    headers: hasBody ? [...headers, ["Content-Length", String(body.length)]] : headers,
    body: hasBody && method !== "HEAD" ? body : Buffer.alloc(0),
  };
}

const DECODERS: Readonly<Record<string, (body: Buffer) => Buffer>> = {
  gzip: gunzipSync,
  deflate: inflateSync,
  identity: (body) => body,
};

/** The body after its content coding. */
export function decodedBody({ headers, body }: Received): Buffer {
  const decode = DECODERS[headerValue(headers, "content-encoding")?.toLowerCase() ?? "identity"];
  if (!decode) throw new Error("the content coding is unknown");
  return decode(body);
}
