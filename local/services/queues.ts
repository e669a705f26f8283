import type { QueueDefinition } from "../../definition/queue";
import { callOperation, type JsonService } from "./aws-json";

/** SQS at an endpoint. */
export function sqsAt(endpoint: string, region: string): JsonService {
  return { endpoint, region, targetPrefix: "AmazonSQS" };
}

/** Creates the queues, dead-letter queues first: a redrive policy names one that exists. */
export async function createQueues(sqs: JsonService, queues: readonly QueueDefinition[]): Promise<void> {
  const deadLetterQueues = new Set(queues.map(({ redrive }) => redrive?.deadLetterQueueName));
  const ordered = [...queues].sort(
    (a, b) => Number(deadLetterQueues.has(b.name)) - Number(deadLetterQueues.has(a.name)),
  );
  for (const queue of ordered) await callOperation(sqs, "CreateQueue", createQueueInput(queue, sqs.region));
}

/** Source: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_CreateQueue.html */
export function createQueueInput(queue: QueueDefinition, region: string): object {
  const { name, fifo, contentBasedDeduplication, visibilityTimeoutSeconds, delaySeconds, redrive } = queue;
  return {
    QueueName: name,
    Attributes: {
      VisibilityTimeout: String(visibilityTimeoutSeconds),
      DelaySeconds: String(delaySeconds),
      ...(fifo && { FifoQueue: "true", ContentBasedDeduplication: String(contentBasedDeduplication) }),
      ...(redrive && {
        RedrivePolicy: JSON.stringify({
          deadLetterTargetArn: `arn:aws:sqs:${region}:000000000000:${redrive.deadLetterQueueName}`,
          maxReceiveCount: redrive.maxReceiveCount,
        }),
      }),
    },
  };
}
