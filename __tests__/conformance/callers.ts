import type { JsonObject } from "../../definition/json";
import type { Trust } from "../../local/auth/callers";
import { identitiesOf, type LocalIdentity } from "../../local/auth/identities";
import { mintToken, tokenIssuer } from "../../local/auth/token-issuer";
import type { HeaderLines } from "../../local/host/host";
import { type SignableRequest, signedHeaders } from "../support/sign-request";
import { type CaseApi, type ConformanceCase, type PolicyEffect, requestsOf } from "./conformance-case";
import { poolId, REGION } from "./definition-of";

const ISSUER = tokenIssuer();
const SECRET = "conformance-secret";
const LATE_MILLIS = 20 * 60_000;

const OF_ANOTHER_ACCOUNT = "arn:aws:iam::999999999999:user/other-account";
const POLICIES: Readonly<Record<PolicyEffect, Pick<LocalIdentity, "allow" | "deny">>> = {
  Allow: { allow: ["*"] },
  Deny: { allow: [], deny: ["*"] },
  None: { allow: [] },
};

/** A way of signing that the name of an identity tells. */
interface Signer {
  readonly policy?: PolicyEffect;
  readonly arn?: string;
  readonly isUnknown?: boolean;
  readonly secretAccessKey?: string;
  readonly lateMillis?: number;
}

/** What names of identities say, the first that matches; others may do what the case's policy says. */
const SIGNERS: readonly (readonly [name: RegExp, signer: Signer])[] = [
  [/unknown|(bad|invalid|wrong)-(session-?)?(token|key)/, { isUnknown: true }],
  [/wrong|mismatch|tampered|(bad|invalid)-(secret|signature)/, { secretAccessKey: "another-secret" }],
  [/expired|stale|late/, { lateMillis: LATE_MILLIS }],
  [/explicit/, { policy: "Deny" }],
  [/without|implicit|denied|unauthori[sz]ed|\bno(t|ne)?\b/, { policy: "None" }],
  [/(other|another|cross|foreign)-?account/, { arn: OF_ANOTHER_ACCOUNT }],
];

function signerNamed(name: string): Signer {
  return SIGNERS.find(([pattern]) => pattern.test(name))?.[1] ?? {};
}

/** Who may call the API of a case: whoever signs its requests, with the policy that it or the name says. */
export function trustOf(given: ConformanceCase): Trust {
  const { identityPolicyEffect = "Allow" } = given.api;
  const names = requestsOf(given).flatMap(({ sigv4 }) => (sigv4 === undefined ? [] : [sigv4]));
  const known = names.map((name) => [name, signerNamed(name)] as const).filter(([, { isUnknown }]) => !isUnknown);
  return {
    identities: identitiesOf(
      Object.fromEntries(
        known.map(([name, { policy = identityPolicyEffect, arn }]) => [
          name,
          { secretAccessKey: SECRET, ...POLICIES[policy], ...(arn !== undefined && { arn }) },
        ]),
      ),
    ),
    tokenKeys: ISSUER.keys,
  };
}

/** The headers with which a named identity signs a request. */
export function signatureOf(identity: string, request: SignableRequest, nowMillis: number): Promise<HeaderLines> {
  const { secretAccessKey = SECRET, lateMillis = 0 } = signerNamed(identity);
  return signedHeaders(request, {
    accessKeyId: identity,
    secretAccessKey,
    region: REGION,
    nowMillis: nowMillis - lateMillis,
  });
}

/** Fills `<<jwt:pool,claim=value,…>>` with a token of the pool. */
export function withTokens(text: string, nowMillis: number): string {
  return text.replace(/<<jwt:([^,>]+)((?:,[^,>]+)*)>>/g, (_, pool: string, list: string) => {
    const claims = list
      .split(",")
      .filter(Boolean)
      .map((claim) => claim.split("=", 2) as [string, string])
      .map(([name, value]) => [name, claimValue(name, value, nowMillis)] as const);
    return mintToken(ISSUER, { poolId: poolId(pool), claims: Object.fromEntries(claims), nowMillis });
  });
}

const HOUR_SECONDS = 3600;

/** Times below a year are relative to now; `past` and `expired` are an hour ago. */
function claimValue(name: string, value: string, nowMillis: number): string | number {
  if (!["exp", "iat", "nbf"].includes(name)) return value;
  const nowSeconds = Math.floor(nowMillis / 1000);
  if (/[a-z]/i.test(value)) return nowSeconds + (/past|expired|ago/.test(value) ? -HOUR_SECONDS : HOUR_SECONDS);
  const seconds = Number(value);
  return Math.abs(seconds) < 31_536_000 ? nowSeconds + seconds : seconds;
}

/** The resource policy of a case: its own, or one whose only statement has the effect that it says, or does not match. */
export function resourcePolicyOf({ resourcePolicy, resourcePolicyEffect: effect }: CaseApi): JsonObject | undefined {
  if (resourcePolicy !== undefined || effect === undefined) return resourcePolicy;
  const Resource = effect === "None" ? "execute-api:/*/POST/other" : "execute-api:/*";
  const Effect = effect === "None" ? "Allow" : effect;
  return { Version: "2012-10-17", Statement: [{ Effect, Principal: "*", Action: "execute-api:Invoke", Resource }] };
}
