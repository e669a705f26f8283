import { createPublicKey, type KeyObject } from "node:crypto";
import { isRecord } from "../../definition/json-access";
import type { Host } from "../host/host";
import type { TokenKeys } from "./token-issuer";

/** How long somebody who publishes keys may take. */
const TIMEOUT_MILLIS = 5_000;

/** How often a key that nobody knows makes the keys be fetched anew. */
const REFRESH_MILLIS = 60_000;

/**
 * The RSA keys of a JSON Web Key Set, by id. Those for other uses are left out.
 *
 * @throws Error when the text is no key set
 * Source: https://www.rfc-editor.org/rfc/rfc7517
 */
export function readJwks(text: string): TokenKeys {
  const document: unknown = JSON.parse(text);
  if (!isRecord(document) || !Array.isArray(document.keys)) throw new Error('it has no list of "keys"');
  return new Map(
    document.keys.filter(isRecord).flatMap((jwk): [string, KeyObject][] => {
      const { kid, kty, use = "sig", alg = "RS256", n, e } = jwk;
      if (typeof kid !== "string" || kty !== "RSA" || use !== "sig" || alg !== "RS256") return [];
      if (typeof n !== "string" || typeof e !== "string") return [];
      return [[kid, createPublicKey({ key: { kty, n, e }, format: "jwk" })]];
    }),
  );
}

/** Keys that a URL publishes: fetched with the first token, and again for a key that is new. */
export class PublishedKeys {
  private keys: Promise<TokenKeys> | undefined;
  private fetchedAtMillis = 0;

  constructor(private readonly url: string) {}

  /** @throws Error when the keys cannot be fetched */
  async keyOf(keyId: string, host: Host): Promise<KeyObject | undefined> {
    const known = (await this.load(host)).get(keyId);
    if (known || host.now() - this.fetchedAtMillis < REFRESH_MILLIS) return known;
    const previous = this.keys;
    this.keys = undefined;
    // What is known stays good while the keys cannot be fetched.
    return (await this.load(host, previous)).get(keyId);
  }

  private load(host: Host, fallback?: Promise<TokenKeys>): Promise<TokenKeys> {
    if (this.keys) return this.keys;
    this.fetchedAtMillis = host.now();
    const loading = fetchKeys(this.url, host).catch((error: unknown) => {
      if (this.keys === loading) this.keys = fallback;
      if (fallback) return fallback;
      throw error;
    });
    this.keys = loading;
    return loading;
  }
}

async function fetchKeys(url: string, host: Host): Promise<TokenKeys> {
  const request = { method: "GET", url, headers: [["Accept", "application/json"]] } as const;
  const { status, body } = await host.fetch(request, AbortSignal.timeout(TIMEOUT_MILLIS));
  if (status !== 200) throw new Error(`${url} answered ${status}`);
  return readJwks(body.toString());
}
