import type { JsonObject } from "../../definition/json";
import type { Trust } from "../../local/auth/callers";
import { identitiesOf, type LocalIdentity } from "../../local/auth/identities";
import { mintToken, tokenIssuer } from "../../local/auth/token-issuer";
import type { HeaderLines } from "../../local/host";
import { type SignableRequest, signedHeaders } from "../support/sign-request";
import type { CaseApi, PolicyEffect } from "./conformance-case";
import { poolId, REGION } from "./definition-of";

const ISSUER = tokenIssuer();
const SECRET = "conformance-secret";
const LATE_MILLIS = 20 * 60_000;

/** Identities that a case may sign with, and those whose signature is wrong in the way that their name says. */
const OF_ANOTHER_ACCOUNT = "arn:aws:iam::999999999999:user/other-account";
const POLICIES: Readonly<Record<PolicyEffect, Pick<LocalIdentity, "allow" | "deny">>> = {
  Allow: { allow: ["*"] },
  Deny: { allow: [], deny: ["*"] },
  None: { allow: [] },
};

/** Who may call the API of a case: whoever it names, with the policy that it says. */
export function trustOf({ identityPolicyEffect = "Allow" }: CaseApi): Trust {
  const ofCase = { secretAccessKey: SECRET, ...POLICIES[identityPolicyEffect] };
  return {
    identities: identitiesOf({
      "same-account": ofCase,
      "other-account": { ...ofCase, arn: OF_ANOTHER_ACCOUNT },
      "allowed-user": { secretAccessKey: SECRET },
      "user-with-explicit-deny": { secretAccessKey: SECRET, deny: ["*"] },
      "user-without-policy": { secretAccessKey: SECRET, allow: [] },
      "wrong-secret": { secretAccessKey: SECRET },
      expired: { secretAccessKey: SECRET },
    }),
    tokenKeys: ISSUER.keys,
  };
}

/** The headers with which a named identity signs a request. */
export function signatureOf(identity: string, request: SignableRequest, nowMillis: number): Promise<HeaderLines> {
  return signedHeaders(request, {
    accessKeyId: identity,
    secretAccessKey: identity === "wrong-secret" ? "another-secret" : SECRET,
    region: REGION,
    nowMillis: identity === "expired" ? nowMillis - LATE_MILLIS : nowMillis,
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

/** Times below a year are relative to now. */
function claimValue(name: string, value: string, nowMillis: number): string | number {
  if (!["exp", "iat", "nbf"].includes(name)) return value;
  const seconds = Number(value);
  return Math.abs(seconds) < 31_536_000 ? Math.floor(nowMillis / 1000) + seconds : seconds;
}

/** The resource policy of a case: its own, or one whose only statement has the effect that it says, or does not match. */
export function resourcePolicyOf({ resourcePolicy, resourcePolicyEffect: effect }: CaseApi): JsonObject | undefined {
  if (resourcePolicy !== undefined || effect === undefined) return resourcePolicy;
  const Resource = effect === "None" ? "execute-api:/*/POST/other" : "execute-api:/*";
  const Effect = effect === "None" ? "Allow" : effect;
  return { Version: "2012-10-17", Statement: [{ Effect, Principal: "*", Action: "execute-api:Invoke", Resource }] };
}
