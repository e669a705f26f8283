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
  return new Map<string, string | number | null>([
    ["httpMethod", arrival.httpMethod],
    ["extendedRequestId", extendedRequestId(arrival.requestId)],
    ["requestTime", formatClfTime(arrival.nowMillis)],
    ["path", arrival.path],
    ["accountId", LOCAL_ACCOUNT_ID],
    ["protocol", arrival.protocol],
    ["stage", arrival.stageName],
    ["domainPrefix", arrival.domainName.split(".")[0] ?? ""],
    ["requestTimeEpoch", arrival.nowMillis],
    ["requestId", arrival.requestId],
    ["identity.cognitoIdentityPoolId", null],
    ["identity.accountId", null],
    ["identity.cognitoIdentityId", null],
    ["identity.caller", null],
    ["identity.sourceIp", arrival.sourceIp],
    ["identity.principalOrgId", null],
    ["identity.accessKey", null],
    ["identity.cognitoAuthenticationType", null],
    ["identity.cognitoAuthenticationProvider", null],
    ["identity.userArn", null],
    ...(arrival.sourceVpc === undefined ? [] : ([["identity.vpcId", arrival.sourceVpc]] as const)),
    ...(arrival.sourceVpce === undefined ? [] : ([["identity.vpceId", arrival.sourceVpce]] as const)),
    ["identity.userAgent", arrival.userAgent],
    ["identity.user", null],
    ["domainName", arrival.domainName],
    ["deploymentId", shortId(`${arrival.apiId}/${arrival.stageName}`, 6)],
    ["apiId", arrival.apiId],
    ["isCanary", String(arrival.isCanaryRequest ?? false)],
    ...(arrival.isCanaryRequest === undefined ? [] : ([["isCanaryRequest", String(arrival.isCanaryRequest)]] as const)),
    ["xrayTraceId", arrival.traceId],
    ...(arrival.basePathMatched === undefined
      ? []
      : ([["customDomain.basePathMatched", arrival.basePathMatched]] as const)),
  ]);
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
  const id = ids.get(key) ?? hashedId(seed, length);
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
