import type { IConstruct } from "constructs";
import { type Check, runChecks } from "./check";

interface QueueSubject {
  readonly name: string;
  readonly messageGroupId: string | undefined;
}

const CHECKS: readonly Check<QueueSubject>[] = [
  {
    code: "QUEUE_GROUP_MISSING",
    problem: ({ name, messageGroupId }) =>
      name.endsWith(".fifo") && messageGroupId === undefined
        ? `the queue "${name}" is a FIFO queue, which refuses messages without a group`
        : undefined,
    fix: "pass messageGroupId, as in $input.params('orderId')",
  },
];

/** Reports `QUEUE_GROUP_MISSING`. */
export function checkQueue(scope: IConstruct, subject: QueueSubject): void {
  runChecks(scope, CHECKS, subject);
}
