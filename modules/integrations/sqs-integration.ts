import { ConfigurationError } from "../../definition/configuration-error";
import { partitionOf } from "../../definition/partition";
import { environmentOf } from "../environment";
import { PolicyStatement } from "../iam/policy-statement";
import { ServiceRole } from "../iam/role";
import { namePart } from "../naming";
import type { Method } from "../rest-api/method";
import { OncePerApi } from "../rest-api/once-per-api";
import { literal } from "../terraform-text";
import { AwsIntegration } from "./aws-integration";
import { Integration, type IntegrationConfig, type IntegrationOptions, type IntegrationResponse } from "./integration";
import { jsonExpression } from "./mapping-text";
import { identify, keyOf, type Queue, type QueueTarget } from "./queue-target";

/** What is sent, and how the answer maps to a status. */
export interface SqsIntegrationOptions extends Omit<IntegrationOptions, "credentialsRole" | "requestTemplates"> {
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
  /**
   * Key that encrypts the queue.
   * @default - `kmsMasterKeyId` of the queue; when that is a reference, it must be one to an ARN
   */
  readonly encryptionKey?: { readonly arn: string };
}

export type { QueueTarget };

const senderRoles = new OncePerApi<ServiceRole>();

/**
 * Puts each request on a queue, without a function between. The API gets a role that may send to this queue and do
 * nothing else. SQS refusals answer 400, its failures 502.
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
    const { region, accountId } = environmentOf(method);
    const queue = identify(method, this.queue);
    const owner = queue.account ?? accountId;
    const queueRegion = queue.region ?? region;
    const host = `sqs.${queueRegion}.${partitionOf(queueRegion).dnsSuffix}`;
    const {
      messageBody,
      messageAttributes,
      messageGroupId,
      messageDeduplicationId,
      successStatusCode = "202",
      encryptionKey,
      ...options
    } = this.options;
    refuseMissingGroup(method, queue.name, messageGroupId);
    const role = this.senderRole(method, queue);
    const service = new AwsIntegration({
      service: "sqs",
      path: `${owner}/${queue.name}`,
      ...(queue.region === undefined ? {} : { region: queue.region }),
      options: {
        integrationResponses: responses(successStatusCode),
        ...options,
        credentialsRole: role,
        passthroughBehavior: options.passthroughBehavior ?? "NEVER",
        requestParameters: {
          "integration.request.header.Content-Type": "'application/x-amz-json-1.0'",
          "integration.request.header.X-Amz-Target": "'AmazonSQS.SendMessage'",
          ...options.requestParameters,
        },
        requestTemplates: {
          "application/json": sendMessage(`https://${host}/${owner}/${queue.name}`, this.options),
        },
      },
    });
    const queues = "fqn" in this.queue ? [this.queue] : [];
    return { ...service.bind(method), dependencies: () => [...role.dependencies, ...queues] };
  }

  /** Routes that send to the same queue share a role, which may do what each of them needs. */
  private senderRole({ api }: Method, { name, region: queueRegion, account }: Queue): ServiceRole {
    const { region } = environmentOf(api);
    const place = [name, queueRegion, literal(account)].filter((part) => part !== undefined).join("-");
    const role = senderRoles.get(api, `SendTo-${place}`, (id) => {
      return new ServiceRole(api, id, {
        roleName: `${namePart(api.restApiName)}-${place}-sender-${region}`,
        service: "apigateway.amazonaws.com",
        description: `Lets the API ${namePart(api.restApiName)} send to the queue ${name}`,
      });
    });
    role.addToPolicy(new PolicyStatement({ actions: ["sqs:SendMessage"], resources: [this.queue.arn] }));
    const keyArn = this.options.encryptionKey?.arn ?? keyOf(api, this.queue);
    if (keyArn !== undefined) {
      role.addToPolicy(new PolicyStatement({ actions: ["kms:Decrypt", "kms:GenerateDataKey"], resources: [keyArn] }));
    }
    return role;
  }
}

function refuseMissingGroup(method: Method, queueName: string, messageGroupId: string | undefined): void {
  if (!queueName.endsWith(".fifo") || messageGroupId !== undefined) return;
  throw new ConfigurationError(
    "QUEUE_GROUP_MISSING",
    method.node.path,
    `the queue "${queueName}" is a FIFO queue, which refuses messages without a group`,
    "pass messageGroupId, as in $input.params('orderId')",
  );
}

/** The template of SQS's SendMessage. Source: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html */
function sendMessage(queueUrl: string, message: SqsIntegrationOptions): string {
  const { messageBody = "$input.body", messageAttributes = {}, messageGroupId, messageDeduplicationId } = message;
  const attributes = Object.entries(messageAttributes).map(
    ([name, value]) => `${JSON.stringify(name)}: {"DataType": "String", "StringValue": ${jsonExpression(value)}}`,
  );
  const members = [
    `"QueueUrl": "${queueUrl}"`,
    `"MessageBody": ${jsonExpression(messageBody)}`,
    ...(attributes.length === 0 ? [] : [`"MessageAttributes": {${attributes.join(", ")}}`]),
    ...(messageGroupId === undefined ? [] : [`"MessageGroupId": ${jsonExpression(messageGroupId)}`]),
    ...(messageDeduplicationId === undefined
      ? []
      : [`"MessageDeduplicationId": ${jsonExpression(messageDeduplicationId)}`]),
  ];
  return `{${members.join(", ")}}`;
}

function responses(successStatusCode: string): readonly IntegrationResponse[] {
  const json = (body: string) => ({ "application/json": body });
  return [
    { statusCode: successStatusCode, responseTemplates: json(`{"messageId": "$input.path('$.MessageId')"}`) },
    { statusCode: "400", selectionPattern: "4\\d{2}", responseTemplates: json('{"message": "Bad Request"}') },
    { statusCode: "502", selectionPattern: "5\\d{2}", responseTemplates: json('{"message": "Bad Gateway"}') },
  ];
}
