import type { AuthorizerDefinition } from "../../definition/authorizer";
import type { AuthorizationType } from "../../definition/method";
import { accessDenied, deniedBy, voteForSigner, voteOfApi, voteOn } from "../auth/access";
import { identityValues } from "../auth/identity-sources";
import { askAuthorizer, unauthorized } from "../auth/lambda-authorizer";
import { notePhase } from "../auth/phases";
import { combinedVote } from "../auth/policy";
import { signerOf } from "../auth/signature";
import { issuerOf } from "../auth/token-issuer";
import { claimTexts, type TrustedIssuer, verifiedClaims } from "../auth/user-pool-token";
import { poolIdsOf } from "../auth/user-pools";
import type { Caller, Exchange, Step } from "../exchange";
import { configurationFailure, GatewayError } from "../refusals/gateway-error";

type Authorization = (exchange: Exchange) => Promise<void> | void;

const AUTHORIZATIONS: Readonly<Record<AuthorizationType, Authorization>> = {
  NONE: () => undefined,
  AWS_IAM: authorizeSigner,
  CUSTOM: authorizeByFunction,
  COGNITO_USER_POOLS: authorizeBearer,
};

/** Lets callers pass whom the route's way of authorization lets in, and notes who they are. */
export const authorize: Step = {
  name: "authorize",
  request(exchange) {
    const authorized = AUTHORIZATIONS[exchange.method.authorizationType](exchange);
    return authorized instanceof Promise ? authorized.then(() => undefined) : undefined;
  },
};

/** Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/permissions.html */
async function authorizeSigner(exchange: Exchange): Promise<void> {
  const { facts, stage } = exchange;
  const identity = await notePhase(exchange, "authenticate", () => signerOf(exchange, stage.callers.identities));
  const { accessKeyId, principal } = identity;
  for (const name of ["caller", "user", "accessKey"]) facts.set(`identity.${name}`, accessKeyId);
  facts.set("identity.accountId", principal.account);
  facts.set("identity.userArn", principal.arn);
  if (identity.organizationId !== undefined) facts.set("identity.principalOrgId", identity.organizationId);
  exchange.signer = identity;
  await notePhase(exchange, "authorize", () => {
    const vote = voteForSigner(exchange, identity);
    if (vote !== "Allow") throw accessDenied(exchange, vote, identity);
  });
}

/** The decision counts for the method at hand, also when it was made for another one. */
async function authorizeByFunction(exchange: Exchange): Promise<void> {
  const { name, authorizer } = authorizerOf(exchange);
  const result = await askAuthorizer(exchange, name, authorizer);
  const { principalId, context, usageIdentifierKey } = result;
  note(exchange, {
    context: { ...context, principalId },
    ...(usageIdentifierKey !== undefined && { usageIdentifierKey }),
  });
  await notePhase(exchange, "authorize", () => {
    const vote = combinedVote(voteOn(result.policy, exchange), voteOfApi(exchange), true);
    if (vote === "Allow") return;
    throw new GatewayError("ACCESS_DENIED", {
      message: `User is not authorized to access this resource${deniedBy(vote)}`,
      reason: "the policy of the authorizer, which may be a remembered one, does not allow this method",
    });
  });
}

/** A resource policy must allow what a token has opened. */
async function authorizeBearer(exchange: Exchange): Promise<void> {
  const { authorizer } = authorizerOf(exchange);
  const { host, method, stage } = exchange;
  const [header] = identityValues(exchange, authorizer.identitySource).values();
  if (header === undefined) throw unauthorized("no token was sent");
  const claims = await notePhase(exchange, "authorizer", () =>
    verifiedClaims(header, {
      issuers: issuersOf(exchange, authorizer),
      scopes: method.authorizationScopes,
      ...(authorizer.identityValidationExpression && { audience: authorizer.identityValidationExpression }),
      nowMillis: host.now(),
    }),
  );
  note(exchange, { context: { claims: claimTexts(claims) } });
  const vote = voteOfApi(exchange);
  if (stage.callers.policy && vote !== "Allow") throw accessDenied(exchange, vote);
}

/** Each pool as localhost stands for it, and the real one where the settings name it. */
function issuersOf({ host, stage }: Exchange, authorizer: AuthorizerDefinition): readonly TrustedIssuer[] {
  const { tokenKeys, realPools } = stage.callers;
  return poolIdsOf(authorizer, stage.definition.variables, stage.region).flatMap((poolId) => {
    const local = { issuer: issuerOf(poolId), keyOf: (keyId: string) => tokenKeys.get(keyId) };
    const real = realPools?.get(poolId);
    return real ? [local, { issuer: real.issuer, keyOf: (keyId: string) => real.keyOf(keyId, host) }] : [local];
  });
}

function authorizerOf({ method, stage }: Exchange) {
  const name = method.authorizer ?? "";
  const authorizer = stage.api.authorizers[name];
  if (!authorizer) throw configurationFailure(`the API has no authorizer "${name}"`);
  return { name, authorizer };
}

function note(exchange: Exchange, caller: Caller): void {
  exchange.caller = caller;
  for (const [name, value] of Object.entries(caller.context)) {
    if (typeof value === "string") exchange.facts.set(`authorizer.${name}`, value);
    else for (const [claim, text] of Object.entries(value)) exchange.facts.set(`authorizer.${name}.${claim}`, text);
  }
}
