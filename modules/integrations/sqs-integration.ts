import { type ITerraformDependable, Token } from "cdktf";
import type { Construct } from "constructs";
import { ConfigurationError } from "../../definition/configuration-error";
import { environmentOf } from "../environment";
import { PolicyStatement } from "../iam/policy-statement";
import { ServiceRole } from "../iam/role";
import { namePart } from "../naming";
import type { Method } from "../rest-api/method";
import { OncePerApi } from "../rest-api/once-per-api";
import { literal } from "../terraform-text";
import { AwsIntegration } from "./aws-integration";
import { Integration, type IntegrationConfig, type IntegrationOptions, type IntegrationResponse } from "./integration";

/** A plain cdktf `SqsQueue`, or `{ arn }` with a literal ARN. */
export type QueueTarget =
  | (ITerraformDependable & {
      readonly arn: string;
      readonly nameInput?: string;
      readonly kmsMasterKeyIdInput?: string;
    })
  | { readonly arn: string };

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

const senderRoles = new OncePerApi<ServiceRole>();

/** A VTL expression as a JSON string. escapeJavaScript writes `\'`, which JSON does not have. */
function jsonString(expression: string): string {
  return `"$util.escapeJavaScript(${expression}).replaceAll("\\\\'","'")"`;
}

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
    const { region, accountId, partition } = environmentOf(method);
    const queue = identify(method, this.queue);
    const owner = queue.account ?? accountId;
    const host = `sqs.${queue.region ?? region}.${partition === "aws-cn" ? "amazonaws.com.cn" : "amazonaws.com"}`;
    const {
      messageBody = "$input.body",
      messageAttributes,
      successStatusCode = "202",
      encryptionKey,
      ...options
    } = this.options;
    const role = this.senderRole(method, queue.name);
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
          "application/json": sendMessage(`https://${host}/${owner}/${queue.name}`, messageBody, messageAttributes),
        },
      },
    });
    const dependencies = "fqn" in this.queue ? [this.queue] : [];
    return { ...service.bind(method), dependencies: [...role.dependencies, ...dependencies] };
  }

  private senderRole({ api }: Method, queueName: string): ServiceRole {
    return senderRoles.get(api, `SendTo-${queueName}`, (id) => {
      const { region } = environmentOf(api);
      const role = new ServiceRole(api, id, {
        roleName: `${namePart(api.restApiName)}-${queueName}-sender-${region}`,
        service: "apigateway.amazonaws.com",
        description: `Lets the API ${api.restApiName} send to the queue ${queueName}`,
      });
      role.addToPolicy(new PolicyStatement({ actions: ["sqs:SendMessage"], resources: [this.queue.arn] }));
      const keyArn = this.options.encryptionKey?.arn ?? keyOf(api, this.queue);
      if (keyArn !== undefined) {
        role.addToPolicy(new PolicyStatement({ actions: ["kms:Decrypt", "kms:GenerateDataKey"], resources: [keyArn] }));
      }
      return role;
    });
  }
}

/** The template of SQS's SendMessage. Source: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html */
function sendMessage(queueUrl: string, body: string, attributes: Readonly<Record<string, string>> = {}): string {
  const members = Object.entries(attributes).map(
    ([name, value]) => `${JSON.stringify(name)}: {"DataType": "String", "StringValue": ${jsonString(value)}}`,
  );
  const attributesMember = members.length === 0 ? "" : `, "MessageAttributes": {${members.join(", ")}}`;
  return `{"QueueUrl": "${queueUrl}", "MessageBody": ${jsonString(body)}${attributesMember}}`;
}

function responses(successStatusCode: string): readonly IntegrationResponse[] {
  const json = (body: string) => ({ "application/json": body });
  return [
    { statusCode: successStatusCode, responseTemplates: json(`{"messageId": "$input.path('$.MessageId')"}`) },
    { statusCode: "400", selectionPattern: "4\\d{2}", responseTemplates: json('{"message": "Bad Request"}') },
    { statusCode: "502", selectionPattern: "5\\d{2}", responseTemplates: json('{"message": "Bad Gateway"}') },
  ];
}

function identify(method: Method, queue: QueueTarget): { name: string; region?: string; account?: string } {
  const name = "nameInput" in queue ? literal(queue.nameInput) : undefined;
  if (name !== undefined) return { name };
  const [, , , region, account, ownName] = literal(queue.arn)?.split(":") ?? [];
  if (region !== undefined && account !== undefined && ownName !== undefined) return { name: ownName, region, account };
  throw new ConfigurationError(
    "QUEUE_NAME_UNKNOWN",
    method.node.path,
    "the queue has no name or ARN that is known at synth, so the API's document would be unknown in the first plan",
    "create the queue with a literal name, or pass { arn } with a literal ARN",
  );
}

function keyOf(api: Construct, queue: QueueTarget): string | undefined {
  const key = "kmsMasterKeyIdInput" in queue ? queue.kmsMasterKeyIdInput : undefined;
  // The key that AWS manages for SQS needs no statement.
  if (key === undefined || key === "alias/aws/sqs") return undefined;
  if (Token.isUnresolved(key) || key.startsWith("arn:")) return key;
  const { region, accountId, partition } = environmentOf(api);
  if (!key.startsWith("alias/")) return `arn:${partition}:kms:${region}:${accountId}:key/${key}`;
  throw new ConfigurationError(
    "QUEUE_KEY_UNKNOWN",
    api.node.path,
    `the queue is encrypted with "${key}", and a policy cannot name a key by its alias`,
    "pass encryptionKey: { arn } to the SqsIntegration",
  );
}
