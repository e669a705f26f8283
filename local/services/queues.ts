import type { QueueDefinition } from "../../definition/queue";
import { callOperation, type JsonService, ServiceError } from "./aws-json";

/** SQS at an endpoint. */
export function sqsAt(endpoint: string, region: string): JsonService {
  return { endpoint, region, targetPrefix: "AmazonSQS" };
}

/**
 * Creates the queues, dead-letter queues first: a redrive policy names one that exists. Queues that are there get the attributes
 * that are declared, and keep their messages.
 */
export async function createQueues(sqs: JsonService, queues: readonly QueueDefinition[]): Promise<void> {
  const deadLetterQueues = new Set(queues.map(({ redrive }) => redrive?.deadLetterQueueName));
  const ordered = [...queues].sort(
    (a, b) => Number(deadLetterQueues.has(b.name)) - Number(deadLetterQueues.has(a.name)),
  );
  for (const queue of ordered) {
    const input = createQueueInput(queue, sqs.region);
    await callOperation(sqs, "CreateQueue", input).catch(async (error: unknown) => {
      if (!(error instanceof ServiceError) || !ALREADY_THERE.has(error.type)) throw error;
      const { QueueUrl } = await callOperation(sqs, "GetQueueUrl", { QueueName: queue.name });
      await callOperation(sqs, "SetQueueAttributes", { QueueUrl, Attributes: input.Attributes });
    });
  }
}

const ALREADY_THERE: ReadonlySet<string> = new Set(["QueueNameExists", "QueueAlreadyExists"]);

/** Source: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_CreateQueue.html */
function createQueueInput(queue: QueueDefinition, region: string): { QueueName: string; Attributes: object } {
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
