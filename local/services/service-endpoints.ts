import type { BackendRequest, BackendResponse } from "../host/host";
import { headerValue, replaceHeaders } from "../http/headers";
import { NotEmulated } from "../refusals/not-emulated";
import { fromSqsQuery, type SqsCall, toSqsQueryError, toSqsQueryJson } from "./sqs-query";

/** Sends one request. */
export type Send = (request: BackendRequest) => Promise<BackendResponse>;

/** What the host name of an AWS endpoint says. */
interface AwsEndpoint {
  readonly service: string;
  readonly region: string;
  /** What stands before the service: a bucket, for example. */
  readonly subdomain?: string;
}

/** Reads a host name like `sqs.eu-central-1.amazonaws.com`. */
function awsEndpoint(url: string, service: string): AwsEndpoint {
  const { hostname } = new URL(url);
  const labels = hostname.replace(/\.amazonaws\.com$/, "").split(".");
  const subdomain = labels.slice(0, -2).join(".");
  return { service, region: labels.at(-1) ?? "", ...(subdomain !== "" && { subdomain }) };
}

/**
 * Sends a request for an AWS service to the endpoint that stands for it.
 *
 * @param endpoints URLs by service
 * @throws NotEmulated when no endpoint stands for the service
 */
export async function callService(
  request: BackendRequest,
  service: string,
  endpoints: Readonly<Record<string, string>>,
  send: Send,
): Promise<BackendResponse> {
  const endpoint = endpoints[service];
  if (endpoint === undefined) {
    throw new NotEmulated("integration.uri", `no local endpoint stands for the service "${service}"`);
  }
  const aws = awsEndpoint(request.url, service);
  return service === "sqs" ? callSqs(request, aws, endpoint, send) : send(redirect(request, aws, endpoint));
}

/** The request for the local endpoint; a bucket in the host name moves to the path. */
function redirect(request: BackendRequest, aws: AwsEndpoint, endpoint: string): BackendRequest {
  const { pathname, search } = new URL(request.url);
  const path = aws.subdomain === undefined ? pathname : `/${aws.subdomain}${pathname}`;
  return {
    ...request,
    url: `${endpoint.replace(/\/+$/, "")}${path}${search}`,
    headers: signed(request, aws, endpoint),
  };
}

/** Emulators read region and service from a signature, but check none. */
function signed(
  request: BackendRequest,
  { service, region }: AwsEndpoint,
  endpoint: string,
): BackendRequest["headers"] {
  const scope = `headgate-local/20240101/${region}/${service}/aws4_request`;
  const signature = "0".repeat(64);
  return replaceHeaders(request.headers, [
    ["Host", new URL(endpoint).host],
    ["X-Amz-Date", "20240101T000000Z"],
    ["Authorization", `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host;x-amz-date, Signature=${signature}`],
  ]);
}

/** The embedded SQS speaks JSON only, and on `/` only. */
async function callSqs(
  request: BackendRequest,
  aws: AwsEndpoint,
  endpoint: string,
  send: Send,
): Promise<BackendResponse> {
  const target = headerValue(request.headers, "x-amz-target");
  const call = target === undefined ? queryCall(request) : jsonCall(target, request);
  if (!call) return SERIALIZATION_FAILURE;
  const response = await send(jsonRequest(request, aws, endpoint, call));
  return target === undefined ? queryResponse(call.action, response) : response;
}

/** What SQS answers to a body that is no JSON. */
const SERIALIZATION_FAILURE: BackendResponse = {
  status: 400,
  headers: [["Content-Type", "application/x-amz-json-1.0"]],
  body: Buffer.from('{"__type":"com.amazon.coral.service#SerializationException"}'),
};

/** In the form-encoded protocol the path may name the queue. */
function queryCall(request: BackendRequest): SqsCall {
  const { origin, pathname, searchParams } = new URL(request.url);
  const call = fromSqsQuery(request.body?.toString() || searchParams.toString());
  if (call.action === "GetQueueUrl") return call;
  return { ...call, input: { QueueUrl: `${origin}${pathname}`, ...call.input } };
}

function jsonCall(target: string, request: BackendRequest): SqsCall | undefined {
  try {
    return { action: target.replace(/^AmazonSQS\./, ""), input: JSON.parse(request.body?.toString() || "{}") };
  } catch {
    return undefined;
  }
}

function jsonRequest(
  request: BackendRequest,
  aws: AwsEndpoint,
  endpoint: string,
  { action, input }: SqsCall,
): BackendRequest {
  const body = Buffer.from(JSON.stringify(input));
  const headers = replaceHeaders(request.headers, [
    ["Content-Type", "application/x-amz-json-1.0"],
    ["X-Amz-Target", `AmazonSQS.${action}`],
    ["Content-Length", String(body.length)],
  ]);
  const url = `${endpoint.replace(/\/+$/, "")}/`;
  return { method: "POST", url, headers: signed({ ...request, headers }, aws, endpoint), body };
}

function queryResponse(action: string, { status, headers, body }: BackendResponse): BackendResponse {
  const output = JSON.parse(body.toString() || "{}");
  const requestId = headerValue(headers, "x-amzn-requestid") ?? "00000000-0000-0000-0000-000000000000";
  const json = status === 200 ? toSqsQueryJson(action, output, requestId) : toSqsQueryError(output, requestId);
  return { status, headers: [["Content-Type", "application/json"]], body: Buffer.from(JSON.stringify(json)) };
}
