import { DataAwsSsmParameter } from "@cdktf/provider-aws/lib/data-aws-ssm-parameter";
import { DynamodbTable } from "@cdktf/provider-aws/lib/dynamodb-table";
import { SecretsmanagerSecret } from "@cdktf/provider-aws/lib/secretsmanager-secret";
import { SnsTopic } from "@cdktf/provider-aws/lib/sns-topic";
import { SqsQueue } from "@cdktf/provider-aws/lib/sqs-queue";
import { Fn } from "cdktf";
import {
  Architecture,
  Duration,
  type HeadgateStack,
  LambdaIntegration,
  NodejsFunction,
  type NodejsFunctionProps,
  PolicyStatement,
  RestApi,
  RetentionDays,
  Size,
  Tracing,
} from "../../../modules";
import {
  assertOrderRules,
  onlyResource,
  synthApi,
  type TerraformJson,
  terraformSnapshotSerializer,
} from "../../../modules/testing";

expect.addSnapshotSerializer(terraformSnapshotSerializer);

function synthFunction(props: Partial<NodejsFunctionProps> = {}): TerraformJson {
  return synthApi((stack) => {
    new NodejsFunction(stack, "CreateOrder", { bundle: "create-order", ...props });
  });
}

function statements(terraform: TerraformJson): unknown {
  return JSON.parse(String(onlyResource(terraform, "aws_iam_role_policy").policy)).Statement;
}

const LOGS = {
  Effect: "Allow",
  Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
  Resource: ["arn:aws:logs:eu-west-1:111111111111:log-group:/aws/lambda/test-create-order:*"],
};
const TRACES = { Effect: "Allow", Action: ["xray:PutTelemetryRecords", "xray:PutTraceSegments"], Resource: ["*"] };

describe("NodejsFunction", () => {
  it("emits function, alias, role and log group: minimal", () => {
    expect(synthFunction()).toMatchSnapshot();
  });

  it("emits everything that it can have: everything", () => {
    const terraform = synthFunction({
      functionName: "orders-create",
      description: "Creates orders",
      runtime: "nodejs20.x",
      architecture: Architecture.X86_64,
      memorySize: 1024,
      ephemeralStorageSize: Size.gibibytes(1),
      timeout: Duration.minutes(1),
      environment: { LOG_LEVEL: "INFO" },
      environmentEncryption: "arn:aws:kms:eu-west-1:111111111111:key/variables",
      layers: ["arn:aws:lambda:eu-west-1:111111111111:layer:tools:3"],
      vpc: { subnets: ["subnet-1", "subnet-2"], securityGroups: ["sg-1"], ipv6AllowedForDualStack: true },
      tracing: Tracing.DISABLED,
      logRetention: RetentionDays.ONE_YEAR,
      logEncryptionKey: "arn:aws:kms:eu-west-1:111111111111:key/logs",
      aliasName: "blue",
      reservedConcurrentExecutions: 5,
      provisionedConcurrentExecutions: 2,
      deadLetterQueue: "arn:aws:sqs:eu-west-1:111111111111:lost",
      maxEventAge: Duration.hours(1),
      retryAttempts: 1,
      initialPolicy: [new PolicyStatement({ actions: ["ses:SendEmail"], resources: ["*"], sid: "Mail" })],
      tags: { team: "orders" },
    });

    expect(terraform).toMatchSnapshot();
  });

  it("may write logs and traces and nothing else", () => {
    expect(statements(synthFunction())).toEqual([LOGS, TRACES]);
    expect(statements(synthFunction({ tracing: Tracing.DISABLED }))).toEqual([LOGS]);
  });

  it("may do what it is granted, on plain resources and their parts", () => {
    const terraform = synthApi((stack) => {
      const table = new DynamodbTable(stack, "Orders", { name: "orders" });
      const handler = new NodejsFunction(stack, "CreateOrder", { bundle: "create-order" });
      handler.grant([table, `${table.arn}/index/by-customer`], "dynamodb:Query", "dynamodb:GetItem");
      handler.grant("arn:aws:s3:::bucket/*", "s3:GetObject");
    });

    expect(statements(terraform)).toEqual([
      LOGS,
      TRACES,
      {
        Effect: "Allow",
        Action: ["dynamodb:GetItem", "dynamodb:Query"],
        Resource: [
          "arn:aws:dynamodb:eu-west-1:111111111111:table/orders",
          "arn:aws:dynamodb:eu-west-1:111111111111:table/orders/index/by-customer",
        ],
      },
      { Effect: "Allow", Action: ["s3:GetObject"], Resource: ["arn:aws:s3:::bucket/*"] },
    ]);
  });

  it("escapes variables of policies", () => {
    const terraform = synthFunction({
      initialPolicy: [
        new PolicyStatement({ actions: ["s3:GetObject"], resources: ["arn:aws:s3:::b/${aws:username}"] }),
      ],
    });

    expect(onlyResource(terraform, "aws_iam_role_policy").policy).toContain("arn:aws:s3:::b/$${aws:username}");
  });

  it("hands its environment on as it is written, and references to what holds no data as references", () => {
    const terraform = synthApi((stack) => {
      const parameter = new DataAwsSsmParameter(stack, "Key", { name: "/key" });
      const environment = { GREETING: "Hello ${name}", KEY: parameter.value };
      new NodejsFunction(stack, "Fn", { bundle: "fn", environment });
    });

    expect(onlyResource(terraform, "aws_lambda_function").environment).toEqual({
      variables: { GREETING: "Hello $${name}", KEY: "${data.aws_ssm_parameter.Key.value}" },
    });
  });

  it("writes literals for names and ARNs that are known at synth, and its API's stage waits for what they stand for", () => {
    const terraform = synthApi((stack) => {
      const table = new DynamodbTable(stack, "Orders", { name: "orders" });
      const topic = new SnsTopic(stack, "Paid", { name: "paid" });
      const secret = new SecretsmanagerSecret(stack, "Secret", { name: "token" });
      const environment = { TABLE: table.name, TOPIC: topic.arn, SECRET: `${secret.name}:v1` };
      const handler = new NodejsFunction(stack, "Fn", { bundle: "fn", environment });
      new RestApi(stack, "Api").root.addMethod("GET", new LambdaIntegration(handler));
    });

    assertOrderRules(terraform);
    expect(onlyResource(terraform, "aws_lambda_function").environment).toEqual({
      variables: { TABLE: "orders", TOPIC: "arn:aws:sns:eu-west-1:111111111111:paid", SECRET: "token:v1" },
    });
    expect(onlyResource(terraform, "aws_api_gateway_stage").depends_on).toEqual(
      expect.arrayContaining(["aws_dynamodb_table.Orders", "aws_sns_topic.Paid", "aws_secretsmanager_secret.Secret"]),
    );
  });

  it("cuts the name of its role to 64 characters, the same on every synth", () => {
    const functionName = "f".repeat(60);

    const name = String(onlyResource(synthFunction({ functionName }), "aws_iam_role").name);

    expect(name).toMatch(/^f{55}-[0-9a-f]{8}$/);
    expect(onlyResource(synthFunction({ functionName }), "aws_iam_role").name).toBe(name);
  });

  it.each<[string, string, (stack: HeadgateStack) => string]>([
    [
      "a name that is not known",
      "aws_dynamodb_table.Data",
      (stack) => new DynamodbTable(stack, "Data", { name: Fn.uuid() }).name,
    ],
    ["what AWS alone knows", "aws_sqs_queue.Data", (stack) => new SqsQueue(stack, "Data", { name: "q" }).url],
    [
      "an ARN that AWS ends",
      "aws_secretsmanager_secret.Data",
      (stack) => new SecretsmanagerSecret(stack, "Data", { name: "s" }).arn,
    ],
  ])("fails when its environment refers to %s, which could then never be replaced", (_, address, valueIn) => {
    const build = () =>
      synthApi((stack) => {
        new NodejsFunction(stack, "Fn", { bundle: "fn", environment: { DATA: valueIn(stack) } });
      });

    expect(build).toThrow(`FUNCTION_REFERS_TO_DATA: the environment variable DATA holds a reference to ${address}`);
    expect(build).toThrow(/\n {2}at .+\n {2}fix: .+/);
  });
});
