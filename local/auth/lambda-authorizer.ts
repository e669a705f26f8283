import type { AuthorizerDefinition } from "../../definition/authorizer";
import { shortId } from "../context";
import type { Exchange } from "../exchange";
import { endpointRequestLines, invocationRequest } from "../execution-log/endpoint-lines";
import { LINES } from "../execution-log/lines";
import type { InvocationResult } from "../host/host";
import { requestEvent } from "../integrations/lambda-proxy-event";
import { withinMillis } from "../integrations/timeout";
import { parseAwsUri, withStageVariables } from "../integrations/uri";
import { matchesWhole } from "../patterns/java-regexp";
import { errorMessageIn, functionFailureText, refusedInvocationTexts } from "../refusals/function-error";
import { GatewayError } from "../refusals/gateway-error";
import { methodArn } from "./access";
import { type AuthorizerResult, readAuthorizerResult } from "./authorizer-result";
import { identityValues } from "./identity-sources";
import { notePhase } from "./phases";

/** How long API Gateway waits for an authorizer, whatever the function's own timeout is. */
const AUTHORIZER_TIMEOUT_MILLIS = 10_000;

/** What the execution log says then. */
const TIMED_OUT = "Execution failed due to a timeout error";

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
  const { facts, log } = exchange;
  const requestId = String(facts.get("requestId"));
  const identity = [...identities.values()].join(",");
  log?.write(LINES.startingAuthorizer(idOf(exchange, name), requestId), LINES.incomingIdentity(identity));
  const result = await notePhase(exchange, "authorizer", () => resultFor(exchange, name, authorizer, identities));
  log?.write(LINES.validPolicy(result.principalId), LINES.completedAuthorizer());
  return result;
}

/** As AWS would mint it. */
function idOf({ stage }: Exchange, name: string): string {
  return shortId(`${stage.apiId}/authorizers/${name}`, 6);
}

async function resultFor(
  exchange: Exchange,
  name: string,
  authorizer: AuthorizerDefinition,
  identities: ReturnType<typeof identityValues>,
): Promise<AuthorizerResult> {
  const { host, stage } = exchange;
  const ttlMillis = authorizer.resultTtlSeconds * 1000;
  if (ttlMillis === 0) return decide(exchange, name, authorizer, identities);
  const { results } = stage.callers;
  const key = JSON.stringify([name, ...identities.values()]);
  const known = results.get(key, host.now());
  if (known) return known;
  const result = await decide(exchange, name, authorizer, identities);
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
  name: string,
  authorizer: AuthorizerDefinition,
  identities: ReturnType<typeof identityValues>,
): Promise<AuthorizerResult> {
  const [token] = identities.values();
  const arn = methodArn(exchange);
  const event =
    authorizer.type === "TOKEN"
      ? { type: "TOKEN", authorizationToken: token, methodArn: arn }
      : { type: "REQUEST", methodArn: arn, ...requestEvent(exchange) };
  const result = await invoke(exchange, name, authorizer, event);
  const { functionError, payload } = result;
  if (functionError !== undefined) {
    exchange.facts.set("authorizer.error", errorMessageIn(payload) ?? functionError);
    throw failure(result);
  }
  exchange.log?.write(LINES.authorizerResult(payload));
  try {
    return readAuthorizerResult(payload);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const problem = error instanceof SyntaxError ? `Invalid JSON in response: ${reason}` : "Could not parse policy";
    throw misconfigured(reason, [`Execution failed due to configuration error: ${problem}`], error);
  }
}

async function invoke(
  exchange: Exchange,
  name: string,
  { uri = "" }: AuthorizerDefinition,
  event: object,
): Promise<InvocationResult> {
  const { facts, host, log, stage } = exchange;
  const target = parseAwsUri(withStageVariables(uri, stage.definition.variables));
  if (target?.kind !== "function") throw misconfigured("the URI of the authorizer names no function");
  const { functionName, qualifier } = target;
  const payload = Buffer.from(JSON.stringify(event));
  if (log?.hasData) {
    const source = `authorizers/${idOf(exchange, name)}`;
    log.write(...endpointRequestLines(invocationRequest(exchange, { ...target, source }, payload)));
  }
  const traceId = String(facts.get("xrayTraceId"));
  const calledAtMillis = host.now();
  const result = await withinMillis(
    host,
    AUTHORIZER_TIMEOUT_MILLIS,
    () => misconfigured(`the authorizer "${functionName}" has not answered within 10 s`, [TIMED_OUT]),
    (abort) =>
      host.invoke({
        functionName,
        ...(qualifier && { qualifier }),
        payload,
        type: "RequestResponse",
        traceId,
        signal: () => abort.signal,
      }),
  ).finally(() => {
    facts.set("authorizer.integrationLatency", host.now() - calledAtMillis);
  });
  facts.set("authorizer.requestId", result.requestId);
  facts.set("authorizer.integrationStatus", result.status);
  if (result.status >= 400) {
    const reason = `Lambda answered ${result.status} when "${functionName}" was invoked`;
    throw misconfigured(reason, refusedInvocationTexts(result));
  }
  return result;
}

function failure(result: InvocationResult): GatewayError {
  const { payload } = result;
  if (errorMessageIn(payload) === UNAUTHORIZED) return unauthorized("the authorizer said so");
  const text = payload.toString().slice(0, 1000);
  return misconfigured(`the authorizer failed: ${text}`, [functionFailureText(result)]);
}

/** A refusal with 401. The reason is for the developer alone. */
export function unauthorized(reason: string): GatewayError {
  return new GatewayError("UNAUTHORIZED", { reason });
}

function misconfigured(
  reason: string,
  logged: readonly string[] = [`Execution failed due to configuration error: ${reason}`],
  cause?: unknown,
): GatewayError {
  return new GatewayError("AUTHORIZER_CONFIGURATION_ERROR", { reason, logged, cause });
}
