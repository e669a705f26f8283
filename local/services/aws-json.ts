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
 * @throws ServiceError
 */
export async function callOperation(service: JsonService, operation: string, input: object): Promise<JsonObject> {
  const { endpoint, region, targetPrefix } = service;
  const response = await fetch(endpoint, {
    method: "POST",
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
