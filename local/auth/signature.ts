import { createHash, timingSafeEqual } from "node:crypto";
import type { Arrival } from "../exchange";
import { headerValue } from "../http/headers";
import { GatewayError } from "../refusals/gateway-error";
import { ALGORITHM, canonicalRequest, signatureOf, stringToSign } from "./canonical-request";
import type { Identity } from "./identities";

const SERVICE = "execute-api";
const TERMINATOR = "aws4_request";

/** How far the clock of a caller may be off, and how long a signature in a header is good. */
const MAX_SKEW_MILLIS = 5 * 60_000;

/** What a caller says about its signature. */
interface SignatureParts {
  readonly credential: string;
  readonly signedHeaders: string;
  readonly signature: string;
  /** As in `20240102T030405Z`. */
  readonly timestamp: string | undefined;
  readonly sessionToken: string | undefined;
  /** How long a signature in the query string is good. */
  readonly expiresSeconds?: number;
}

/**
 * The identity that has signed a request.
 *
 * @throws GatewayError with AWS's words for what is missing or wrong
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-troubleshooting.html
 */
export function signerOf(arrival: Arrival, identities: ReadonlyMap<string, Identity>): Identity {
  const parts = signatureParts(arrival);
  const [accessKeyId = "", ...scope] = parts.credential.split("/");
  const timestamp = checkedTimestamp(parts, arrival.host.now());
  const identity = identities.get(accessKeyId);
  if (!identity || parts.sessionToken !== identity.sessionToken) {
    const known = [...identities.keys()].join(", ");
    const reason = identity
      ? `X-Amz-Security-Token is not that of ${accessKeyId}`
      : `no identity has the access key id "${accessKeyId}", only ${known}`;
    throw new GatewayError("UNKNOWN_CREDENTIALS", { reason });
  }
  checkScope(scope, timestamp, arrival.stage.region);
  const signedHeaders = parts.signedHeaders.split(";");
  if (!signedHeaders.includes("host")) {
    throw invalid("'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization.");
  }
  const canonical = canonicalRequest(arrival.request, signedHeaders);
  const text = stringToSign(canonical, timestamp, scope);
  if (!isSame(signatureOf(text, identity.secretAccessKey, scope), parts.signature)) throw mismatch(canonical, text);
  return identity;
}

/** The refusal of a request without a signature: AWS looks first whether the caller tried to sign. */
export function unsigned({ headers }: Arrival, kind: "UNKNOWN_ROUTE" | "MISSING_SIGNATURE"): GatewayError {
  const authorization = headerValue(headers, "authorization");
  if (authorization === undefined || authorization.startsWith(ALGORITHM)) return new GatewayError(kind);
  return incomplete("Invalid key=value pair (missing equal-sign) in Authorization header", authorization);
}

function signatureParts(arrival: Arrival): SignatureParts {
  const authorization = headerValue(arrival.headers, "authorization");
  if (authorization?.startsWith(ALGORITHM)) return headerParts(arrival, authorization);
  const inQuery = authorization === undefined ? queryParts(arrival) : undefined;
  if (!inQuery) throw unsigned(arrival, "MISSING_SIGNATURE");
  return inQuery;
}

function headerParts({ headers }: Arrival, authorization: string): SignatureParts {
  const parameters = new Map(
    authorization
      .slice(ALGORITHM.length)
      .split(",")
      .map((pair) => pair.trim().split(/=(.*)/s) as [string, string]),
  );
  const [credential, signature, signedHeaders] = ["Credential", "Signature", "SignedHeaders"].map((name) =>
    parameters.get(name),
  );
  const timestamp = headerValue(headers, "x-amz-date") ?? basicDate(headerValue(headers, "date"));
  if (credential === undefined || signature === undefined || signedHeaders === undefined || timestamp === undefined) {
    const missing = [
      ...Object.entries({ Credential: credential, Signature: signature, SignedHeaders: signedHeaders })
        .filter(([, value]) => value === undefined)
        .map(([name]) => `Authorization header requires '${name}' parameter.`),
      ...(timestamp === undefined
        ? ["Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header."]
        : []),
    ];
    throw incomplete(missing.join(" "), authorization);
  }
  const sessionToken = headerValue(headers, "x-amz-security-token");
  return { credential, signature, signedHeaders, timestamp, sessionToken };
}

function queryParts({ query }: Arrival): SignatureParts | undefined {
  const parameters = new Map(query);
  const [credential, signature, signedHeaders] = ["Credential", "Signature", "SignedHeaders"].map((name) =>
    parameters.get(`X-Amz-${name}`),
  );
  if (credential === undefined || signature === undefined || signedHeaders === undefined) return undefined;
  return {
    credential,
    signature,
    signedHeaders,
    timestamp: parameters.get("X-Amz-Date"),
    sessionToken: parameters.get("X-Amz-Security-Token"),
    expiresSeconds: Number(parameters.get("X-Amz-Expires") ?? 0),
  };
}

function checkedTimestamp({ timestamp, expiresSeconds }: SignatureParts, nowMillis: number): string {
  const [, ...fields] = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(timestamp ?? "") ?? [];
  const [year, month, day, hour, minute, second] = fields;
  const signedMillis = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
  if (timestamp === undefined || Number.isNaN(signedMillis)) {
    throw invalid(
      `Date must be in ISO-8601 'basic format'. Got '${timestamp ?? ""}'. See http://en.wikipedia.org/wiki/ISO_8601`,
    );
  }
  const goodMillis = expiresSeconds === undefined ? MAX_SKEW_MILLIS : expiresSeconds * 1000;
  const now = basicFormat(nowMillis);
  if (signedMillis + goodMillis < nowMillis) {
    const earliest = basicFormat(nowMillis - goodMillis);
    throw invalid(`Signature expired: ${timestamp} is now earlier than ${earliest} (${now} - ${span(goodMillis)}.)`);
  }
  if (signedMillis > nowMillis + MAX_SKEW_MILLIS) {
    const latest = basicFormat(nowMillis + MAX_SKEW_MILLIS);
    throw invalid(
      `Signature not yet current: ${timestamp} is still later than ${latest} (${now} + ${span(MAX_SKEW_MILLIS)}.)`,
    );
  }
  return timestamp;
}

function checkScope(scope: readonly string[], timestamp: string, expectedRegion: string): void {
  const [date, region, service, terminator] = scope;
  if (region !== expectedRegion) throw invalid(`Credential should be scoped to a valid region, not '${region}'. `);
  if (service !== SERVICE) throw invalid(`Credential should be scoped to correct service: '${SERVICE}'. `);
  if (terminator !== TERMINATOR || scope.length !== 4) {
    throw invalid(`Credential should be scoped with a valid terminator: '${TERMINATOR}', not '${terminator}'. `);
  }
  const day = timestamp.slice(0, 8);
  if (date !== day) {
    throw invalid(
      `Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '${date}' != '${day}', from '${timestamp}'.`,
    );
  }
}

function isSame(expected: string, given: string): boolean {
  return expected.length === given.length && timingSafeEqual(Buffer.from(expected), Buffer.from(given, "latin1"));
}

function mismatch(canonical: string, text: string): GatewayError {
  return new GatewayError("INVALID_SIGNATURE", {
    message:
      "The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details." +
      `\n\nThe Canonical String for this request should have been\n'${canonical}'\n\nThe String-to-Sign should have been\n'${text}'\n`,
    reason: "the secret access key is another one, or what was signed is not what was sent",
  });
}

function invalid(message: string): GatewayError {
  return new GatewayError("INVALID_SIGNATURE", { message });
}

/** AWS no longer shows the header itself. */
function incomplete(problem: string, authorization: string): GatewayError {
  const hash = createHash("sha256").update(authorization).digest("base64");
  const isPair = problem.startsWith("Invalid");
  return new GatewayError("UNSIGNED_AUTHORIZATION", {
    message: isPair
      ? `${problem} (hashed with SHA-256 and encoded with Base64): '${hash}'.`
      : `${problem} (Hashed with SHA-256 and encoded with Base64) Authorization=${hash}`,
  });
}

/** A date of HTTP in the form of `X-Amz-Date`. */
function basicDate(date: string | undefined): string | undefined {
  if (date === undefined || /^\d{8}T\d{6}Z$/.test(date)) return date;
  const millis = Date.parse(date);
  return Number.isNaN(millis) ? date : basicFormat(millis);
}

/** As in `20240102T030405Z`. */
function basicFormat(millis: number): string {
  return new Date(millis).toISOString().replace(/[-:]|\.\d+/g, "");
}

function span(millis: number): string {
  return `${Math.round(millis / 60_000)} min`;
}
