import type { JsonObject } from "../json";
import { numberAt, objectAt, textAt } from "../json-access";
import { parseJson } from "../json-text";
import { present } from "../present";
import type { QueueDefinition } from "../queue";
import { wholeUnknown } from "../unknown";
import { type BlockReader, readersOf } from "./block-reader";
import type { TerraformScope } from "./scope";

const DEFAULT_VISIBILITY_TIMEOUT_SECONDS = 30;

/** The SQS queues of a root. @throws ConfigurationError `REDRIVE_POLICY_NOT_JSON` */
export function readQueues(scope: TerraformScope): readonly QueueDefinition[] {
  const policies = readersOf(scope, "aws_sqs_queue_redrive_policy");
  return readersOf(scope, "aws_sqs_queue").map((queue) => {
    const policy = policies.find((candidate) => candidate.text("queue_url") === queue.attribute("url"));
    return readQueue(queue, readRedrive(policy ?? queue));
  });
}

function readQueue(reader: BlockReader, redrive: QueueDefinition["redrive"]): QueueDefinition {
  return present({
    address: reader.address,
    name: reader.attribute("name"),
    fifo: reader.boolean("fifo_queue") ?? false,
    contentBasedDeduplication: reader.boolean("content_based_deduplication") ?? false,
    visibilityTimeoutSeconds: reader.number("visibility_timeout_seconds") ?? DEFAULT_VISIBILITY_TIMEOUT_SECONDS,
    delaySeconds: reader.number("delay_seconds") ?? 0,
    redrive,
  });
}

function readRedrive(reader: BlockReader): QueueDefinition["redrive"] {
  const text = reader.text("redrive_policy");
  if (text === undefined || text === "") return undefined;
  const unknown = wholeUnknown(text);
  if (unknown !== undefined) {
    reader.leaveOut(unknown);
    return undefined;
  }
  const policy: JsonObject = objectAt(
    parseJson(text, {
      code: "REDRIVE_POLICY_NOT_JSON",
      place: reader.address,
      fix: "write redrive_policy as JSON with deadLetterTargetArn and maxReceiveCount",
    }),
  );
  const target = textAt(policy.deadLetterTargetArn) ?? "";
  return {
    deadLetterQueueName: target.split(":").slice(5).join(":"),
    maxReceiveCount: numberAt(policy.maxReceiveCount) ?? 1,
  };
}
