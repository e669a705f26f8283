import type { DeployedApiDefinition, StackDefinition } from "../../definition/stack";
import { unknownsIn } from "../../definition/unknown";
import type { ApiKeyDefinition, UsagePlanDefinition } from "../../definition/usage-plan";
import { factText, shortId } from "../context";
import type { Exchange, Step } from "../exchange";
import { refusedKeyText, verifyingLine } from "../execution-log/usage-plan-lines";
import { headerValue } from "../http/headers";
import { GatewayError } from "../refusals/gateway-error";
import { type KeyLimits, type RequestLimits, UNLIMITED } from "../state/request-limits";

/** Keys that open one stage, by value. */
export type ApiKeys = ReadonlyMap<string, UsableApiKey>;

/** A key together with the plan that lets it into the stage. */
export interface UsableApiKey {
  readonly id: string;
  readonly name: string;
  readonly plan: UsagePlanDefinition;
  readonly limits: KeyLimits;
}

/**
 * The value of a key on localhost: what the user says, else what the stack declares, else `headgate-local-<name>`.
 *
 * @param overrides values by key name, from `headgate.local.json`
 */
export function localApiKeyValue(key: ApiKeyDefinition, overrides: Readonly<Record<string, string>> = {}): string {
  const declared = key.value !== undefined && unknownsIn(key.value).length === 0 ? key.value : undefined;
  return overrides[key.name] ?? declared ?? `headgate-local-${key.name}`;
}

/** Enabled keys that belong to a usage plan of the stage; others do not open it. */
export function apiKeysOfStage(
  stacks: readonly StackDefinition[],
  deployed: DeployedApiDefinition,
  stageName: string,
  overrides: Readonly<Record<string, string>>,
  limits: RequestLimits = UNLIMITED,
): ApiKeys {
  const usable = new Map<string, UsableApiKey>();
  for (const stack of stacks) {
    const plans = plansOfStage(stack, deployed, stageName);
    for (const key of stack.apiKeys.filter(({ enabled }) => enabled)) {
      const found = plans.find(({ plan }) => plan.apiKeys.includes(key.name));
      if (!found) continue;
      const { plan, covered } = found;
      const { name } = key;
      usable.set(localApiKeyValue(key, overrides), {
        id: shortId(name, 10),
        name,
        plan,
        limits: limits.ofKey(name, plan, covered),
      });
    }
  }
  return usable;
}

/** A plan knows APIs of its own stack by address, and those of others by id. */
function plansOfStage(
  { apis, usagePlans }: StackDefinition,
  { id, address }: DeployedApiDefinition,
  stageName: string,
) {
  const isOwn = apis.some((api) => api.id === id);
  return usagePlans.flatMap((plan) => {
    const covered = plan.apiStages.find(
      (it) => it.stageName === stageName && (it.apiAddress === id || (isOwn && it.apiAddress === address)),
    );
    return covered ? [{ plan, covered }] : [];
  });
}

/** The key that a request has passed with; routes that ask for none know no key. */
export function callersKey({ stage, facts }: Exchange): UsableApiKey | undefined {
  const value = factText(facts, "identity.apiKey");
  return value === undefined ? undefined : stage.apiKeys.get(value);
}

/** The key that a client sends, or that its authorizer says. */
export function presentedKey({ stage, headers, caller }: Exchange): string | undefined {
  return stage.api.apiKeySource === "AUTHORIZER" ? caller?.usageIdentifierKey : headerValue(headers, "x-api-key");
}

/** Lets callers of a keyed method pass only with a key that opens the stage. */
export const checkApiKey: Step = {
  name: "check API key",
  request(exchange) {
    const { method, stage, facts, log } = exchange;
    if (!method.apiKeyRequired && !log) return undefined;
    const value = presentedKey(exchange);
    log?.write(verifyingLine(exchange, value));
    if (!method.apiKeyRequired) return undefined;
    const key = value === undefined ? undefined : stage.apiKeys.get(value);
    if (value === undefined || !key) {
      throw new GatewayError("INVALID_API_KEY", { logged: [refusedKeyText(exchange, value)] });
    }
    facts.set("identity.apiKey", value);
    facts.set("identity.apiKeyId", key.id);
    return undefined;
  },
};
