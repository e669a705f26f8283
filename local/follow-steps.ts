import type { Answer, Arrival, Exchange, Step } from "./exchange";
import { explain } from "./refusals/explain";
import { GatewayError } from "./refusals/gateway-error";
import { gatewayResponse } from "./refusals/gateway-response";
import { NotEmulated } from "./refusals/not-emulated";
import { routeName } from "./serve";

/** Leads a request through steps: forth until one answers, and back through those entered. Never throws. */
export async function followSteps(exchange: Exchange, steps: readonly Step[]): Promise<Answer> {
  const entered: Step[] = [];
  let made: Answer;
  try {
    made = await firstAnswer(exchange, steps, entered);
  } catch (error) {
    made = failureAnswer(exchange, error, nameOf(exchange));
  }
  for (const step of entered.reverse()) {
    try {
      const changed = step.response?.(exchange, made);
      // Most steps answer at once, and each turn of the loop of promises costs as much as a step.
      made = (changed instanceof Promise ? await changed : changed) ?? made;
    } catch (error) {
      made = failureAnswer(exchange, error, nameOf(exchange));
    }
  }
  return made;
}

async function firstAnswer(exchange: Exchange, steps: readonly Step[], entered: Step[]): Promise<Answer> {
  for (const step of steps) {
    entered.push(step);
    const asked = step.request?.(exchange);
    const made = asked instanceof Promise ? await asked : asked;
    if (made) return made;
  }
  throw new Error("no step has answered");
}

function nameOf({ stage, route }: Exchange): string {
  return routeName(stage, route);
}

/** The answer to a request that a step has refused, or that has met a bug of ours. */
export function failureAnswer(arrival: Arrival, error: unknown, name: string): Answer {
  if (error instanceof GatewayError) return { ...gatewayResponse(arrival, error), why: explain(error) };
  if (error instanceof NotEmulated) return error.answer(name);
  arrival.host.reportBug(error);
  const logged = ["Execution failed due to an internal error"];
  return gatewayResponse(arrival, new GatewayError("CONFIGURATION_FAILURE", { logged }));
}
