import type { Answer, Exchange } from "../exchange";
import type { HeaderLines } from "../host/host";
import { headerValue } from "../http/headers";
import { DEFAULT_MEDIA_TYPE } from "../http/media-types";
import { formatQuery } from "../http/query";
import { mapRequestBody, mapRequestParameters, refuseFatalMappings } from "./map-request";
import { mapResponse } from "./map-response";
import { sendRequest, withQuery } from "./send-request";
import { type AwsTarget, fillPlaceholders } from "./uri";

type ServiceTarget = Extract<AwsTarget, { kind: "service" }>;

/**
 * Services that API Gateway calls by one of AWS's JSON protocols: prefix of `X-Amz-Target`, version. It calls SSM by the
 * old Query protocol, although SSM has learned JSON.
 */
const JSON_PROTOCOLS: Readonly<Record<string, readonly [prefix: string, version: string]>> = {
  "cognito-idp": ["AWSCognitoIdentityProviderService", "1.1"],
  dynamodb: ["DynamoDB_20120810", "1.0"],
  events: ["AWSEvents", "1.1"],
  firehose: ["Firehose_20150804", "1.1"],
  kinesis: ["Kinesis_20131202", "1.1"],
  logs: ["Logs_20140328", "1.1"],
  secretsmanager: ["secretsmanager", "1.1"],
  sqs: ["AmazonSQS", "1.0"],
  states: ["AWSStepFunctions", "1.0"],
};

/**
 * AWS towards a service: the mapped request goes to the service's endpoint, its answer is mapped back. The host finds the
 * local endpoint and signs.
 * Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/getting-started-aws-proxy.html
 */
export async function awsService(exchange: Exchange, target: ServiceTarget): Promise<Answer> {
  refuseFatalMappings(exchange);
  const body = mapRequestBody(exchange);
  const { headers: mappedHeaders, query, path } = mapRequestParameters(exchange);
  const response = await sendRequest(exchange, {
    url: withQuery(fillPlaceholders(serviceUrl(target), path), formatQuery(query)),
    headers: [
      ["Accept", DEFAULT_MEDIA_TYPE],
      ["X-Amzn-Trace-Id", String(exchange.facts.get("xrayTraceId"))],
      ...protocolHeaders(exchange, target),
    ],
    mappedHeaders,
    body,
    awsService: target.service,
  });
  return mapResponse(exchange, response, String(response.status));
}

function serviceUrl({ region, service, subdomain, form, target }: ServiceTarget): string {
  const origin = `https://${subdomain ? `${subdomain}.` : ""}${service}.${region}.amazonaws.com`;
  if (form === "path") return `${origin}/${target.replace(/^\/+/, "")}`;
  const [action = "", ...parameters] = target.split("&");
  return jsonProtocol(service) ? `${origin}/` : `${origin}/?${[`Action=${action}`, ...parameters].join("&")}`;
}

function protocolHeaders({ headers }: Exchange, { service, form, target }: ServiceTarget): HeaderLines {
  const protocol = form === "action" ? jsonProtocol(service) : undefined;
  if (!protocol) return [["Content-Type", headerValue(headers, "content-type") ?? DEFAULT_MEDIA_TYPE]];
  const [prefix, version] = protocol;
  return [
    ["Content-Type", `application/x-amz-json-${version}`],
    ["X-Amz-Target", `${prefix}.${target.split("&")[0]}`],
  ];
}

function jsonProtocol(service: string): readonly [string, string] | undefined {
  return Object.hasOwn(JSON_PROTOCOLS, service) ? JSON_PROTOCOLS[service] : undefined;
}
