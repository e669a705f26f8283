import { partitionOf } from "../../definition/partition";
import { LOCAL_ACCOUNT_ID } from "../context";
import type { Exchange } from "../exchange";
import { GatewayError } from "../refusals/gateway-error";
import { conditionKeys } from "./condition-keys";
import type { Identity } from "./identities";
import { combinedVote, type Policy, type Vote, voteOf } from "./policy";

/** What callers of an API do. */
export type Action = "Invoke" | "InvalidateCache";

/** Largest ARN of a method that API Gateway takes to an authorizer. */
const MAX_METHOD_ARN_BYTES = 1600;

/**
 * The ARN of what the request calls: the concrete path, without the query string.
 *
 * @throws GatewayError `METHOD_ARN_TOO_LONG`
 * Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-control-access-using-iam-policies-to-invoke-api.html
 */
export function methodArn(exchange: Exchange): string {
  const arn = arnWith(exchange, LOCAL_ACCOUNT_ID);
  if (Buffer.byteLength(arn) > MAX_METHOD_ARN_BYTES) throw new GatewayError("METHOD_ARN_TOO_LONG");
  return arn;
}

function arnWith({ stage, httpMethod, path }: Exchange, account: string): string {
  const { region, apiId, definition } = stage;
  return `arn:${partitionOf(region).name}:execute-api:${region}:${account}:${apiId}/${definition.name}/${httpMethod}${path}`;
}

/** What a policy says about the request of a caller. */
export function voteOn(policy: Policy, exchange: Exchange, signer?: Identity, action: Action = "Invoke"): Vote {
  return voteOf(policy, {
    action: `execute-api:${action}`,
    resource: methodArn(exchange),
    keys: conditionKeys(exchange, signer),
    ...(signer && { principal: signer.principal }),
  });
}

/** The API's own policy; an API without one says nothing. */
export function voteOfApi(exchange: Exchange, signer?: Identity, action: Action = "Invoke"): Vote {
  const { policy } = exchange.stage.callers;
  return policy ? voteOn(policy, exchange, signer, action) : "None";
}

/** What the policies of a signer and of the API say together. */
export function voteForSigner(exchange: Exchange, signer: Identity, action: Action = "Invoke"): Vote {
  const ofSigner = voteOn(signer.policy, exchange, signer, action);
  return combinedVote(ofSigner, voteOfApi(exchange, signer, action), signer.isOfThisAccount);
}

/** The refusal of a caller whom policies do not let in. Accounts are masked as AWS does. */
export function accessDenied(exchange: Exchange, vote: Vote, signer?: Identity): GatewayError {
  return new GatewayError("ACCESS_DENIED", { message: denial(exchange, vote, signer, "Invoke") });
}

/** The same for a caller who may not have cached answers made anew. */
export function invalidationDenied(exchange: Exchange, vote: Vote): GatewayError {
  const message = denial(exchange, vote, exchange.signer, "InvalidateCache");
  return new GatewayError("CACHE_INVALIDATION_DENIED", { message });
}

function denial(exchange: Exchange, vote: Vote, signer: Identity | undefined, action: Action): string {
  const resource = arnWith(exchange, `${"*".repeat(8)}${LOCAL_ACCOUNT_ID.slice(-4)}`);
  const user = signer?.principal.arn ?? "anonymous";
  return `User: ${user} is not authorized to perform: execute-api:${action} on resource: ${resource}${deniedBy(vote)}`;
}

/** How AWS ends the message of a refusal that a policy spells out. */
export function deniedBy(vote: Vote): string {
  return vote === "Deny" ? " with an explicit deny" : "";
}
