import { factText } from "../context";
import type { Exchange } from "../exchange";
import { headerValue } from "../http/headers";
import type { Identity } from "./identities";
import { withoutSession } from "./policy";
import type { ConditionKeys } from "./policy-conditions";

type Known = Readonly<Record<string, string | undefined>>;

/**
 * Facts for conditions and variables of policies, by key in lower case. What is not known of a request is absent.
 * Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-resource-policies-aws-condition-keys.html
 */
export function conditionKeys(exchange: Exchange, signer: Identity | undefined): ConditionKeys {
  const known = { ...ofRequest(exchange), ...(signer && ofSigner(signer)) };
  return new Map(Object.entries(known).flatMap(([key, value]) => (value === undefined ? [] : [[key, [value]]])));
}

function ofRequest({ facts, headers, host, request, stage }: Exchange): Known {
  const nowMillis = host.now();
  const { sourceVpc, sourceVpce } = request;
  const sourceIp = factText(facts, "identity.sourceIp");
  const isFromVpc = sourceVpc !== undefined || sourceVpce !== undefined;
  return {
    [isFromVpc ? "aws:vpcsourceip" : "aws:sourceip"]: sourceIp,
    "aws:sourcevpc": sourceVpc,
    "aws:sourcevpce": sourceVpce,
    "aws:useragent": headerValue(headers, "user-agent"),
    "aws:referer": headerValue(headers, "referer"),
    "aws:securetransport": "true",
    "aws:currenttime": new Date(nowMillis).toISOString(),
    "aws:epochtime": String(Math.floor(nowMillis / 1000)),
    "aws:requestedregion": stage.region,
    "aws:principalisawsservice": "false",
    "aws:viaawsservice": "false",
    "aws:principaltype": "Anonymous",
  };
}

function ofSigner({ accessKeyId, principal, sessionToken, tags, organizationId }: Identity): Known {
  const [, userName] = /:user\/(?:.*\/)?([^/]+)$/.exec(principal.arn) ?? [];
  const isRole = /:assumed-role\//.test(principal.arn);
  return {
    "aws:principalarn": withoutSession(principal.arn),
    "aws:principalaccount": principal.account,
    "aws:principaltype": isRole ? "AssumedRole" : userName === undefined ? "Account" : "User",
    "aws:principalorgid": organizationId,
    "aws:userid": accessKeyId,
    "aws:username": userName,
    // Only temporary credentials tell how they were got.
    "aws:multifactorauthpresent": sessionToken === undefined ? undefined : "false",
    ...Object.fromEntries(Object.entries(tags).map(([tag, value]) => [`aws:principaltag/${tag.toLowerCase()}`, value])),
  };
}
