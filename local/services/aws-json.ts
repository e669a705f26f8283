import { ConfigurationError } from "../../definition/configuration-error";
import type { JsonObject } from "../../definition/json";

/** An error answer of a service, named as AWS names it. */
export class ServiceError extends Error {
  override readonly name = "ServiceError";

  constructor(
    /** As in `ResourceNotFoundException`. */
    readonly type: string,
    message: string,
  ) {
    super(message);
  }
}

/** Addresses one service. */
export interface JsonService {
  readonly endpoint: string;
  readonly region: string;
  /** As in `DynamoDB_20120810`. */
  readonly targetPrefix: string;
}

/**
 * One call of AWS's JSON 1.0 protocol to an embedded service, which looks at the form of a signature but not at its value.
 *
 * @throws ServiceError, and ConfigurationError SERVICE_UNREACHABLE
 */
export async function callOperation(service: JsonService, operation: string, input: object): Promise<JsonObject> {
  const { endpoint, region, targetPrefix } = service;
  const response = await post(endpoint, {
    headers: {
      "Content-Type": "application/x-amz-json-1.0",
      "X-Amz-Target": `${targetPrefix}.${operation}`,
      "X-Amz-Date": "20260101T000000Z",
      Authorization: `AWS4-HMAC-SHA256 Credential=headgate/20260101/${region}/headgate/aws4_request, SignedHeaders=host, Signature=0`,
    },
    body: JSON.stringify(input),
  });
  const output: JsonObject = JSON.parse((await response.text()) || "{}");
  if (response.ok) return output;
  const type = String(output.__type ?? response.status).replace(/^.*#/, "");
  throw new ServiceError(type, String(output.message ?? output.Message ?? `HTTP ${response.status}`));
}

async function post(endpoint: string, request: RequestInit): Promise<Response> {
  try {
    return await fetch(endpoint, { method: "POST", ...request });
  } catch (cause) {
    const { cause: reason } = cause as Error;
    throw new ConfigurationError(
      "SERVICE_UNREACHABLE",
      endpoint,
      `the service does not answer: ${reason instanceof Error ? reason.message : cause}`,
      'start it, or correct or remove it from "endpoints" of headgate.local.json',
      { cause },
    );
  }
}
