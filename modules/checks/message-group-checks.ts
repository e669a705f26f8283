import type { IConstruct } from "constructs";
import type { ErrorCode } from "../../definition/error-code";
import { type Check, runChecks } from "./check";

interface FifoSubject {
  readonly name: string;
  readonly messageGroupId: string | undefined;
}

/** Queues and topics of the kind FIFO keep the order of messages within a group. */
function groupCheck(code: ErrorCode, kind: string): Check<FifoSubject> {
  return {
    code,
    problem: ({ name, messageGroupId }) =>
      name.endsWith(".fifo") && messageGroupId === undefined
        ? `the ${kind} "${name}" is a FIFO ${kind}, which refuses messages without a group`
        : undefined,
    fix: "pass messageGroupId, as in $input.params('orderId')",
  };
}

const QUEUE_CHECKS = [groupCheck("QUEUE_GROUP_MISSING", "queue")];
const TOPIC_CHECKS = [groupCheck("TOPIC_GROUP_MISSING", "topic")];

/** Records `QUEUE_GROUP_MISSING`. */
export function checkQueue(scope: IConstruct, subject: FifoSubject): void {
  runChecks(scope, QUEUE_CHECKS, subject);
}

/** Records `TOPIC_GROUP_MISSING`. */
export function checkTopic(scope: IConstruct, subject: FifoSubject): void {
  runChecks(scope, TOPIC_CHECKS, subject);
}
