import type { EffectiveSettings } from "../../definition/effective-settings";
import type { LineKinds } from "./execution-log";

/** Everything, as AWS logs tests of a method. */
export const ALL_LINES: LineKinds = new Set(["failure", "progress", "data"]);

const PROGRESS: LineKinds = new Set(["failure", "progress"]);
const FAILURES: LineKinds = new Set(["failure"]);

/**
 * What the execution log of a route has, by its settings; nothing when it is switched off.
 * Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-logging.html
 */
export function logOfRoute({ loggingLevel, dataTraceEnabled }: EffectiveSettings): LineKinds | undefined {
  if (loggingLevel === "OFF") return undefined;
  if (loggingLevel === "ERROR") return FAILURES;
  return dataTraceEnabled ? ALL_LINES : PROGRESS;
}
