import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import type { Construct } from "constructs";
import { ConfigurationError } from "../../definition/configuration-error";
import { namePart } from "../naming";
import { RetentionDays } from "../retention-days";
import { literal } from "../terraform-text";

/** The facts that a line of the standard access log holds. */
const STANDARD_FIELDS = {
  requestId: "$context.requestId",
  extendedRequestId: "$context.extendedRequestId",
  ip: "$context.identity.sourceIp",
  caller: "$context.identity.caller",
  user: "$context.identity.user",
  apiKeyId: "$context.identity.apiKeyId",
  requestTime: "$context.requestTime",
  httpMethod: "$context.httpMethod",
  resourcePath: "$context.resourcePath",
  path: "$context.path",
  status: "$context.status",
  protocol: "$context.protocol",
  responseLength: "$context.responseLength",
  responseLatency: "$context.responseLatency",
  integrationLatency: "$context.integrationLatency",
  integrationStatus: "$context.integrationStatus",
  errorMessage: "$context.error.message",
  errorType: "$context.error.responseType",
  xrayTraceId: "$context.xrayTraceId",
} as const;

/** Which facts a line of JSON holds, beside the id of the request. AWS CDK's names. */
export type JsonWithStandardFieldProps = Readonly<
  Record<
    "caller" | "httpMethod" | "ip" | "protocol" | "requestTime" | "resourcePath" | "responseLength" | "status" | "user",
    boolean
  >
>;

/** Format of the lines of an access log. Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-logging.html */
export class AccessLogFormat {
  /**
   * One JSON object a line, all values strings: `-` stands for what a request does not have, and is no JSON number.
   * @param fields with them, a line holds those that are true and the id of the request; else all that is of use
   */
  static jsonWithStandardFields(fields?: JsonWithStandardFieldProps): AccessLogFormat {
    if (fields === undefined) return AccessLogFormat.json(STANDARD_FIELDS);
    const chosen = Object.entries(STANDARD_FIELDS).filter(
      ([name]) => name === "requestId" || Reflect.get(fields, name) === true,
    );
    return AccessLogFormat.json(Object.fromEntries(chosen));
  }

  /** One JSON object a line with the given fields, values as in `$context.status`. */
  static json(fields: Readonly<Record<string, string>>): AccessLogFormat {
    return new AccessLogFormat(JSON.stringify(fields));
  }

  /** The Common Log Format of web servers, with the request's id at the end. */
  static clf(): AccessLogFormat {
    const caller = "$context.identity.sourceIp $context.identity.caller $context.identity.user";
    const request = "$context.httpMethod $context.resourcePath $context.protocol";
    const answer = "$context.status $context.responseLength $context.requestId";
    return new AccessLogFormat(`${caller} [$context.requestTime] "${request}" ${answer}`);
  }

  /** Any one-line format. It must hold `$context.requestId` or `$context.extendedRequestId`. */
  static custom(format: string): AccessLogFormat {
    return new AccessLogFormat(format);
  }

  private constructor(private readonly format: string) {}

  toString(): string {
    return this.format;
  }
}

/** Where access log lines go. */
export interface IAccessLogDestination {
  bind(stage: AccessLogSource): AccessLogDestinationConfig;
}

/** A destination as a stage needs it. */
export interface AccessLogDestinationConfig {
  readonly destinationArn: string;
  /** Name of the log group, when it is one and its name can be known: metric filters read it. */
  readonly logGroupName?: string;
  /** The log group, when it was created for the stage. */
  readonly createdLogGroup?: CloudwatchLogGroup;
}

/** The stage that logs. */
export interface AccessLogSource {
  readonly scope: Construct;
  readonly apiName: string;
  readonly stageName: string;
}

/** A log group that is yet to be created. */
export interface NewLogGroup {
  /** @default - `/aws/apigateway/<API>/<stage>` */
  readonly logGroupName?: string;
  /** @default RetentionDays.ONE_MONTH */
  readonly retention?: RetentionDays;
  /**
   * Key of KMS that encrypts it; its policy must let CloudWatch Logs of the region use it.
   * @default - CloudWatch's own key
   */
  readonly encryptionKey?: { readonly arn: string };
}

/**
 * A log group of CloudWatch: an existing one, or a new one beside the stage. Throws `ACCESS_LOG_DESTINATION_INVALID` for what
 * is no ARN of a log group.
 */
export class LogGroupLogDestination implements IAccessLogDestination {
  /**
   * @param target `{ arn }`, as a plain cdktf `CloudwatchLogGroup` has, or how the new group is to be
   */
  constructor(private readonly target: { readonly arn: string; readonly name?: string } | NewLogGroup = {}) {}

  bind({ scope, apiName, stageName }: AccessLogSource): AccessLogDestinationConfig {
    if ("arn" in this.target) {
      refuseOtherArns(scope, this.target.arn);
      const logGroupName = this.target.name ?? /:log-group:([^:]+)/.exec(literal(this.target.arn) ?? "")?.[1];
      return { destinationArn: this.target.arn, ...(logGroupName === undefined ? {} : { logGroupName }) };
    }
    const group = new CloudwatchLogGroup(scope, "AccessLog", {
      // A name that is a reference cannot be taken apart.
      name: this.target.logGroupName ?? `/aws/apigateway/${namePart(literal(apiName) ?? scope.node.path)}/${stageName}`,
      retentionInDays: this.target.retention ?? RetentionDays.ONE_MONTH,
      ...(this.target.encryptionKey === undefined ? {} : { kmsKeyId: this.target.encryptionKey.arn }),
    });
    return { destinationArn: group.arn, logGroupName: group.name, createdLogGroup: group };
  }
}

/** AWS refuses the stage: "Access Log value must not be empty", "Invalid ARN specified in the request". */
function refuseOtherArns({ node }: Construct, arn: string): void {
  const known = literal(arn);
  if (known === undefined || /^arn:[^:]+:logs:[^:]*:[^:]*:log-group:./.test(known)) return;
  throw new ConfigurationError(
    "ACCESS_LOG_DESTINATION_INVALID",
    node.path,
    `the log group of an access log must be named by its ARN, got "${arn}"`,
    "copy the ARN, as in arn:aws:logs:<region>:<account>:log-group:<name>",
  );
}

/** First part of the name of every stream that API Gateway writes to. */
const STREAM_NAME_PREFIX = "amazon-apigateway-";

/**
 * A delivery stream of Amazon Data Firehose, for logs that go to S3, OpenSearch or elsewhere. Throws
 * `ACCESS_LOG_STREAM_NAME_INVALID` for a name that does not begin with `amazon-apigateway-`.
 * Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-logging-to-kinesis.html
 */
export class FirehoseLogDestination implements IAccessLogDestination {
  /**
   * @param stream a plain cdktf `KinesisFirehoseDeliveryStream`, or `{ arn }`
   */
  constructor(private readonly stream: { readonly arn: string; readonly nameInput?: string }) {}

  bind({ scope }: AccessLogSource): AccessLogDestinationConfig {
    const { arn, nameInput } = this.stream;
    const name = literal(nameInput) ?? literal(arn)?.split(":deliverystream/").at(-1);
    if (name !== undefined && !name.startsWith(STREAM_NAME_PREFIX)) {
      throw new ConfigurationError(
        "ACCESS_LOG_STREAM_NAME_INVALID",
        scope.node.path,
        `the delivery stream of an access log must be named ${STREAM_NAME_PREFIX}…, got "${name}"`,
        `name the stream ${STREAM_NAME_PREFIX}${name.replaceAll(/[^A-Za-z0-9_.-]/g, "-")}`,
      );
    }
    return { destinationArn: arn };
  }
}
