import { factText } from "../context";
import type { Exchange, Step } from "../exchange";
import { ExecutionLog, type LogLine } from "../execution-log/execution-log";
import { LINES } from "../execution-log/lines";

/**
 * Begins and ends the execution log of a route that has one. Requests that are too large to be looked at are not logged.
 * Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-logging.html
 */
export const logExecution: Step = {
  name: "log execution",
  request(exchange) {
    const { route, facts, host, stage } = exchange;
    if (!route.logs) return undefined;
    const id = factText(facts, "requestId");
    const name = facts.get("isCanary") === "true" ? `${stage.definition.name}/Canary` : stage.definition.name;
    exchange.log = new ExecutionLog(route.logs, (text) => host.executionLog(name, `(${id}) ${text}`));
    exchange.log.write(LINES.extendedRequestId(String(facts.get("extendedRequestId"))));
    return undefined;
  },
  response(exchange, answer) {
    exchange.log?.close(answer.status, ...lastLines(exchange));
    return answer;
  },
};

/** Ids under which other logs know the request. */
function lastLines({ facts, stage }: Exchange): readonly LogLine[] {
  const backendId = factText(facts, "awsEndpointRequestId");
  const [, traceId] = /Root=([^;]+)/.exec(String(facts.get("xrayTraceId"))) ?? [];
  return [
    ...(backendId === undefined ? [] : [LINES.endpointRequestId(backendId)]),
    ...(stage.definition.xrayTracingEnabled && traceId !== undefined ? [LINES.traceId(traceId)] : []),
  ];
}
