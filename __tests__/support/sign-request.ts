import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import type { HeaderLines } from "../../local/host/host";

/** Who signs, for what. */
export interface SigningOptions {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
  readonly region?: string;
  readonly service?: string;
  readonly nowMillis: number;
}

/** What is signed. */
export interface SignableRequest {
  readonly method: string;
  /** Path and query string. */
  readonly target: string;
  readonly host: string;
  readonly headers?: HeaderLines;
  readonly body?: string;
}

/** The headers that the AWS SDK's own signer adds to a request. */
export async function signedHeaders(request: SignableRequest, options: SigningOptions): Promise<HeaderLines> {
  const signer = await signerOf(options);
  const signed = await signer.sign(httpRequest(request), signingArguments(options));
  const sent = new Set(["host", ...(request.headers ?? []).map(([name]) => name.toLowerCase())]);
  return Object.entries(signed.headers).filter(([name]) => !sent.has(name.toLowerCase()));
}

/** The target of a request that carries its signature in the query string. */
export async function presignedTarget(
  request: SignableRequest,
  options: SigningOptions & { readonly expiresIn: number },
): Promise<string> {
  const signer = await signerOf(options);
  if (!("presign" in signer) || typeof signer.presign !== "function") throw new Error("the signer cannot presign");
  const { path, query } = await signer.presign(httpRequest(request), {
    ...signingArguments(options),
    expiresIn: options.expiresIn,
  });
  return `${path}?${new URLSearchParams(query).toString().replaceAll("+", "%20")}`;
}

/** Every client of the SDK has one signer for all services. */
async function signerOf({ accessKeyId, secretAccessKey, sessionToken }: SigningOptions) {
  const credentials = { accessKeyId, secretAccessKey, ...(sessionToken !== undefined && { sessionToken }) };
  return new DynamoDBClient({ region: "eu-central-1", credentials }).config.signer();
}

function signingArguments({ region = "eu-central-1", service = "execute-api", nowMillis }: SigningOptions) {
  return { signingRegion: region, signingService: service, signingDate: new Date(nowMillis) };
}

function httpRequest({ method, target, host, headers = [], body }: SignableRequest) {
  const url = new URL(`https://${host}${target}`);
  return {
    method,
    protocol: "https:",
    hostname: host,
    path: target.split("?")[0] ?? "",
    query: Object.fromEntries(url.searchParams),
    headers: { host, ...Object.fromEntries(headers) },
    ...(body !== undefined && { body }),
    clone() {
      return this;
    },
  };
}
