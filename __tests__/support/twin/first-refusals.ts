import type { Call } from "./call-log";
import type { Answer, AwsError } from "./http";
import type { Interceptor } from "./intercept";
import { type KillPoint, killPointOf } from "./kills";

/** An interceptor that tells which calls it still waits for. */
export interface Refuser extends Interceptor {
  missing(): readonly string[];
}

/** Answers the first calls of each kind with an error, without effect: as many of each as are named. */
export function refuseFirst(calls: KillPoint, error: AwsError): Refuser {
  const left = new Map(Object.entries(calls));
  return {
    missing: () => [...left].filter(([, count]) => count > 0).map(([name]) => name),
    before(call) {
      const name = killPointOf(call);
      const count = call.mutating ? (left.get(name) ?? 0) : 0;
      if (count === 0) return undefined;
      left.set(name, count - 1);
      return inProtocolOf(call, error);
    },
  };
}

/** IAM answers in XML; all other services that are called here read JSON. */
function inProtocolOf({ service }: Call, error: AwsError): Answer {
  if (service !== "iam") return error.toAnswer();
  const { status, code, message } = error;
  const type = status < 500 ? "Sender" : "Receiver";
  const body = `<ErrorResponse xmlns="https://iam.amazonaws.com/doc/2010-05-08/"><Error><Type>${type}</Type><Code>${code}</Code><Message>${message}</Message></Error><RequestId>refused</RequestId></ErrorResponse>`;
  return { status, headers: { "content-type": "text/xml" }, body: Buffer.from(body) };
}
