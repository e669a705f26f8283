import { ConfigurationError } from "../../definition/configuration-error";
import { recordFinding } from "../checks/findings";
import { INTEGRATION_KINDS } from "../checks/method-kinds";
import { INTEGRATION, OBJECT, withoutWrongKinds, wrongKind } from "../checks/option-kinds";
import type { Integration, IntegrationConfig } from "../integrations/integration";
import type { Method } from "./method";

/**
 * What an integration turns out to be on a method. Reports `INTEGRATION_EXPECTED` for anything else, and
 * `OPTION_KIND_WRONG` for its options, at synth; a MOCK stands in for what cannot be bound.
 */
export function boundIntegration(method: Method, integration: Integration): IntegrationConfig {
  if (!INTEGRATION.accepts(integration)) {
    recordFinding(method, notAnIntegration(method, integration));
    return { type: "MOCK" };
  }
  const { options, ...config } = integration.bind(method);
  if (options === undefined) return config;
  const place = `the integration of "${method.route}"`;
  return { ...config, options: withoutWrongKinds(method, place, INTEGRATION_KINDS, options) };
}

function notAnIntegration(method: Method, value: unknown): ConfigurationError {
  const place = `the integration of "${method.route}"`;
  const isFunction = OBJECT.accepts(value) && ["functionName", "aliasArn", "arn"].some((name) => name in Object(value));
  const { problem } = wrongKind(method, { place, kind: INTEGRATION, value });
  const fix = isFunction
    ? "wrap it: new LambdaIntegration(handler)"
    : "pass an integration, or leave it out for that of the resource; options come third";
  return new ConfigurationError("INTEGRATION_EXPECTED", method.node.path, problem, fix);
}
