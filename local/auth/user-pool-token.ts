import { type KeyObject, verify } from "node:crypto";
import { isRecord } from "../../definition/json-access";
import { javaTime } from "../java-time";
import { matchesWhole } from "../patterns/java-regexp";
import { GatewayError } from "../refusals/gateway-error";
import { unauthorized } from "./lambda-authorizer";
import type { Claims } from "./token-issuer";

/** Who may issue a token, with its keys. Several may have one name. */
export interface TrustedIssuer {
  /** As in `https://cognito-idp.eu-central-1.amazonaws.com/eu-central-1_users`. */
  readonly issuer: string;
  /** @throws Error when the keys cannot be got */
  keyOf(keyId: string): Promise<KeyObject | undefined> | KeyObject | undefined;
}

/** What a token must be to let its bearer in. */
export interface TokenRules {
  readonly issuers: readonly TrustedIssuer[];
  /** Any of these is enough. Without scopes an ID token is asked for, with scopes an access token. */
  readonly scopes: readonly string[];
  /** Regular expression for the client that the token was made for. */
  readonly audience?: string;
  readonly nowMillis: number;
}

/**
 * The claims of a user pool's token.
 *
 * @param header the header as the client sent it, with or without `Bearer`
 * @throws GatewayError `UNAUTHORIZED`, `TOKEN_EXPIRED`
 * Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-integrate-with-cognito.html
 */
export async function verifiedClaims(header: string, rules: TokenRules): Promise<Claims> {
  const { issuers, scopes, audience, nowMillis } = rules;
  const token = header.trim().replace(/^Bearer\s+/i, "");
  const claims = await signedClaims(token, issuers);
  if (typeof claims.exp !== "number" || claims.exp * 1000 <= nowMillis) {
    throw new GatewayError("TOKEN_EXPIRED", { reason: `the token was good until ${javaDate(claims.exp)}` });
  }
  const use = scopes.length > 0 ? "access" : "id";
  if (claims.token_use !== use) {
    const made = use === "access" ? "headgate token --scope makes one" : "headgate token makes one without --scope";
    throw unauthorized(`the route asks for an ${use} token, and this is one for "${claims.token_use}"; ${made}`);
  }
  if (scopes.length > 0) checkScopes(claims, scopes);
  const client = String(claims.aud ?? claims.client_id ?? "");
  if (audience && !matchesWhole(audience, client)) throw unauthorized(`"${client}" does not match ${audience}`);
  return claims;
}

function checkScopes({ scope }: Claims, scopes: readonly string[]): void {
  const has = String(scope ?? "").split(" ");
  if (scopes.some((wanted) => has.includes(wanted))) return;
  throw unauthorized(`the token has the scope "${scope ?? ""}", the route asks for one of ${scopes.join(", ")}`);
}

async function signedClaims(token: string, issuers: readonly TrustedIssuer[]): Promise<Claims> {
  const [head = "", body = "", signature = "", ...rest] = token.split(".");
  const header = decoded(head);
  const claims = decoded(body);
  if (!header || !claims || rest.length > 0) throw unauthorized("what was sent is no JSON Web Token");
  if (header.alg !== "RS256") throw unauthorized(`the token is signed by "${header.alg}", not by RS256`);
  const named = issuers.filter(({ issuer }) => issuer === claims.iss);
  if (named.length === 0) {
    const known = [...new Set(issuers.map(({ issuer }) => issuer))].join(" or ");
    throw unauthorized(`the token is from ${claims.iss}, not from ${known}`);
  }
  const key = await keyOf(String(header.kid), named);
  if (!key) throw unauthorized("the token is signed by another key; `headgate token` mints those of localhost");
  if (!verify("sha256", Buffer.from(`${head}.${body}`), key, Buffer.from(signature, "base64url"))) {
    throw unauthorized("the signature of the token is wrong");
  }
  return claims;
}

/** Keys that cannot be got let nobody in. */
async function keyOf(keyId: string, issuers: readonly TrustedIssuer[]): Promise<KeyObject | undefined> {
  for (const { issuer, keyOf: find } of issuers) {
    try {
      const key = await find(keyId);
      if (key) return key;
    } catch (cause) {
      const { message } = cause instanceof Error ? cause : new Error(String(cause));
      throw unauthorized(`the keys of ${issuer} cannot be got: ${message}`);
    }
  }
  return undefined;
}

function decoded(part: string): Claims | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(part, "base64url").toString());
    return isRecord(value) ? (value as Claims) : undefined;
  } catch {
    return undefined;
  }
}

/** Claims as API Gateway hands them on: everything is text, and two points in time are written as Java writes dates. */
export function claimTexts(claims: Claims): Record<string, string> {
  return Object.fromEntries(Object.entries(claims).map(([name, value]) => [name, claimText(name, value)]));
}

function claimText(name: string, value: unknown): string {
  if (name === "exp" || name === "iat") return javaDate(value);
  if (Array.isArray(value)) return value.map((each) => claimText("", each)).join(",");
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}

/** As in `Fri Jul 29 18:52:53 UTC 2016`. */
function javaDate(seconds: unknown): string {
  const millis = Number(seconds) * 1000;
  return Number.isNaN(new Date(millis).getTime()) ? String(seconds) : javaTime(millis);
}
