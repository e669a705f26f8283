import { createHmac } from "node:crypto";
import { hexSha256 } from "../../definition/hex-sha256";
import type { IncomingRequest } from "../exchange";
import { headerValues } from "../http/headers";
import { percentDecoded } from "../http/percent-decoded";

export const ALGORITHM = "AWS4-HMAC-SHA256";

/**
 * The request in the form that a signature covers.
 *
 * @param signedHeaders names in lower case
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 */
export function canonicalRequest(request: IncomingRequest, signedHeaders: readonly string[]): string {
  const [path = "", query = ""] = splitTarget(request.target);
  return [
    request.method,
    canonicalPath(path),
    canonicalQuery(query),
    ...signedHeaders.map((name) => `${name}:${headerValues(request.headers, name).map(trimmed).join(",")}`),
    "",
    signedHeaders.join(";"),
    hexSha256(request.body),
  ].join("\n");
}

/** What is signed, from the request in its canonical form. */
export function stringToSign(canonical: string, timestamp: string, scope: readonly string[]): string {
  return [ALGORITHM, timestamp, scope.join("/"), hexSha256(canonical)].join("\n");
}

/** The signature of a text with a key that is made for one day, region and service. */
export function signatureOf(text: string, secretAccessKey: string, scope: readonly string[]): string {
  const key = scope.reduce<string | Buffer>(
    (secret, part) => createHmac("sha256", secret).update(part).digest(),
    `AWS4${secretAccessKey}`,
  );
  return createHmac("sha256", key).update(text).digest("hex");
}

/** Path and query string of a target, which may be an absolute URL. */
function splitTarget(target: string): [path: string, query: string] {
  const originForm = target.replace(/^https?:\/\/[^/?]*/i, "");
  const question = originForm.indexOf("?");
  return question < 0 ? [originForm, ""] : [originForm.slice(0, question), originForm.slice(question + 1)];
}

/** Dots and double slashes are resolved, then every segment is encoded once more. */
function canonicalPath(path: string): string {
  const segments: string[] = [];
  for (const segment of path.split("/")) {
    if (segment === "..") segments.pop();
    else if (segment !== "" && segment !== ".") segments.push(segment);
  }
  const trailing = path.endsWith("/") && segments.length > 0 ? "/" : "";
  return `/${segments.map(encodeStrictly).join("/")}${trailing}`;
}

/** Parameters sorted by name, then value. The signature itself is no part of what it covers. */
function canonicalQuery(query: string): string {
  return query
    .split("&")
    .filter((pair) => pair !== "")
    .map((pair) => {
      const equals = pair.indexOf("=");
      const [name, value] = equals < 0 ? [pair, ""] : [pair.slice(0, equals), pair.slice(equals + 1)];
      return [encodeStrictly(percentDecoded(name)), encodeStrictly(percentDecoded(value))] as const;
    })
    .filter(([name]) => name !== "X-Amz-Signature")
    .sort(([a, first], [b, second]) => compareTexts(a, b) || compareTexts(first, second))
    .map(([name, value]) => `${name}=${value}`)
    .join("&");
}

function compareTexts(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

function trimmed(value: string): string {
  return value.trim().replace(/ {2,}/g, " ");
}

/** Percent-encoding as RFC 3986 has it. */
function encodeStrictly(text: string): string {
  return encodeURIComponent(Buffer.from(text).toString()).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
