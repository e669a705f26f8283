import { checkTopic } from "../checks/message-group-checks";
import { RESOURCE_KINDS } from "../iam/resource-kinds";
import type { Method } from "../rest-api/method";
import { Integration, type IntegrationConfig } from "./integration";
import { formLiteral, formText } from "./mapping-text";
import { callService, type ServiceIntegrationOptions } from "./service-call";
import { serviceResponses } from "./service-responses";
import { resolveServiceTarget, type ServiceTarget } from "./service-target";

/** What is published, and how the answer maps to a status. Texts that begin with `$` are VTL expressions. */
export interface SnsIntegrationOptions extends ServiceIntegrationOptions {
  /** @default "$input.body" */
  readonly message?: string;
  /**
   * Subject of e-mails: at most 100 printable ASCII characters.
   * @default - no subject
   */
  readonly subject?: string;
  /**
   * Name → string attribute of the message. SNS refuses an empty one, and so does the route then.
   * @default - no attributes
   */
  readonly messageAttributes?: Readonly<Record<string, string>>;
  /**
   * Group of the message. FIFO topics need it.
   * @default - no group
   */
  readonly messageGroupId?: string;
  /**
   * The same for copies of one message.
   * @default - what the topic is set to
   */
  readonly messageDeduplicationId?: string;
  /**
   * Status when SNS has accepted the message.
   * @default "202"
   */
  readonly successStatusCode?: string;
}

/** A plain cdktf `SnsTopic`, or `{ arn }` with a literal ARN. */
export type TopicTarget = ServiceTarget;

/**
 * Publishes each request to a topic, without a function between. The API gets a role that may publish to this topic and do
 * nothing else. The client gets `{"messageId": …}`; throttling answers 429, other refusals 400, failures 502.
 * Source: https://docs.aws.amazon.com/sns/latest/api/API_Publish.html
 */
export class SnsIntegration extends Integration {
  constructor(
    private readonly topic: TopicTarget,
    private readonly options: SnsIntegrationOptions = {},
  ) {
    super({ type: "AWS" });
  }

  override bind(method: Method): IntegrationConfig {
    const target = resolveServiceTarget(method, this.topic, RESOURCE_KINDS.topic);
    const { messageGroupId, successStatusCode = "202" } = this.options;
    checkTopic(method, { name: target.name, messageGroupId });
    return callService(method, {
      kind: RESOURCE_KINDS.topic,
      target,
      actions: ["sns:Publish"],
      request: { service: "sns", path: "/" },
      // SNS has no JSON protocol.
      headers: { "Content-Type": "'application/x-www-form-urlencoded'" },
      template: publish(method, target.arn, this.options),
      responses: serviceResponses(
        {
          statusCode: successStatusCode,
          template: `{"messageId": "$input.path('$.PublishResponse.PublishResult.MessageId')"}`,
        },
        [],
        "$.Error.Code",
      ),
      options: this.options,
    });
  }
}

function publish(method: Method, topicArn: string, options: SnsIntegrationOptions): string {
  const { message = "$input.body", subject, messageAttributes = {}, messageGroupId, messageDeduplicationId } = options;
  const attributes = Object.entries(messageAttributes).flatMap(([name, value], index) => {
    const entry = `MessageAttributes.entry.${index + 1}`;
    return [
      `${entry}.Name=${formLiteral(name)}`,
      `${entry}.Value.DataType=String`,
      `${entry}.Value.StringValue=${formText(method, value)}`,
    ];
  });
  const optional = { Subject: subject, MessageGroupId: messageGroupId, MessageDeduplicationId: messageDeduplicationId };
  const parameters = Object.entries(optional).flatMap(([name, value]) => {
    return value === undefined ? [] : [`${name}=${formText(method, value)}`];
  });
  return [
    "Action=Publish",
    "Version=2010-03-31",
    `TopicArn=${topicArn}`,
    `Message=${formText(method, message)}`,
    ...parameters,
    ...attributes,
  ].join("&");
}
