import type { Exchange } from "../exchange";
import { sharingPatternLimit } from "../patterns/user-pattern";
import { configurationFailure, GatewayError } from "../refusals/gateway-error";
import { contextReference } from "./context-reference";
import { evaluateTemplate } from "./evaluate";
import { inputReference } from "./input-reference";
import { UTIL_REFERENCE } from "./util-reference";

/** What API Gateway says of a payload that no template can be rendered over. */
export const NOT_TRANSFORMED = {
  request: "Unable to transform request",
  response: "Unable to transform response",
} as const;

/** Making `$context` takes as long as all the rest. Only a template that makes templates can name it without its name. */
const MAY_NAME_CONTEXT = /context|evaluate/;

/**
 * Renders a mapping template of the exchange's route over a payload.
 *
 * @param side what the payload is of
 * @throws GatewayError `CONFIGURATION_FAILURE` when the template fails
 */
export function renderTemplate(
  exchange: Exchange,
  template: string,
  payload: string,
  side: keyof typeof NOT_TRANSFORMED,
): string {
  try {
    const references = {
      input: inputReference(exchange, payload),
      ...(MAY_NAME_CONTEXT.test(template) && { context: contextReference(exchange) }),
      stageVariables: { ...exchange.stage.definition.variables },
      util: UTIL_REFERENCE,
    };
    return sharingPatternLimit(() => evaluateTemplate(template, references));
  } catch (error) {
    if (error instanceof GatewayError) throw error;
    const reason = `mapping template failed: ${error instanceof Error ? error.message : error}`;
    throw configurationFailure(reason, NOT_TRANSFORMED[side], error);
  }
}
