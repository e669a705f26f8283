import { createHash, createPublicKey, generateKeyPairSync, type KeyObject, sign } from "node:crypto";

/** How long a token is good unless it says otherwise: Cognito's default. */
const LIFETIME_SECONDS = 3600;

/** Public keys by their id: what a JWKS is. */
export type TokenKeys = ReadonlyMap<string, KeyObject>;

/** What a token says. */
export type Claims = Readonly<Record<string, unknown>>;

/** Signs tokens in place of all user pools of a stack. */
export interface TokenIssuer {
  readonly privateKey: KeyObject;
  readonly keyId: string;
  readonly keys: TokenKeys;
}

/** An issuer with a key, or with a new one. */
export function tokenIssuer(
  privateKey: KeyObject = generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey,
): TokenIssuer {
  const publicKey = createPublicKey(privateKey);
  const keyId = createHash("sha256")
    .update(publicKey.export({ type: "spki", format: "der" }))
    .digest("base64url");
  return { privateKey, keyId, keys: new Map([[keyId, publicKey]]) };
}

/** What a token is minted for. */
export interface TokenRequest {
  /** As in `eu-central-1_users`. */
  readonly poolId: string;
  /** Replace what is said otherwise: `sub`, `token_use`, `exp` … */
  readonly claims: Claims;
  readonly nowMillis: number;
}

/** Issuer of a pool's tokens. */
export function issuerOf(poolId: string): string {
  const [region = ""] = poolId.split("_");
  return `https://cognito-idp.${region}.amazonaws.com/${poolId}`;
}

/**
 * A token like those of Cognito: an ID token, unless the claims have `scope` or say `token_use: access`.
 * Source: https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-using-tokens-with-identity-providers.html
 */
export function mintToken({ privateKey, keyId }: TokenIssuer, { poolId, claims, nowMillis }: TokenRequest): string {
  const use = claims.token_use ?? (claims.scope === undefined ? "id" : "access");
  const now = Math.floor(nowMillis / 1000);
  const sub = claims.sub ?? "local-user";
  const client = "headgate-local";
  const said = {
    sub,
    iss: issuerOf(poolId),
    token_use: use,
    ...(use === "access" ? { client_id: client, username: sub } : { aud: client, "cognito:username": sub }),
    auth_time: now,
    iat: now,
    exp: now + LIFETIME_SECONDS,
    ...claims,
  };
  const content = [{ kid: keyId, alg: "RS256" }, said]
    .map((part) => Buffer.from(JSON.stringify(part)).toString("base64url"))
    .join(".");
  return `${content}.${sign("sha256", Buffer.from(content), privateKey).toString("base64url")}`;
}
