import { DataAwsS3Bucket } from "@cdktf/provider-aws/lib/data-aws-s3-bucket";
import { DynamodbTable } from "@cdktf/provider-aws/lib/dynamodb-table";
import { KinesisStream } from "@cdktf/provider-aws/lib/kinesis-stream";
import { KmsAlias } from "@cdktf/provider-aws/lib/kms-alias";
import { KmsKey } from "@cdktf/provider-aws/lib/kms-key";
import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import { SecretsmanagerSecret } from "@cdktf/provider-aws/lib/secretsmanager-secret";
import { SfnStateMachine } from "@cdktf/provider-aws/lib/sfn-state-machine";
import { SnsTopic } from "@cdktf/provider-aws/lib/sns-topic";
import { SqsQueue } from "@cdktf/provider-aws/lib/sqs-queue";
import { SsmParameter } from "@cdktf/provider-aws/lib/ssm-parameter";
import { TerraformVariable } from "cdktf";
import { type HeadgateStack, LambdaIntegration, NodejsFunction, RestApi, Tracing } from "../../../modules";
import { assertOrderRules, onlyResource, synthApi } from "../../../modules/testing";
import { expectRefusal } from "../support/refusals";

type Grant = (handler: NodejsFunction, stack: HeadgateStack) => void;

/** Action → resources, of all that is granted to a function behind a route. */
function granted(grant: Grant): Record<string, readonly string[]> {
  const terraform = synthApi((stack) => {
    const handler = new NodejsFunction(stack, "Fn", { bundle: "fn", tracing: Tracing.DISABLED });
    grant(handler, stack);
    new RestApi(stack, "Api").root.addMethod("GET", new LambdaIntegration(handler));
  });
  assertOrderRules(terraform);
  const [, ...statements]: readonly { Action: string[]; Resource: string[] }[] = JSON.parse(
    String(onlyResource(terraform, "aws_iam_role_policy").policy),
  ).Statement;
  return Object.fromEntries(statements.flatMap(({ Action, Resource }) => Action.map((action) => [action, Resource])));
}

const HERE = "eu-west-1:111111111111";
const KEY_ID = "0a1b2c3d-0000-1111-2222-333344445555";
const MULTI_REGION_KEY_ID = "mrk-0a1b2c3d000011112222333344445555";
const TABLE = `arn:aws:dynamodb:${HERE}:table/orders`;
const table = (stack: HeadgateStack) => new DynamodbTable(stack, "Orders", { name: "orders" });

describe("grants", () => {
  it("read data of a table and its indexes", () => {
    expect(granted((fn, stack) => fn.grantReadData(table(stack)))).toEqual({
      "dynamodb:BatchGetItem": [TABLE, `${TABLE}/index/*`],
      "dynamodb:ConditionCheckItem": [TABLE, `${TABLE}/index/*`],
      "dynamodb:DescribeTable": [TABLE, `${TABLE}/index/*`],
      "dynamodb:GetItem": [TABLE, `${TABLE}/index/*`],
      "dynamodb:Query": [TABLE, `${TABLE}/index/*`],
      "dynamodb:Scan": [TABLE, `${TABLE}/index/*`],
    });
  });

  it("write data of a table, and of no index", () => {
    expect(granted((fn, stack) => fn.grantWriteData(table(stack)))).toEqual({
      "dynamodb:BatchWriteItem": [TABLE],
      "dynamodb:DeleteItem": [TABLE],
      "dynamodb:DescribeTable": [TABLE],
      "dynamodb:PutItem": [TABLE],
      "dynamodb:UpdateItem": [TABLE],
    });
  });

  it.each<[string, Grant, Record<string, readonly string[]>]>([
    [
      "messages to a queue",
      (fn, stack) => fn.grantSendMessages(new SqsQueue(stack, "Queue", { name: "q" })),
      { "sqs:SendMessage": [`arn:aws:sqs:${HERE}:q`] },
    ],
    [
      "messages of a queue by ARN",
      (fn) => fn.grantConsumeMessages("arn:aws:sqs:eu-west-1:222222222222:theirs"),
      {
        "sqs:ReceiveMessage": ["arn:aws:sqs:eu-west-1:222222222222:theirs"],
        "sqs:DeleteMessage": ["arn:aws:sqs:eu-west-1:222222222222:theirs"],
      },
    ],
    [
      "a topic",
      (fn, stack) => fn.grantPublish(new SnsTopic(stack, "Topic", { name: "t" })),
      { "sns:Publish": [`arn:aws:sns:${HERE}:t`] },
    ],
    [
      "an event bus",
      (fn) => fn.grantPutEventsTo({ arn: `arn:aws:events:${HERE}:event-bus/default` }),
      { "events:PutEvents": [`arn:aws:events:${HERE}:event-bus/default`] },
    ],
    [
      "a state machine",
      (fn, stack) =>
        fn.grantStartExecution(new SfnStateMachine(stack, "Flow", { name: "flow", roleArn: "r", definition: "{}" })),
      { "states:StartExecution": [`arn:aws:states:${HERE}:stateMachine:flow`] },
    ],
    [
      "a secret, whose ARN ends in characters that AWS chooses",
      (fn, stack) => fn.grantRead(new SecretsmanagerSecret(stack, "Secret", { name: "db" })),
      { "secretsmanager:GetSecretValue": [`arn:aws:secretsmanager:${HERE}:secret:db-??????`] },
    ],
    [
      "a parameter in a hierarchy",
      (fn, stack) =>
        fn.grantRead(new SsmParameter(stack, "Parameter", { name: "/app/url", type: "String", value: "u" })),
      { "ssm:GetParameter": [`arn:aws:ssm:${HERE}:parameter/app/url`] },
    ],
    [
      "a bucket and its objects",
      (fn, stack) => fn.grantReadWrite(new S3Bucket(stack, "Bucket", { bucket: "files" })),
      {
        "s3:GetObject": ["arn:aws:s3:::files/*"],
        "s3:ListBucket": ["arn:aws:s3:::files"],
        "s3:PutObject": ["arn:aws:s3:::files/*"],
      },
    ],
    [
      "objects of a bucket that a data source names",
      (fn, stack) => fn.grantWrite(new DataAwsS3Bucket(stack, "Theirs", { bucket: "theirs" })),
      { "s3:PutObject": ["${data.aws_s3_bucket.Theirs.arn}/*"] },
    ],
    [
      "a stream",
      (fn, stack) => fn.grantWrite(new KinesisStream(stack, "Stream", { name: "s" })),
      { "kinesis:PutRecords": [`arn:aws:kinesis:${HERE}:stream/s`] },
    ],
    [
      "a key",
      (fn) => fn.grantEncryptDecrypt(`arn:aws:kms:${HERE}:key/k`),
      { "kms:Decrypt": [`arn:aws:kms:${HERE}:key/k`], "kms:GenerateDataKey*": [`arn:aws:kms:${HERE}:key/k`] },
    ],
  ])("cover %s", (_, grant, expected) => {
    expect(granted(grant)).toMatchObject(expected);
  });

  it.each<[string, Grant]>([
    [
      "table",
      (fn, stack) => {
        const kmsKeyArn = new KmsKey(stack, "Key").arn;
        fn.grantReadData(
          new DynamodbTable(stack, "T", { name: "t", serverSideEncryption: { enabled: true, kmsKeyArn } }),
        );
      },
    ],
    [
      "queue",
      (fn, stack) => {
        const kmsMasterKeyId = new KmsKey(stack, "Key").arn;
        fn.grantConsumeMessages(new SqsQueue(stack, "Q", { name: "q", kmsMasterKeyId }));
      },
    ],
    [
      "secret",
      (fn, stack) => {
        const kmsKeyId = new KmsKey(stack, "Key").arn;
        fn.grantRead(new SecretsmanagerSecret(stack, "S", { name: "s", kmsKeyId }));
      },
    ],
  ])("include the key that a %s is declared with", (_, grant) => {
    expect(granted(grant)).toMatchObject({ "kms:Decrypt": ["${aws_kms_key.Key.arn}"] });
  });

  it.each<[string, string | ((stack: HeadgateStack) => string), string]>([
    ["its id", KEY_ID, `arn:aws:kms:${HERE}:key/${KEY_ID}`],
    ["the id of one in several regions", MULTI_REGION_KEY_ID, `arn:aws:kms:${HERE}:key/${MULTI_REGION_KEY_ID}`],
    [
      "what an alias stands for",
      (stack) => new KmsAlias(stack, "Alias", { targetKeyId: KEY_ID }).targetKeyArn,
      "${aws_kms_alias.Alias.target_key_arn}",
    ],
  ])("find the key by %s", (_, key, arn) => {
    const actions = granted((fn, stack) => {
      const kmsMasterKeyId = typeof key === "string" ? key : key(stack);
      fn.grantConsumeMessages(new SqsQueue(stack, "Q", { name: "q", kmsMasterKeyId }));
    });

    expect(actions).toMatchObject({ "kms:Decrypt": [arn] });
  });

  it("read and write data of a table: all that reading and writing allow", () => {
    const both = granted((fn, stack) => fn.grantReadWriteData(table(stack)));
    const apart = [
      granted((fn, stack) => fn.grantReadData(table(stack))),
      granted((fn, stack) => fn.grantWriteData(table(stack))),
    ];

    expect(new Set(Object.keys(both))).toEqual(new Set(apart.flatMap((it) => Object.keys(it))));
  });

  it("decrypt, or encrypt, and not both", () => {
    const arn = `arn:aws:kms:${HERE}:key/${KEY_ID}`;

    expect(granted((fn) => fn.grantDecrypt({ arn }))).toEqual({ "kms:Decrypt": [arn] });
    expect(granted((fn) => fn.grantEncrypt({ arn }))).toEqual({
      "kms:Encrypt": [arn],
      "kms:GenerateDataKey*": [arn],
    });
  });

  it("take a variable for what the method is for, where that is one type", () => {
    const actions = granted((fn, stack) => fn.grantReadData(new TerraformVariable(stack, "table", {}).stringValue));

    expect(actions).toMatchObject({ "dynamodb:GetItem": ["${var.table}", "${var.table}/index/*"] });
  });

  it("leave keys alone that AWS manages", () => {
    const actions = granted((fn, stack) =>
      fn.grantSendMessages(new SqsQueue(stack, "Q", { name: "q", kmsMasterKeyId: "alias/aws/sqs" })),
    );

    expect(Object.keys(actions).filter((action) => action.startsWith("kms:"))).toEqual([]);
  });

  it.each<[string, string, string, Grant]>([
    [
      "the target is of another type",
      "GRANT_TARGET_INVALID",
      'grantReadData is for aws_dynamodb_table, got "aws_sqs_queue"',
      (fn, stack) => fn.grantReadData(new SqsQueue(stack, "Q", { name: "q" })),
    ],
    [
      "an ARN is of another service",
      "GRANT_TARGET_INVALID",
      'grantRead is for aws_s3_bucket, aws_secretsmanager_secret, aws_ssm_parameter, aws_kinesis_stream, got "sqs"',
      (fn) => fn.grantRead(`arn:aws:sqs:${HERE}:q`),
    ],
    ["a text is no ARN", "GRANT_TARGET_INVALID", 'got "orders"', (fn) => fn.grantWriteData("orders")],
    [
      "a variable may be of several types",
      "GRANT_TARGET_INVALID",
      'got "${var.target}"',
      (fn, stack) => fn.grantRead(new TerraformVariable(stack, "target", {}).stringValue),
    ],
    [
      "the key of the target is the ARN of an alias",
      "GRANT_KEY_UNKNOWN",
      "alias/mine",
      (fn, stack) => {
        const kmsMasterKeyId = `arn:aws:kms:${HERE}:alias/mine`;
        fn.grantSendMessages(new SqsQueue(stack, "Q", { name: "q", kmsMasterKeyId }));
      },
    ],
    [
      "the key of the target is an alias of the stack",
      "GRANT_KEY_UNKNOWN",
      "aws_kms_alias.Alias.arn",
      (fn, stack) => {
        const kmsMasterKeyId = new KmsAlias(stack, "Alias", { targetKeyId: KEY_ID }).arn;
        fn.grantSendMessages(new SqsQueue(stack, "Q", { name: "q", kmsMasterKeyId }));
      },
    ],
    [
      "the key of the target is an alias",
      "GRANT_KEY_UNKNOWN",
      'encrypted with "alias/mine"',
      (fn, stack) => fn.grantSendMessages(new SqsQueue(stack, "Q", { name: "q", kmsMasterKeyId: "alias/mine" })),
    ],
  ])("fails when %s", (_, code, problem, grant) => {
    expectRefusal({ code, problem, build: () => granted(grant) });
  });
});
