import type { KeyObject } from "node:crypto";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { ConfigurationError } from "../../definition/configuration-error";
import { LOCAL_CONFIG_FILE, type RealUserPool } from "../config";
import type { Host } from "../host/host";
import { PublishedKeys, readJwks } from "./jwks";
import { issuerOf } from "./token-issuer";

/** What a JWKS is called below its issuer. */
const WELL_KNOWN = "/.well-known/jwks.json";

/** Who issues tokens, with its keys. */
export interface RealIssuer {
  /** `iss` of its tokens. */
  readonly issuer: string;
  /** @throws Error when the keys cannot be got */
  keyOf(keyId: string, host: Host): Promise<KeyObject | undefined>;
}

/**
 * The real pools of `headgate.local.json`, by the id that the pool has on localhost.
 *
 * @param poolIds pools that the authorizers of the stacks trust
 * @throws ConfigurationError `USER_POOL_KEYS_INVALID`
 */
export function realUserPools(
  declared: Readonly<Record<string, RealUserPool>>,
  poolIds: readonly string[],
  projectRoot: string,
): ReadonlyMap<string, RealIssuer> {
  return new Map(
    Object.entries(declared).flatMap(([name, pool]) =>
      poolIds
        .filter((id) => isPoolName(name, id))
        .map((id) => [id, realIssuer(name, { id, ...pool }, projectRoot)] as const),
    ),
  );
}

/** Whether a name means a pool: its id, or what stands behind the region in it. */
export function isPoolName(name: string, poolId: string): boolean {
  return name === poolId || poolId.endsWith(`_${name}`);
}

function realIssuer(
  name: string,
  { id, jwks }: RealUserPool & { readonly id: string },
  projectRoot: string,
): RealIssuer {
  const issuer = issuerOf(id);
  if (jwks === undefined) return published(issuer, `${issuer}${WELL_KNOWN}`);
  if (/^https?:\/\//.test(jwks))
    return published(jwks.endsWith(WELL_KNOWN) ? jwks.slice(0, -WELL_KNOWN.length) : issuer, jwks);
  const keys = readKeys(name, resolve(projectRoot, jwks));
  return { issuer, keyOf: async (keyId) => keys.get(keyId) };
}

function published(issuer: string, url: string): RealIssuer {
  const keys = new PublishedKeys(url);
  return { issuer, keyOf: (keyId, host) => keys.keyOf(keyId, host) };
}

function readKeys(name: string, file: string) {
  try {
    return readJwks(readFileSync(file, "utf8"));
  } catch (cause) {
    throw new ConfigurationError(
      "USER_POOL_KEYS_INVALID",
      LOCAL_CONFIG_FILE,
      `the keys of the user pool "${name}" cannot be read from ${file}: ${cause instanceof Error ? cause.message : cause}`,
      `save the pool's key set there, or write the URL that it is published at, which ends in ${WELL_KNOWN}`,
      { cause },
    );
  }
}
