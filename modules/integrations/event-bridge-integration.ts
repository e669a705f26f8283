import { RESOURCE_KINDS } from "../iam/resource-kinds";
import type { Method } from "../rest-api/method";
import { Integration, type IntegrationConfig } from "./integration";
import { jsonLiteral, jsonObject, jsonText } from "./mapping-text";
import { callService, type ServiceIntegrationOptions } from "./service-call";
import { answerInstead, serviceResponses } from "./service-responses";
import { namedServiceTarget, resolveServiceTarget, type ServiceTarget } from "./service-target";

/** What the event says, and how the answer maps to a status. Texts that begin with `$` are VTL expressions. */
export interface EventBridgeIntegrationOptions extends ServiceIntegrationOptions {
  /** Who sends the event, as in `com.example.orders`. Names that begin with `aws.` are AWS's own. */
  readonly source: string;
  /** What the event is, as in `OrderPlaced`. */
  readonly detailType: string;
  /**
   * A JSON object as text.
   * @default "$input.body"
   */
  readonly detail?: string;
  /**
   * ARNs that the event is about.
   * @default - none
   */
  readonly resources?: readonly string[];
  /**
   * Status when EventBridge has accepted the event.
   * @default "202"
   */
  readonly successStatusCode?: string;
}

/** `"default"`, a plain cdktf `CloudwatchEventBus`, or `{ arn }` with a literal ARN. */
export type EventBusTarget = ServiceTarget | "default";

/** EventBridge answers 200 to events that it has not taken, so the count decides. */
const ANSWER =
  "#set($failed = $input.path('$.FailedEntryCount'))" +
  "#set($error = $input.path('$.Entries[0].ErrorCode'))" +
  `#if("$failed" == "0"){"eventId": "$input.path('$.Entries[0].EventId')"}` +
  `#elseif($error.matches('MalformedDetail|InvalidArgument'))${answerInstead(400, "Bad Request")}` +
  `#elseif($error.matches('Thrott.*'))${answerInstead(429, "Too Many Requests")}` +
  `#{else}${answerInstead(502, "Bad Gateway")}#end`;

/**
 * Puts each request on an event bus as one event, without a function between. The API gets a role that may put events on
 * this bus and do nothing else. The client gets `{"eventId": …}`; an event that EventBridge does not take answers 400 when
 * its detail is no JSON object, 429 when throttled, else 502.
 * Source: https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutEvents.html
 */
export class EventBridgeIntegration extends Integration {
  constructor(
    private readonly eventBus: EventBusTarget,
    private readonly options: EventBridgeIntegrationOptions,
  ) {
    super({ type: "AWS" });
  }

  override bind(method: Method): IntegrationConfig {
    const target =
      this.eventBus === "default"
        ? namedServiceTarget(method, "default", RESOURCE_KINDS.eventBus)
        : resolveServiceTarget(method, this.eventBus, RESOURCE_KINDS.eventBus);
    return callService(method, {
      kind: RESOURCE_KINDS.eventBus,
      target,
      actions: ["events:PutEvents"],
      request: { service: "events", action: "PutEvents" },
      headers: { "Content-Type": "'application/x-amz-json-1.1'", "X-Amz-Target": "'AWSEvents.PutEvents'" },
      template: putEvents(method, target.arn, this.options),
      responses: serviceResponses({ statusCode: this.options.successStatusCode ?? "202", template: ANSWER }),
      options: this.options,
    });
  }
}

function putEvents(method: Method, busArn: string, options: EventBridgeIntegrationOptions): string {
  const { source, detailType, detail = "$input.body", resources } = options;
  const entry = jsonObject({
    EventBusName: `"${busArn}"`,
    Source: jsonText(method, source),
    DetailType: jsonText(method, detailType),
    Detail: jsonText(method, detail),
    Resources: resources && `[${resources.map((arn) => jsonText(method, arn)).join(", ")}]`,
  });
  return `{${jsonLiteral("Entries")}: [${entry}]}`;
}
