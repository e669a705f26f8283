import { Token } from "cdktf";
import type { IConstruct } from "constructs";
import { DEFAULT_INTEGRATION_TIMEOUT_MILLIS } from "../../definition/integration";
import type { Duration } from "../duration";
import type { LambdaTarget } from "../integrations/lambda-target";
import { warnAtSynth } from "./warning";

interface SynchronousCall {
  readonly handler: LambdaTarget;
  /** How long API Gateway waits. @default - 29 s */
  readonly timeout: Duration | undefined;
}

/** Warns when a function may go on after API Gateway has answered 504 in its place. */
export function warnOfFunctionTimeout(scope: IConstruct, { handler, timeout }: SynchronousCall): void {
  const seconds = timeoutOf(handler);
  const waits = timeout?.toMilliseconds() ?? DEFAULT_INTEGRATION_TIMEOUT_MILLIS;
  if (seconds === undefined || seconds * 1000 <= waits) return;
  warnAtSynth(scope, () => [
    {
      code: "FUNCTION_OUTLIVES_INTEGRATION",
      problem: `the function may run for ${seconds} s, but the integration waits ${waits} ms and answers 504 then`,
      fix: 'give the function a timeout below that of the integration, or invoke it with invocationType: "Event"',
    },
  ]);
}

/** Seconds, when they are known at synth; Lambda's own default of 3 s is below any other. */
function timeoutOf(handler: LambdaTarget): number | undefined {
  const resource: object = "aliasArn" in handler ? handler.function : handler;
  const seconds: unknown = Reflect.get(resource, "timeoutInput");
  return typeof seconds === "number" && !Token.isUnresolved(seconds) ? seconds : undefined;
}
