import type { JsonObject } from "../../../definition/json";

/** A signed request without an SDK; nobody checks the signature. */
export interface AwsClient {
  /** REST protocol. */
  rest(service: string, method: string, path: string, body?: JsonObject): Promise<AwsResponse>;
  /** A new S3 bucket in the client's region. Throws when there is one of this name. */
  createBucket(name: string): Promise<void>;
  /** A new public hosted zone. */
  createHostedZone(name: string): Promise<void>;
  /** JSON protocol; `target` as in `DynamoDB_20120810.ListTables`. */
  json(service: string, target: string, body?: JsonObject): Promise<AwsResponse>;
  /** Query protocol; the answer's XML is `text`. */
  query(service: string, action: string, parameters?: Readonly<Record<string, string>>): Promise<AwsResponse>;
}

export interface AwsResponse {
  readonly status: number;
  readonly text: string;
  /** The answer, empty when it is no JSON object. */
  readonly body: JsonObject;
}

/**
 * A client of moto or of the twin in front of it.
 *
 * @param options `account` is whom moto takes the caller for
 */
export function awsClient(
  url: string,
  { region = "eu-west-1", account }: { readonly region?: string; readonly account?: string } = {},
): AwsClient {
  const send = async (
    service: string,
    method: string,
    path: string,
    headers: Readonly<Record<string, string>>,
    body?: string,
  ): Promise<AwsResponse> => {
    const scope = `Credential=testing/20260101/${region}/${service}/aws4_request`;
    const response = await fetch(`${url}${path}`, {
      method,
      headers: {
        ...headers,
        authorization: `AWS4-HMAC-SHA256 ${scope}, SignedHeaders=host, Signature=0`,
        ...(account && { "x-moto-account-id": account }),
      },
      body,
    });
    const text = await response.text();
    return { status: response.status, text, body: text.startsWith("{") ? JSON.parse(text) : {} };
  };
  return {
    rest: (service, method, path, body) =>
      send(service, method, path, { "content-type": "application/json" }, body && JSON.stringify(body)),
    createBucket: async (name) => {
      const constraint = `<CreateBucketConfiguration><LocationConstraint>${region}</LocationConstraint></CreateBucketConfiguration>`;
      const { status, text } = await send("s3", "PUT", `/${name}`, { "content-type": "application/xml" }, constraint);
      if (status !== 200) throw new Error(`the bucket ${name} cannot be made: ${text}`);
    },
    createHostedZone: async (name) => {
      const request = `<CreateHostedZoneRequest><Name>${name}</Name><CallerReference>${name}</CallerReference></CreateHostedZoneRequest>`;
      const headers = { "content-type": "application/xml" };
      const { status, text } = await send("route53", "POST", "/2013-04-01/hostedzone", headers, request);
      if (status !== 201) throw new Error(`the hosted zone ${name} cannot be made: ${text}`);
    },
    json: (service, target, body = {}) => {
      const headers = { "content-type": "application/x-amz-json-1.0", "x-amz-target": target };
      return send(service, "POST", "/", headers, JSON.stringify(body));
    },
    query: (service, action, parameters = {}) => {
      const form = new URLSearchParams({ Action: action, Version: "2010-05-08", ...parameters }).toString();
      return send(service, "POST", "/", { "content-type": "application/x-www-form-urlencoded" }, form);
    },
  };
}
