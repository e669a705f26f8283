import { shortId } from "../context";
import type { Exchange } from "../exchange";
import type { Limiter } from "../state/request-limits";
import type { UsableApiKey } from "../steps/check-api-key";
import type { LogLine } from "./execution-log";
import { LINES } from "./lines";
import { masked } from "./texts";

/** API and stage, as lines about API keys name them. */
function apiStageOf({ stage }: Exchange): string {
  return `${stage.apiId}/${stage.definition.name}`;
}

/** What is written before a key is looked at, if there is one. */
export function verifyingLine(exchange: Exchange, key = ""): LogLine {
  return LINES.verifyingUsagePlan(String(exchange.facts.get("requestId")), key, apiStageOf(exchange));
}

/** What is written when key, throttles and quota let a request pass. */
export function passedLines(exchange: Exchange, key = ""): readonly LogLine[] {
  const { httpMethod, resourcePath, apiKeyRequired } = exchange.method;
  return [
    ...(apiKeyRequired ? [] : [LINES.noKeyRequired(key, httpMethod, resourcePath)]),
    LINES.usagePlanSucceeded(key, apiStageOf(exchange)),
  ];
}

/** Why a key does not open a stage. */
export function refusedKeyText(exchange: Exchange, key = ""): string {
  const { method, stage } = exchange;
  const why =
    stage.apiKeys.size === 0 ? "API Stage is not in a Usage Plan" : "No Usage Plan found for key and API Stage";
  return (
    `API Key ${masked(key)} not authorized because method '${method.httpMethod} ${method.resourcePath}' requires API Key ` +
    `and API Key is not associated with a Usage Plan for API Stage ${apiStageOf(exchange)}: ${why}`
  );
}

/** Which limit a request meets. */
export function throttledText(exchange: Exchange, { by, bucket }: Limiter, caller: Caller | undefined): string {
  const { stage, facts, method } = exchange;
  const { rateLimit, burstLimit } = bucket.limits;
  const ofPlan = caller && by.startsWith("plan") ? caller : undefined;
  const place = [
    ...(ofPlan ? [`Usage Plan ID ${planId(ofPlan)}`] : []),
    `RestApi ${stage.apiId}`,
    `Stage ${stage.definition.name}`,
    `Resource ${facts.get("resourceId")}`,
    `HttpMethod ${method.httpMethod}`,
  ].join(", ");
  const exceeded = `Key throttle limit exceeded for ${place}. Limit: ${rateLimit.toFixed(2)} Burst: ${burstLimit}`;
  return caller
    ? `${ofKey(caller)} exceeded throttle limit for API Stage ${apiStageOf(exchange)}: ${exceeded}`
    : exceeded;
}

/** Which quota a request exceeds. */
export function quotaText(exchange: Exchange, caller: Caller, limit: number, period: string): string {
  const exhausted = `Key quota exhausted for Usage Plan ID ${planId(caller)}. Quota Limit: ${limit} Period: ${period}`;
  return `${ofKey(caller)} exceeded quota limit for API Stage ${apiStageOf(exchange)}: ${exhausted}`;
}

/** Value of a key, and what it opens. */
export interface Caller {
  readonly value: string;
  readonly key: UsableApiKey;
}

function ofKey({ value }: Caller): string {
  return `API Key ${masked(value)}`;
}

function planId({ key }: Caller): string {
  return shortId(key.plan.name, 6);
}
