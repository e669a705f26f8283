import { DynamodbTable } from "@cdktf/provider-aws/lib/dynamodb-table";
import { SecretsmanagerSecret } from "@cdktf/provider-aws/lib/secretsmanager-secret";
import {
  Architecture,
  Duration,
  NodejsFunction,
  type NodejsFunctionProps,
  PolicyStatement,
  RetentionDays,
  Size,
  Tracing,
} from "../../../modules";
import { onlyResource, synthApi, type TerraformJson, terraformSnapshotSerializer } from "../../../modules/testing";

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

  it("hands its environment on as it is written, and references as references", () => {
    const terraform = synthApi((stack) => {
      const secret = new SecretsmanagerSecret(stack, "Secret", { name: "s" });
      const environment = { GREETING: "Hello ${name}", SECRET: secret.arn };
      new NodejsFunction(stack, "Fn", { bundle: "fn", environment });
    });

    expect(onlyResource(terraform, "aws_lambda_function").environment).toEqual({
      variables: { GREETING: "Hello $${name}", SECRET: "${aws_secretsmanager_secret.Secret.arn}" },
    });
  });

  it("cuts the name of its role to 64 characters, the same on every synth", () => {
    const functionName = "f".repeat(60);

    const name = String(onlyResource(synthFunction({ functionName }), "aws_iam_role").name);

    expect(name).toMatch(/^f{55}-[0-9a-f]{8}$/);
    expect(onlyResource(synthFunction({ functionName }), "aws_iam_role").name).toBe(name);
  });

  it("fails when its environment refers to a table, which could then never be replaced", () => {
    const build = () =>
      synthApi((stack) => {
        const table = new DynamodbTable(stack, "Orders", { name: "orders" });
        new NodejsFunction(stack, "Fn", { bundle: "fn", environment: { ORDERS_TABLE: table.name } });
      });

    expect(build).toThrow(
      "FUNCTION_REFERS_TO_DATA: the environment variable ORDERS_TABLE is a reference to aws_dynamodb_table.Orders",
    );
  });
});
