/** An SQS queue as the stack declares it. */
export interface QueueDefinition {
  readonly address: string;
  readonly name: string;
  readonly fifo: boolean;
  readonly contentBasedDeduplication: boolean;
  /** Default 30. */
  readonly visibilityTimeoutSeconds: number;
  readonly delaySeconds: number;
  /** Name of the dead-letter queue and the receives before a message goes there. */
  readonly redrive?: { readonly deadLetterQueueName: string; readonly maxReceiveCount: number };
}
