import type { AuthorizerDefinition } from "../../definition/authorizer";
import type { Exchange } from "../exchange";
import { GatewayError } from "../gateway-error";
import type { InvocationResult } from "../host";
import { requestEvent } from "../integrations/lambda-proxy-event";
import { withinMillis } from "../integrations/timeout";
import { parseAwsUri, withStageVariables } from "../integrations/uri";
import { matchesWhole } from "../java-regexp";
import { methodArn } from "./access";
import { type AuthorizerResult, readAuthorizerResult } from "./authorizer-result";
import { identityValues } from "./identity-sources";

/** How long API Gateway waits for an authorizer, whatever the function's own timeout is. */
const AUTHORIZER_TIMEOUT_MILLIS = 10_000;

/** What a function says to have its caller refused with 401. */
const UNAUTHORIZED = "Unauthorized";

/**
 * Asks a Lambda authorizer, or the stage's memory of what it has answered to the same identity.
 *
 * @param name key of the authorizer in the definition
 * @throws GatewayError `UNAUTHORIZED`, `AUTHORIZER_CONFIGURATION_ERROR`, `METHOD_ARN_TOO_LONG`
 * Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-use-lambda-authorizer.html
 */
export async function askAuthorizer(
  exchange: Exchange,
  name: string,
  authorizer: AuthorizerDefinition,
): Promise<AuthorizerResult> {
  const identities = identityValues(exchange, authorizer.identitySource);
  checkIdentities(authorizer, identities);
  const { host, stage } = exchange;
  const ttlMillis = authorizer.resultTtlSeconds * 1000;
  if (ttlMillis === 0) return decide(exchange, authorizer, identities);
  const { results } = stage.callers;
  const key = JSON.stringify([name, ...identities.values()]);
  const known = results.get(key, host.now());
  if (known) return known;
  const result = await decide(exchange, authorizer, identities);
  results.set(key, result, host.now() + ttlMillis);
  return result;
}

/** Without a cache, a REQUEST authorizer decides itself what it needs. */
function checkIdentities(authorizer: AuthorizerDefinition, identities: ReturnType<typeof identityValues>): void {
  const { type, identityValidationExpression: expression, resultTtlSeconds } = authorizer;
  if (type === "REQUEST" && resultTtlSeconds === 0) return;
  const [missing] = [...identities].filter(([, value]) => value === undefined);
  if (missing) throw unauthorized(`${missing[0]} is missing or empty`);
  if (type !== "TOKEN" || expression === undefined || expression === "") return;
  const [token = ""] = identities.values();
  if (!matchesWhole(expression, token)) throw unauthorized(`the token does not match ${expression}`);
}

async function decide(
  exchange: Exchange,
  authorizer: AuthorizerDefinition,
  identities: ReturnType<typeof identityValues>,
): Promise<AuthorizerResult> {
  const [token] = identities.values();
  const arn = methodArn(exchange);
  const event =
    authorizer.type === "TOKEN"
      ? { type: "TOKEN", authorizationToken: token, methodArn: arn }
      : { type: "REQUEST", methodArn: arn, ...requestEvent(exchange) };
  const { functionError, payload } = await invoke(exchange, authorizer, event);
  if (functionError !== undefined) {
    exchange.facts.set("authorizer.error", String(messageIn(payload) ?? functionError));
    throw failure(payload);
  }
  try {
    return readAuthorizerResult(payload);
  } catch (error) {
    throw misconfigured(error instanceof Error ? error.message : String(error), error);
  }
}

async function invoke(
  exchange: Exchange,
  { uri = "" }: AuthorizerDefinition,
  event: object,
): Promise<InvocationResult> {
  const { facts, host, stage } = exchange;
  const target = parseAwsUri(withStageVariables(uri, stage.definition.variables));
  if (target?.kind !== "function") throw misconfigured("the URI of the authorizer names no function");
  const { functionName, qualifier } = target;
  const payload = Buffer.from(JSON.stringify(event));
  const traceId = String(facts.get("xrayTraceId"));
  const calledAtMillis = host.now();
  const result = await withinMillis(
    AUTHORIZER_TIMEOUT_MILLIS,
    () => misconfigured(`the authorizer "${functionName}" has not answered within 10 s`),
    (signal) =>
      host.invoke({
        functionName,
        ...(qualifier && { qualifier }),
        payload,
        type: "RequestResponse",
        traceId,
        signal,
      }),
  ).finally(() => {
    const latency = host.now() - calledAtMillis;
    for (const fact of ["authorizer.latency", "authorizer.integrationLatency"]) facts.set(fact, latency);
  });
  facts.set("authorizer.requestId", result.requestId);
  for (const fact of ["authorizer.status", "authorizer.integrationStatus"]) facts.set(fact, result.status);
  if (result.status >= 400) throw misconfigured(`Lambda answered ${result.status} when "${functionName}" was invoked`);
  return result;
}

function failure(payload: Buffer): GatewayError {
  const text = payload.toString().slice(0, 1000);
  return messageIn(payload) === UNAUTHORIZED
    ? unauthorized("the authorizer said so")
    : misconfigured(`the authorizer failed: ${text}`);
}

function messageIn(payload: Buffer): unknown {
  try {
    return JSON.parse(payload.toString())?.errorMessage;
  } catch {
    return undefined;
  }
}

/** A refusal with 401. The reason is for the developer alone. */
export function unauthorized(reason: string): GatewayError {
  return new GatewayError("UNAUTHORIZED", { reason });
}

function misconfigured(reason: string, cause?: unknown): GatewayError {
  return new GatewayError("AUTHORIZER_CONFIGURATION_ERROR", { reason, cause });
}
