import type { Json, JsonObject } from "../../../definition/json";
import type { HttpRequest } from "./http";
import { isObject } from "./json-values";
import { REST_OPERATIONS, type RestOperation } from "./rest-operations";

/** What a request asks for. */
export interface Classification {
  /** Name in the SigV4 credential scope, as in `apigateway`. */
  readonly service: string;
  readonly region: string;
  readonly accessKeyId: string;
  /** AWS's name, as in `PutRestApi`; verb and path where the table has no row. */
  readonly operation: string;
  /** Path parameters, query and body fields; a body that is no JSON object is `body`. */
  readonly parameters: JsonObject;
  readonly mutating: boolean;
}

const SCOPE = /Credential=([^/]+)\/\d+\/([^/]+)\/([^/]+)\/aws4_request/;
const READS = /^(Get|List|Describe|Head|Lookup|Search|Query|Scan|Simulate|Assume|Decode|GET |HEAD )/;

/** Names the service and operation of a signed request: query and JSON protocols by body and header, REST by path. */
export function classify(request: HttpRequest): Classification {
  const [, accessKeyId = "", region = "", service = "unsigned"] = SCOPE.exec(request.headers.authorization ?? "") ?? [];
  const { operation, parameters } = byProtocol(service, request);
  return { service, region, accessKeyId, operation, parameters, mutating: !READS.test(operation) };
}

function byProtocol(service: string, request: HttpRequest): { operation: string; parameters: JsonObject } {
  const target = request.headers["x-amz-target"];
  if (typeof target === "string") {
    return { operation: target.slice(target.lastIndexOf(".") + 1), parameters: bodyFields(request.body) };
  }
  if (request.headers["content-type"]?.startsWith("application/x-www-form-urlencoded")) {
    const { Action: operation = "", ...parameters } = Object.fromEntries(new URLSearchParams(request.body.toString()));
    return { operation, parameters };
  }
  return byPath(REST_OPERATIONS[service] ?? [], request);
}

function byPath(
  operations: readonly RestOperation[],
  request: HttpRequest,
): { operation: string; parameters: JsonObject } {
  const segments = request.path.replace(/\/$/, "").split("/").slice(1).map(decodeURIComponent);
  const query = Object.fromEntries(request.query);
  for (const { method, path, operation } of operations) {
    if (method !== request.method || path.length !== segments.length) continue;
    const pathParameters = matchPath(path, segments);
    if (!pathParameters) continue;
    const body = operation === "PutRestApi" ? { body: parsed(request.body) } : bodyFields(request.body);
    return { operation, parameters: { ...body, ...query, ...pathParameters } };
  }
  return { operation: `${request.method} ${request.path}`, parameters: { ...query } };
}

function matchPath(path: readonly string[], segments: readonly string[]): Record<string, string> | undefined {
  const parameters: Record<string, string> = {};
  for (const [index, part] of path.entries()) {
    const segment = segments[index] ?? "";
    const name = /^\{(.+)\}$/.exec(part)?.[1];
    if (name) parameters[name] = segment;
    else if (part !== segment) return undefined;
  }
  return parameters;
}

function bodyFields(body: Buffer): JsonObject {
  if (body.length === 0) return {};
  const value = parsed(body);
  return isObject(value) ? value : { body: value };
}

function parsed(body: Buffer): Json {
  try {
    return JSON.parse(body.toString());
  } catch {
    return body.toString();
  }
}
