import type { Exchange } from "../exchange";
import { configurationFailure } from "../gateway-error";
import { contextReference } from "./context-reference";
import { evaluateTemplate } from "./evaluate";
import { inputReference } from "./input-reference";
import { UTIL_REFERENCE } from "./util-reference";

/**
 * Renders a mapping template of the exchange's route over a payload.
 *
 * @throws GatewayError `CONFIGURATION_FAILURE` when the template fails
 */
export function renderTemplate(exchange: Exchange, template: string, payload: string): string {
  try {
    return evaluateTemplate(template, {
      input: inputReference(exchange, payload),
      context: contextReference(exchange),
      stageVariables: { ...exchange.stage.definition.variables },
      util: UTIL_REFERENCE,
    });
  } catch (error) {
    throw configurationFailure(`mapping template failed: ${error instanceof Error ? error.message : error}`, error);
  }
}
