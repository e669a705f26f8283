import { partitionOf } from "../../definition/partition";
import { factText, LOCAL_ACCOUNT_ID } from "../context";
import type { Exchange } from "../exchange";
import { GatewayError } from "../gateway-error";
import { headerValue } from "../headers";
import type { Policy, PolicyRequest, Principal, Vote } from "./policy";
import { voteOf } from "./policy";
import type { ConditionKeys } from "./policy-conditions";

/** What callers of an API do. */
const ACTION = "execute-api:Invoke";

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
export function voteOn(policy: Policy, exchange: Exchange, principal?: Principal): Vote {
  const request: PolicyRequest = {
    action: ACTION,
    resource: methodArn(exchange),
    keys: conditionKeys(exchange, principal),
    ...(principal && { principal }),
  };
  return voteOf(policy, request);
}

/** The API's own policy; an API without one says nothing. */
export function voteOfApi(exchange: Exchange, principal?: Principal): Vote {
  const { policy } = exchange.stage.callers;
  return policy ? voteOn(policy, exchange, principal) : "None";
}

/**
 * Facts for conditions. No request on localhost comes through a VPC, so that `aws:SourceVpc` and `aws:SourceVpce` are absent.
 * Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-resource-policies-aws-condition-keys.html
 */
function conditionKeys({ facts, headers, host, stage }: Exchange, principal: Principal | undefined): ConditionKeys {
  const nowMillis = host.now();
  const known: Readonly<Record<string, string | undefined>> = {
    "aws:sourceip": factText(facts, "identity.sourceIp"),
    "aws:useragent": headerValue(headers, "user-agent"),
    "aws:referer": headerValue(headers, "referer"),
    "aws:securetransport": "true",
    "aws:currenttime": new Date(nowMillis).toISOString(),
    "aws:epochtime": String(Math.floor(nowMillis / 1000)),
    "aws:requestedregion": stage.region,
    "aws:principalarn": principal?.arn,
    "aws:principalaccount": principal?.account,
  };
  return new Map(Object.entries(known).flatMap(([key, value]) => (value === undefined ? [] : [[key, [value]]])));
}

/** The refusal of a caller whom policies do not let in. Accounts are masked as AWS does. */
export function accessDenied(exchange: Exchange, vote: Vote, principal?: Principal, reason?: string): GatewayError {
  const resource = arnWith(exchange, `${"*".repeat(8)}${LOCAL_ACCOUNT_ID.slice(-4)}`);
  const message = `User: ${principal?.arn ?? "anonymous"} is not authorized to perform: ${ACTION} on resource: ${resource}${deniedBy(vote)}`;
  return new GatewayError("ACCESS_DENIED", { message, ...(reason && { reason }) });
}

/** How AWS ends the message of a refusal that a policy spells out. */
export function deniedBy(vote: Vote): string {
  return vote === "Deny" ? " with an explicit deny" : "";
}
