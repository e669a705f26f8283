import type { AwsEnvironment } from "../environment";

/** How the ARNs of one type of resource follow from names known at synth. */
export interface ResourceKind {
  /** As messages and role names say it. */
  readonly label: string;
  readonly service: string;
  /** Terraform's type. */
  readonly type: string;
  readonly nameProperty: "nameInput" | "bucketInput";
  /** What stands before the name in the last part of the ARN. */
  readonly prefix: string;
  /** What AWS appends to the name, as a pattern. */
  readonly suffix?: string;
  /** False when the ARN holds neither region nor account. */
  readonly isRegional: boolean;
  /** Where the resource says which key encrypts it: a property, and one of its own. */
  readonly keyProperty?: readonly string[];
}

/**
 * Resources that integrations call and that policies name.
 * Source: https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
 */
export const RESOURCE_KINDS = {
  bucket: {
    label: "bucket",
    service: "s3",
    type: "aws_s3_bucket",
    nameProperty: "bucketInput",
    prefix: "",
    isRegional: false,
  },
  endpoint: {
    label: "endpoint",
    service: "sagemaker",
    type: "aws_sagemaker_endpoint",
    nameProperty: "nameInput",
    prefix: "endpoint/",
    isRegional: true,
  },
  eventBus: {
    label: "event bus",
    service: "events",
    type: "aws_cloudwatch_event_bus",
    nameProperty: "nameInput",
    prefix: "event-bus/",
    isRegional: true,
  },
  parameter: {
    label: "parameter",
    service: "ssm",
    type: "aws_ssm_parameter",
    nameProperty: "nameInput",
    prefix: "parameter/",
    isRegional: true,
    keyProperty: ["keyIdInput"],
  },
  queue: {
    label: "queue",
    service: "sqs",
    type: "aws_sqs_queue",
    nameProperty: "nameInput",
    prefix: "",
    isRegional: true,
    keyProperty: ["kmsMasterKeyIdInput"],
  },
  secret: {
    label: "secret",
    service: "secretsmanager",
    type: "aws_secretsmanager_secret",
    nameProperty: "nameInput",
    prefix: "secret:",
    suffix: "-??????",
    isRegional: true,
    keyProperty: ["kmsKeyIdInput"],
  },
  stateMachine: {
    label: "state machine",
    service: "states",
    type: "aws_sfn_state_machine",
    nameProperty: "nameInput",
    prefix: "stateMachine:",
    isRegional: true,
  },
  stream: {
    label: "stream",
    service: "kinesis",
    type: "aws_kinesis_stream",
    nameProperty: "nameInput",
    prefix: "stream/",
    isRegional: true,
    keyProperty: ["kmsKeyIdInput"],
  },
  table: {
    label: "table",
    service: "dynamodb",
    type: "aws_dynamodb_table",
    nameProperty: "nameInput",
    prefix: "table/",
    isRegional: true,
    keyProperty: ["serverSideEncryptionInput", "kmsKeyArn"],
  },
  topic: {
    label: "topic",
    service: "sns",
    type: "aws_sns_topic",
    nameProperty: "nameInput",
    prefix: "",
    isRegional: true,
    keyProperty: ["kmsMasterKeyIdInput"],
  },
} as const satisfies Record<string, ResourceKind>;

/** The ARN of a resource by its name, in the environment of the stack that it belongs to. */
export function arnOfKind(kind: ResourceKind, { partition, region, accountId }: AwsEnvironment, name: string): string {
  const place = kind.isRegional ? `${region}:${accountId}` : ":";
  // Names of parameters may begin with the slash that ends the prefix.
  return `arn:${partition}:${kind.service}:${place}:${kind.prefix}${name.replace(/^\//, "")}${kind.suffix ?? ""}`;
}
