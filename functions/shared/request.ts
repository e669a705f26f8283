import type { APIGatewayProxyEvent } from "aws-lambda";
import { ProblemError } from "./problem-error";

const DEFAULT_LIMIT = 20;
const MAXIMUM_LIMIT = 100;
const LONGEST_PARAMETER = 255;

/** A header by its name in any case; API Gateway passes names as the client wrote them. */
export function header({ headers }: APIGatewayProxyEvent, name: string): string | undefined {
  const wanted = name.toLowerCase();
  return Object.entries(headers ?? {}).find(([key]) => key.toLowerCase() === wanted)?.[1];
}

/**
 * A parameter of the route's path. API Gateway passes it as the client wrote it, percent-encoded. Absent only when the function stands behind a route
 * that it was not made for.
 */
export function pathParameter(event: APIGatewayProxyEvent, name: string): string {
  const value = event.pathParameters?.[name];
  if (!value) throw new Error(`the route ${event.resource} has no path parameter ${name}`);
  return checkedLength(name, decoded(value));
}

/** A text with a broken escape stays as it is. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** A query parameter; an empty one counts as absent. */
export function queryParameter(event: APIGatewayProxyEvent, name: string): string | undefined {
  const value = event.queryStringParameters?.[name];
  return value ? checkedLength(name, value) : undefined;
}

/** DynamoDB refuses keys of more than 2048 bytes (1024 in a sort key) as an error of the caller, which would be us. */
function checkedLength(name: string, value: string): string {
  if (value.length <= LONGEST_PARAMETER) return value;
  throw new ProblemError(400, "PARAMETER_TOO_LONG", `${name} must have at most ${LONGEST_PARAMETER} characters`);
}

/** Page size: 1 to 100, 20 unless the client says otherwise. */
export function limitOf(event: APIGatewayProxyEvent): number {
  const text = event.queryStringParameters?.limit;
  if (text === undefined) return DEFAULT_LIMIT;
  const limit = /^\d{1,3}$/.test(text) ? Number(text) : 0;
  if (limit < 1 || limit > MAXIMUM_LIMIT) {
    throw new ProblemError(400, "LIMIT_INVALID", `limit must be an integer from 1 to ${MAXIMUM_LIMIT}, got "${text}"`);
  }
  return limit;
}

/** The body as JSON. */
export function jsonBody({ body, isBase64Encoded }: APIGatewayProxyEvent): unknown {
  try {
    return JSON.parse(isBase64Encoded ? Buffer.from(body ?? "", "base64").toString() : (body ?? ""));
  } catch {
    throw new ProblemError(400, "BODY_NOT_JSON", "the body must be JSON");
  }
}
