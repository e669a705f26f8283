import { partitionOf } from "../../definition/partition";
import { checkQueue } from "../checks/message-group-checks";
import { RESOURCE_KINDS } from "../iam/resource-kinds";
import type { Method } from "../rest-api/method";
import { Integration, type IntegrationConfig } from "./integration";
import { jsonExpression, jsonLiteral, jsonObject } from "./mapping-text";
import { callService, type ServiceIntegrationOptions } from "./service-call";
import { type ErrorRow, serviceResponses } from "./service-responses";
import { type ResolvedServiceTarget, resolveServiceTarget, type ServiceTarget } from "./service-target";

/** What is sent, and how the answer maps to a status. */
export interface SqsIntegrationOptions extends ServiceIntegrationOptions {
  /**
   * VTL expression for the text of the message, as in `$input.json('$.event')`. It is escaped here.
   * @default "$input.body"
   */
  readonly messageBody?: string;
  /**
   * Name → VTL expression for a string attribute of the message, as in `$input.params('orderId')`. It is escaped here.
   * @default - no attributes
   */
  readonly messageAttributes?: Readonly<Record<string, string>>;
  /**
   * VTL expression for the group of the message, as in `$input.params('orderId')`. FIFO queues need it. It is escaped here.
   * @default - no group
   */
  readonly messageGroupId?: string;
  /**
   * VTL expression that is the same for copies of one message, as in `$input.params('Idempotency-Key')`. It is escaped here.
   * @default - what the queue is set to
   */
  readonly messageDeduplicationId?: string;
  /**
   * Status when SQS has accepted the message.
   * @default "202"
   */
  readonly successStatusCode?: string;
}

/** A plain cdktf `SqsQueue`, a data source of one, or `{ arn }` with a literal ARN. */
export type QueueTarget = ServiceTarget;

const REFUSALS: readonly ErrorRow[] = [
  { types: ["KmsThrottled"], statusCode: 429, message: "Too Many Requests" },
  {
    types: ["NonExistentQueue", "QueueDeletedRecently", "QueueDoesNotExist"],
    statusCode: 502,
    message: "Bad Gateway",
  },
];

/**
 * Puts each request on a queue, without a function between. The API gets a role that may send to this queue and do
 * nothing else. The client gets `{"messageId": …}`; throttling answers 429, other refusals 400, failures 502.
 * Source: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-making-api-requests-json.html
 */
export class SqsIntegration extends Integration {
  constructor(
    private readonly queue: QueueTarget,
    private readonly options: SqsIntegrationOptions = {},
  ) {
    super({ type: "AWS" });
  }

  override bind(method: Method): IntegrationConfig {
    const target = resolveServiceTarget(method, this.queue, RESOURCE_KINDS.queue);
    const { messageGroupId, successStatusCode = "202" } = this.options;
    checkQueue(method, { name: target.name, messageGroupId });
    return callService(method, {
      kind: RESOURCE_KINDS.queue,
      target,
      actions: ["sqs:SendMessage"],
      request: { service: "sqs", path: `${target.account}/${target.name}` },
      headers: { "Content-Type": "'application/x-amz-json-1.0'", "X-Amz-Target": "'AmazonSQS.SendMessage'" },
      template: sendMessage(target, this.options),
      responses: serviceResponses(
        { statusCode: successStatusCode, template: `{"messageId": "$input.path('$.MessageId')"}` },
        REFUSALS,
      ),
      options: this.options,
    });
  }
}

/** Source: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html */
function sendMessage({ region, account, name }: ResolvedServiceTarget, options: SqsIntegrationOptions): string {
  const { messageBody = "$input.body", messageAttributes = {}, messageGroupId, messageDeduplicationId } = options;
  const attributes = Object.entries(messageAttributes).map(([attribute, value]) => [
    attribute,
    jsonObject({ DataType: jsonLiteral("String"), StringValue: jsonExpression(value) }),
  ]);
  return jsonObject({
    QueueUrl: `"https://sqs.${region}.${partitionOf(region).dnsSuffix}/${account}/${name}"`,
    MessageBody: jsonExpression(messageBody),
    MessageAttributes: attributes.length === 0 ? undefined : jsonObject(Object.fromEntries(attributes)),
    MessageGroupId: messageGroupId && jsonExpression(messageGroupId),
    MessageDeduplicationId: messageDeduplicationId && jsonExpression(messageDeduplicationId),
  });
}
