import type { Exchange } from "../exchange";
import { GatewayError } from "../refusals/gateway-error";

/** A part of authorization that access logs tell of. */
type Phase = "authenticate" | "authorizer" | "authorize";

/**
 * Goes through a phase of authorization and notes its status, latency and error.
 * Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-variables-for-access-logging.html
 */
export async function notePhase<T>(
  { facts, host }: Exchange,
  phase: Phase,
  goThrough: () => Promise<T> | T,
): Promise<T> {
  const startedAtMillis = host.now();
  try {
    const result = await goThrough();
    facts.set(`${phase}.status`, 200);
    return result;
  } catch (error) {
    if (error instanceof GatewayError) {
      facts.set(`${phase}.status`, error.row.status);
      facts.set(`${phase}.error`, facts.get(`${phase}.error`) ?? error.text);
    }
    throw error;
  } finally {
    facts.set(`${phase}.latency`, host.now() - startedAtMillis);
  }
}
