import { Token } from "cdktf";
import { Construct } from "constructs";
import { DEFAULT_INTEGRATION_TIMEOUT_MILLIS } from "../../definition/integration";
import type { Duration } from "../duration";
import type { LambdaTarget } from "../integrations/lambda-target";
import type { Method } from "../rest-api/method";
import { OncePerApi } from "../rest-api/once-per-api";
import { DURATION } from "./option-kinds";
import { routeList } from "./route-list";
import { warnAtSynth } from "./warning";

interface SynchronousCall {
  readonly handler: LambdaTarget;
  /** How long API Gateway waits. @default - 29 s */
  readonly timeout: Duration | undefined;
}

/** Routes by function and timeout: one warning for all of them, at the first. */
const impatient = new OncePerApi<string[]>();

/** Warns when a function may go on after API Gateway has answered 504 in its place. */
export function warnOfFunctionTimeout(method: Method, { handler, timeout }: SynchronousCall): void {
  const resource: object = "aliasArn" in handler ? handler.function : handler;
  const seconds = timeoutOf(resource);
  // What is no Duration is refused with the other options of the integration.
  const isDuration = timeout !== undefined && DURATION.accepts(timeout);
  const waits = isDuration ? timeout.toMilliseconds() : DEFAULT_INTEGRATION_TIMEOUT_MILLIS;
  if (seconds === undefined || seconds * 1000 <= waits) return;
  const path = Construct.isConstruct(resource) ? resource.node.path : method.node.path;
  const routes = impatient.get(method.api, `${path} ${waits}`, () => []);
  routes.push(method.route);
  if (routes.length > 1) return;
  warnAtSynth(method, () => [
    {
      code: "FUNCTION_OUTLIVES_INTEGRATION",
      problem: `the function may run for ${seconds} s, but the integration waits ${waits} ms and answers 504 then: ${routeList(routes)}`,
      fix: 'give the function a timeout below that of the integration, or invoke it with invocationType: "Event"',
    },
  ]);
}

/** Seconds, when they are known at synth; Lambda's own default of 3 s is below any other. */
function timeoutOf(resource: object): number | undefined {
  const seconds: unknown = Reflect.get(resource, "timeoutInput");
  return typeof seconds === "number" && !Token.isUnresolved(seconds) ? seconds : undefined;
}
