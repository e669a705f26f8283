/**
 * What is known about one request, flat, by AWS's names: `requestId`, `identity.sourceIp`, `error.message` …
 * Every step adds to it; access logs, gateway responses, mappings and templates read it. Null prints as nothing.
 * Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-mapping-template-reference.html#context-variable-reference
 */
export type Facts = Map<string, string | number | null>;

/** Account of everything that runs locally. */
export const LOCAL_ACCOUNT_ID = "000000000000";

/** What is known when a request arrives. */
export interface ArrivalFacts {
  readonly apiId: string;
  readonly stageName: string;
  readonly domainName: string;
  readonly httpMethod: string;
  /** As the client wrote it, with the stage. */
  readonly path: string;
  readonly protocol: string;
  readonly sourceIp: string;
  /** The VPC and the VPC endpoint that the request came through, if any. */
  readonly sourceVpc?: string | undefined;
  readonly sourceVpce?: string | undefined;
  readonly userAgent: string | null;
  readonly requestId: string;
  readonly nowMillis: number;
  readonly traceId: string;
  /** Base path of a custom domain. Absent without one. */
  readonly basePathMatched?: string;
  /** Absent where a stage has no canary. */
  readonly isCanaryRequest?: boolean;
}

/** Facts of a request that has reached a stage, in the order in which templates list them. */
export function arrivalFacts(arrival: ArrivalFacts): Facts {
  // One by one: a list of pairs would cost as much again.
  const facts: Facts = new Map();
  facts.set("httpMethod", arrival.httpMethod);
  facts.set("extendedRequestId", extendedRequestId(arrival.requestId));
  facts.set("requestTime", formatClfTime(arrival.nowMillis));
  facts.set("path", arrival.path);
  facts.set("accountId", LOCAL_ACCOUNT_ID);
  facts.set("protocol", arrival.protocol);
  facts.set("stage", arrival.stageName);
  facts.set("domainPrefix", arrival.domainName.split(".")[0] ?? "");
  facts.set("requestTimeEpoch", arrival.nowMillis);
  facts.set("requestId", arrival.requestId);
  facts.set("identity.cognitoIdentityPoolId", null);
  facts.set("identity.accountId", null);
  facts.set("identity.cognitoIdentityId", null);
  facts.set("identity.caller", null);
  facts.set("identity.sourceIp", arrival.sourceIp);
  facts.set("identity.principalOrgId", null);
  facts.set("identity.accessKey", null);
  facts.set("identity.cognitoAuthenticationType", null);
  facts.set("identity.cognitoAuthenticationProvider", null);
  facts.set("identity.userArn", null);
  if (arrival.sourceVpc !== undefined) facts.set("identity.vpcId", arrival.sourceVpc);
  if (arrival.sourceVpce !== undefined) facts.set("identity.vpceId", arrival.sourceVpce);
  facts.set("identity.userAgent", arrival.userAgent);
  facts.set("identity.user", null);
  facts.set("domainName", arrival.domainName);
  facts.set("deploymentId", shortId(`${arrival.apiId}/${arrival.stageName}`, 6));
  facts.set("apiId", arrival.apiId);
  facts.set("isCanary", String(arrival.isCanaryRequest ?? false));
  if (arrival.isCanaryRequest !== undefined) facts.set("isCanaryRequest", String(arrival.isCanaryRequest));
  facts.set("xrayTraceId", arrival.traceId);
  if (arrival.basePathMatched !== undefined) facts.set("customDomain.basePathMatched", arrival.basePathMatched);
  return facts;
}

/** A fact as text; undefined when there is none. */
export function factText(facts: Facts, name: string): string | undefined {
  const fact = facts.get(name);
  return fact === undefined || fact === null ? undefined : String(fact);
}

const ids = new Map<string, string>();

/** An id like those that AWS mints, the same on every run for the same seed. Seeds are of the definition, never of clients. */
export function shortId(seed: string, length: number): string {
  const key = `${length} ${seed}`;
  const known = ids.get(key);
  if (known !== undefined) return known;
  const id = hashedId(seed, length);
  ids.set(key, id);
  return id;
}

function hashedId(seed: string, length: number): string {
  let hash = 0xcbf29ce484222325n;
  let id = "";
  while (id.length < length) {
    for (const unit of `${seed}#${id}`)
      hash = BigInt.asUintN(64, (hash ^ BigInt(unit.codePointAt(0) ?? 0)) * 0x100000001b3n);
    id += hash.toString(36);
  }
  return id.slice(0, length);
}

/** `x-amz-apigw-id`: 16 characters of base64. */
export function extendedRequestId(requestId: string): string {
  const bytes = Buffer.from(requestId.replaceAll("-", ""), "hex").subarray(0, 11);
  return bytes.toString("base64").padEnd(16, "=");
}

const MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(" ");

let formatted = { second: Number.NaN, text: "" };

/** Common Log Format time in UTC, as in `10/Oct/2024:13:55:36 +0000`. The text of a second is made once. */
function formatClfTime(millis: number): string {
  const second = Math.floor(millis / 1000);
  if (second === formatted.second) return formatted.text;
  const [date = "", time = ""] = new Date(millis).toISOString().split("T");
  const [year, month, day] = date.split("-");
  const text = `${day}/${MONTHS[Number(month) - 1]}/${year}:${time.slice(0, 8)} +0000`;
  formatted = { second, text };
  return text;
}
