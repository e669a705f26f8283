import type { Answer, Arrival, Exchange, Step } from "./exchange";
import { explain } from "./explain";
import { GatewayError } from "./gateway-error";
import { gatewayResponse } from "./gateway-response";
import { NotEmulated } from "./not-emulated";
import { routeName } from "./serve";

/** Leads a request through steps: forth until one answers, and back through those entered. Never throws. */
export async function followSteps(exchange: Exchange, steps: readonly Step[]): Promise<Answer> {
  const name = routeName(exchange.stage, exchange.route);
  const entered: Step[] = [];
  let made: Answer;
  try {
    made = await firstAnswer(exchange, steps, entered);
  } catch (error) {
    made = failureAnswer(exchange, error, name);
  }
  for (const step of entered.reverse()) {
    try {
      made = (await step.response?.(exchange, made)) ?? made;
    } catch (error) {
      made = failureAnswer(exchange, error, name);
    }
  }
  return made;
}

async function firstAnswer(exchange: Exchange, steps: readonly Step[], entered: Step[]): Promise<Answer> {
  for (const step of steps) {
    entered.push(step);
    const made = await step.request?.(exchange);
    if (made) return made;
  }
  throw new Error("no step has answered");
}

/** The answer to a request that a step has refused, or that has met a bug of ours. */
export function failureAnswer(arrival: Arrival, error: unknown, name: string): Answer {
  if (error instanceof GatewayError) return { ...gatewayResponse(arrival, error), why: explain(error) };
  if (error instanceof NotEmulated) return error.answer(name);
  arrival.host.reportBug(error);
  const logged = ["Execution failed due to an internal error"];
  return gatewayResponse(arrival, new GatewayError("CONFIGURATION_FAILURE", { logged }));
}
