/** What one grant means for one type of resource. */
export interface Grant {
  /** Terraform's type. */
  readonly type: string;
  /** The service in its ARN. */
  readonly service: string;
  readonly access: readonly Access[];
  /** Where the resource says which key encrypts it. */
  readonly keyProperty?: readonly string[];
  /** Actions on that key. */
  readonly keyActions?: readonly string[];
}

interface Access {
  readonly actions: readonly string[];
  /** What follows the ARN of the resource; empty for the resource itself. */
  readonly parts: readonly string[];
}

type Kind = Pick<Grant, "type" | "service" | "keyProperty">;

const TABLE: Kind = {
  type: "aws_dynamodb_table",
  service: "dynamodb",
  keyProperty: ["serverSideEncryptionInput", "kmsKeyArn"],
};
const QUEUE: Kind = { type: "aws_sqs_queue", service: "sqs", keyProperty: ["kmsMasterKeyIdInput"] };
const TOPIC: Kind = { type: "aws_sns_topic", service: "sns", keyProperty: ["kmsMasterKeyIdInput"] };
const STREAM: Kind = { type: "aws_kinesis_stream", service: "kinesis", keyProperty: ["kmsKeyIdInput"] };
const SECRET: Kind = { type: "aws_secretsmanager_secret", service: "secretsmanager", keyProperty: ["kmsKeyIdInput"] };
const PARAMETER: Kind = { type: "aws_ssm_parameter", service: "ssm", keyProperty: ["keyIdInput"] };
const BUCKET: Kind = { type: "aws_s3_bucket", service: "s3" };
const KEY: Kind = { type: "aws_kms_key", service: "kms" };
const EVENT_BUS: Kind = { type: "aws_cloudwatch_event_bus", service: "events" };
const STATE_MACHINE: Kind = { type: "aws_sfn_state_machine", service: "states" };

const DECRYPT = ["kms:Decrypt"];
const ENCRYPT = ["kms:Encrypt", "kms:GenerateDataKey*"];
/** Services that keep data keys encrypted decrypt them to write, too. */
const ENCRYPT_DATA = [...DECRYPT, ...ENCRYPT];

const READ_DATA: Access = {
  actions: [
    "dynamodb:BatchGetItem",
    "dynamodb:ConditionCheckItem",
    "dynamodb:DescribeTable",
    "dynamodb:GetItem",
    "dynamodb:Query",
    "dynamodb:Scan",
  ],
  parts: ["", "/index/*"],
};
const WRITE_DATA: Access = {
  actions: [
    "dynamodb:BatchWriteItem",
    "dynamodb:DeleteItem",
    "dynamodb:DescribeTable",
    "dynamodb:PutItem",
    "dynamodb:UpdateItem",
  ],
  parts: [""],
};

const READ_STREAM: Access = {
  actions: [
    "kinesis:DescribeStreamSummary",
    "kinesis:GetRecords",
    "kinesis:GetShardIterator",
    "kinesis:ListShards",
    "kinesis:SubscribeToShard",
  ],
  parts: [""],
};
const WRITE_STREAM: Access = {
  actions: ["kinesis:ListShards", "kinesis:PutRecord", "kinesis:PutRecords"],
  parts: [""],
};

const READ_OBJECTS: readonly Access[] = [
  { actions: ["s3:GetObject"], parts: ["/*"] },
  { actions: ["s3:ListBucket"], parts: [""] },
];
const WRITE_OBJECTS: Access = {
  actions: ["s3:AbortMultipartUpload", "s3:DeleteObject", "s3:PutObject"],
  parts: ["/*"],
};

const READ_SECRET: Access = {
  actions: ["secretsmanager:DescribeSecret", "secretsmanager:GetSecretValue"],
  parts: [""],
};
const WRITE_SECRET: Access = {
  actions: ["secretsmanager:PutSecretValue", "secretsmanager:UpdateSecret"],
  parts: [""],
};
const READ_PARAMETER: Access = {
  actions: ["ssm:GetParameter", "ssm:GetParameterHistory", "ssm:GetParameters"],
  parts: [""],
};
const WRITE_PARAMETER: Access = { actions: ["ssm:PutParameter"], parts: [""] };

function self(...actions: readonly string[]): readonly Access[] {
  return [{ actions, parts: [""] }];
}

/**
 * All grants by method, each with the types of resources that it is for.
 * Source: https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
 */
export const GRANTS = {
  grantReadData: [{ ...TABLE, access: [READ_DATA], keyActions: DECRYPT }],
  grantWriteData: [{ ...TABLE, access: [WRITE_DATA], keyActions: ENCRYPT_DATA }],
  grantReadWriteData: [{ ...TABLE, access: [READ_DATA, WRITE_DATA], keyActions: ENCRYPT_DATA }],
  grantSendMessages: [
    {
      ...QUEUE,
      access: self("sqs:GetQueueAttributes", "sqs:GetQueueUrl", "sqs:SendMessage"),
      keyActions: ENCRYPT_DATA,
    },
  ],
  grantConsumeMessages: [
    {
      ...QUEUE,
      access: self(
        "sqs:ChangeMessageVisibility",
        "sqs:DeleteMessage",
        "sqs:GetQueueAttributes",
        "sqs:GetQueueUrl",
        "sqs:ReceiveMessage",
      ),
      keyActions: DECRYPT,
    },
  ],
  grantPublish: [{ ...TOPIC, access: self("sns:Publish"), keyActions: ENCRYPT_DATA }],
  grantPutEventsTo: [{ ...EVENT_BUS, access: self("events:PutEvents") }],
  grantStartExecution: [{ ...STATE_MACHINE, access: self("states:StartExecution") }],
  grantRead: [
    { ...BUCKET, access: READ_OBJECTS },
    { ...SECRET, access: [READ_SECRET], keyActions: DECRYPT },
    { ...PARAMETER, access: [READ_PARAMETER], keyActions: DECRYPT },
    { ...STREAM, access: [READ_STREAM], keyActions: DECRYPT },
  ],
  grantWrite: [
    { ...BUCKET, access: [WRITE_OBJECTS] },
    { ...SECRET, access: [WRITE_SECRET], keyActions: ENCRYPT_DATA },
    { ...PARAMETER, access: [WRITE_PARAMETER], keyActions: ENCRYPT_DATA },
    { ...STREAM, access: [WRITE_STREAM], keyActions: ENCRYPT_DATA },
  ],
  grantReadWrite: [
    { ...BUCKET, access: [...READ_OBJECTS, WRITE_OBJECTS] },
    { ...SECRET, access: [READ_SECRET, WRITE_SECRET], keyActions: ENCRYPT_DATA },
    { ...PARAMETER, access: [READ_PARAMETER, WRITE_PARAMETER], keyActions: ENCRYPT_DATA },
    { ...STREAM, access: [READ_STREAM, WRITE_STREAM], keyActions: ENCRYPT_DATA },
  ],
  grantDecrypt: [{ ...KEY, access: self(...DECRYPT) }],
  grantEncrypt: [{ ...KEY, access: self(...ENCRYPT) }],
  grantEncryptDecrypt: [{ ...KEY, access: self(...DECRYPT, ...ENCRYPT) }],
} as const satisfies Readonly<Record<string, readonly Grant[]>>;

/** A method that grants. */
export type Verb = keyof typeof GRANTS;
