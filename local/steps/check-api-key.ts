import type { StackDefinition } from "../../definition/stack";
import { unknownsIn } from "../../definition/unknown";
import type { ApiKeyDefinition, UsagePlanDefinition } from "../../definition/usage-plan";
import { shortId } from "../context";
import type { Step } from "../exchange";
import { GatewayError } from "../gateway-error";
import { headerValue } from "../headers";

/** Keys that open one stage, by value. */
export type ApiKeys = ReadonlyMap<string, UsableApiKey>;

/** A key together with the plan that lets it into the stage. */
export interface UsableApiKey {
  readonly id: string;
  readonly name: string;
  readonly plan: UsagePlanDefinition;
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
  stack: StackDefinition,
  apiAddress: string,
  stageName: string,
  overrides: Readonly<Record<string, string>>,
): ApiKeys {
  const plans = stack.usagePlans.filter((plan) =>
    plan.apiStages.some((covered) => covered.apiAddress === apiAddress && covered.stageName === stageName),
  );
  const usable = new Map<string, UsableApiKey>();
  for (const key of stack.apiKeys.filter(({ enabled }) => enabled)) {
    const plan = plans.find(({ apiKeys }) => apiKeys.includes(key.name));
    if (plan) usable.set(localApiKeyValue(key, overrides), { id: shortId(key.name, 10), name: key.name, plan });
  }
  return usable;
}

/** Lets callers of a keyed method pass only with a key that opens the stage. */
export const checkApiKey: Step = {
  name: "check API key",
  request({ method, headers, stage, facts }) {
    if (!method.apiKeyRequired) return undefined;
    const value = headerValue(headers, "x-api-key");
    const key = value === undefined ? undefined : stage.apiKeys.get(value);
    if (value === undefined || !key) throw new GatewayError("INVALID_API_KEY");
    facts.set("identity.apiKey", value);
    facts.set("identity.apiKeyId", key.id);
    return undefined;
  },
};
