import { factText } from "./context";
import type { Answer, Arrival } from "./exchange";

const REFERENCE = /\$(\{?)context\.([\w.-]*[\w-])\}?/g;

/**
 * Writes the stage's access log line for an answered request, if the stage has a log.
 * Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-logging.html
 */
export function logAccess({ facts, host, stage, startedAtMillis }: Arrival, answer: Answer): void {
  facts.set("status", answer.status);
  facts.set("responseLength", answer.body.length);
  facts.set("responseLatency", host.now() - startedAtMillis);
  const { accessLog, name } = stage.definition;
  if (accessLog) host.accessLog(name, accessLogLine(accessLog.format, facts));
}

/** One line; what has no value is a dash. A format that is JSON stays JSON, whatever the values are. */
function accessLogLine(format: string, facts: Arrival["facts"]): string {
  const isJson = format.trimStart().startsWith("{");
  return format
    .replace(REFERENCE, (_, __, name: string) => {
      const value = factText(facts, name) ?? "-";
      return isJson && name !== "error.messageString" ? JSON.stringify(value).slice(1, -1) : value;
    })
    .replace(/[\r\n]+/g, " ");
}
