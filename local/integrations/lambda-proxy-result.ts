import { isRecord } from "../../definition/json-access";
import type { HeaderLines } from "../host/host";
import { remapResponseHeaders } from "../http/header-rules";
import { isSendableHeader } from "../http/headers";

/** A function's result, checked. */
export interface LambdaProxyResult {
  readonly status: number;
  readonly headers: HeaderLines;
  readonly body: string;
  readonly isBase64Encoded: boolean;
}

const ALLOWED_KEYS = new Set(["statusCode", "headers", "multiValueHeaders", "body", "isBase64Encoded"]);

/**
 * Reads what a function returned to a proxy integration.
 * Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-lambda-proxy-integrations.html#api-gateway-simple-proxy-for-lambda-output-format
 *
 * @returns undefined when it is malformed: the client then gets 502
 */
export function readLambdaProxyResult(payload: Buffer): LambdaProxyResult | undefined {
  const result = parseObject(payload);
  if (!result || Object.keys(result).some((key) => !ALLOWED_KEYS.has(key))) return undefined;
  const status = readStatus(result.statusCode);
  const headers = readHeaders(result.headers, result.multiValueHeaders);
  const body = readBody(result.body);
  const isBase64Encoded = readBoolean(result.isBase64Encoded);
  if (status === undefined || !headers || body === undefined || isBase64Encoded === undefined) return undefined;
  return { status, headers: remapResponseHeaders(headers), body, isBase64Encoded };
}

/**
 * Reads the metadata ahead of a streamed body: status, headers and cookies.
 * Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/response-transfer-mode-lambda.html#response-transfer-mode-lambda-format
 *
 * @returns undefined when it is malformed: the client then gets 502
 */
export function readStreamMetadata(payload: Buffer): LambdaProxyResult | undefined {
  const { cookies = [], ...metadata } = parseObject(payload) ?? { body: "none" };
  if ("body" in metadata || !Array.isArray(cookies)) return undefined;
  const result = readLambdaProxyResult(Buffer.from(JSON.stringify(metadata)));
  const lines = cookies.map((cookie: unknown) => ["Set-Cookie", String(cookie)] as const);
  if (!result || !lines.every(([name, value]) => isSendableHeader(name, value))) return undefined;
  return { ...result, headers: [...result.headers, ...lines] };
}

function parseObject(payload: Buffer): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(payload.toString());
    return isRecord(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function readStatus(value: unknown): number | undefined {
  if (value === undefined || value === null) return 200;
  const isNumeric = typeof value === "number" || (typeof value === "string" && /^\d+$/.test(value));
  const status = Number(value);
  // One below 200 is no answer: the client would go on waiting for it.
  return isNumeric && Number.isInteger(status) && status >= 200 && status <= 599 ? status : undefined;
}

function readBody(value: unknown): string | undefined {
  if (value === undefined || value === null) return "";
  return isScalar(value) ? String(value) : undefined;
}

function readBoolean(value: unknown): boolean | undefined {
  if (value === undefined || value === null || value === false || value === "false") return false;
  return value === true || value === "true" ? true : undefined;
}

/**
 * One line per value: those of `multiValueHeaders` first, then those of `headers` that are not there already. Names are
 * the same whatever their case, and are written as `multiValueHeaders` has them.
 */
function readHeaders(single: unknown, multiple: unknown): HeaderLines | undefined {
  const lists = Object.entries(isRecord(multiple) ? multiple : {});
  const values = Object.entries(isRecord(single) ? single : {});
  const malformed =
    [single, multiple].some((map) => map !== undefined && map !== null && !isRecord(map)) ||
    lists.some(([, list]) => !Array.isArray(list)) ||
    values.some(([, value]) => value !== null && !isScalar(value));
  if (malformed) return undefined;
  const lines: (readonly [string, string])[] = lists.flatMap(([name, list]) =>
    (Array.isArray(list) ? list : []).map((value: unknown) => [name, String(value ?? "")] as const),
  );
  for (const [name, value] of values) {
    const same = lines.filter(([known]) => known.toLowerCase() === name.toLowerCase());
    const line = [same[0]?.[0] ?? name, String(value ?? "")] as const;
    if (!same.some(([, known]) => known === line[1])) lines.push(line);
  }
  return lines.every(([name, value]) => isSendableHeader(name, value)) ? lines : undefined;
}

function isScalar(value: unknown): value is string | number | boolean {
  return ["string", "number", "boolean"].includes(typeof value);
}
