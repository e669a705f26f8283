import type { Exchange } from "../exchange";
import { BackendUnreachable, type Host } from "../host/host";
import { GatewayError } from "../refusals/gateway-error";
import { startTimer } from "../suspendable-timer";

/**
 * Calls a backend within the integration's timeout and keeps `$context.integration.latency`.
 *
 * @throws GatewayError `INTEGRATION_TIMEOUT` or `BACKEND_UNREACHABLE`
 */
export async function callBackend<T>(exchange: Exchange, call: (abort: AbortController) => Promise<T>): Promise<T> {
  const { facts, host, method } = exchange;
  const calledAtMillis = host.now();
  const late = () => new GatewayError("INTEGRATION_TIMEOUT");
  try {
    return await withinMillis(host, method.integration.timeoutMillis, late, call);
  } catch (error) {
    if (!(error instanceof BackendUnreachable)) throw error;
    throw new GatewayError("BACKEND_UNREACHABLE", { cause: error });
  } finally {
    const latency = host.now() - calledAtMillis;
    for (const name of ["integrationLatency", "integration.latency"]) facts.set(name, latency);
  }
}

/**
 * Calls, and gives up after a time, unless somebody debugs: the call learns of it through the signal, the caller by the error. A
 * function goes on, as on AWS; the signal is made only for who asks for it.
 */
export async function withinMillis<T>(
  host: Host,
  millis: number,
  late: () => GatewayError,
  call: (abort: AbortController) => Promise<T>,
): Promise<T> {
  const abort = new AbortController();
  let stopTimer = () => {};
  const timeout = new Promise<never>((_, reject) => {
    const giveUp = () => {
      reject(late());
      abort.abort();
    };
    stopTimer = startTimer(millis, giveUp, host.isDebugged);
  });
  try {
    return await Promise.race([call(abort), timeout]);
  } finally {
    stopTimer();
  }
}
