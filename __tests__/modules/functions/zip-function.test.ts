import {
  Architecture,
  Code,
  Duration,
  Function as LambdaFunction,
  PolicyStatement,
  RetentionDays,
  Runtime,
  Size,
  Tracing,
} from "../../../modules";
import { assertOrderRules, synthApi, terraformSnapshotSerializer } from "../../../modules/testing";

expect.addSnapshotSerializer(terraformSnapshotSerializer);

const ACCOUNT = "eu-west-1:111111111111";

describe("Function", () => {
  it("emits function, alias, role and log group: minimal", () => {
    const terraform = synthApi((stack) => {
      const code = Code.fromInline("exports.handler = async () => ({ statusCode: 204 });");
      new LambdaFunction(stack, "Fn", { code, handler: "index.handler" });
    });

    expect(terraform).toMatchSnapshot();
    assertOrderRules(terraform);
  });

  it("emits everything that it can have: everything", () => {
    const terraform = synthApi((stack) => {
      new LambdaFunction(stack, "Fn", {
        code: Code.fromBucket("code", "report.zip", "v7"),
        handler: "report.handle",
        functionName: "report",
        description: "Writes reports",
        runtime: Runtime.PYTHON_3_13,
        architecture: Architecture.X86_64,
        memorySize: 1024,
        ephemeralStorageSize: Size.gibibytes(1),
        timeout: Duration.minutes(1),
        environment: { LOG_LEVEL: "INFO" },
        environmentEncryption: `arn:aws:kms:${ACCOUNT}:key/variables`,
        layers: [`arn:aws:lambda:${ACCOUNT}:layer:tools:3`],
        vpc: { subnets: ["subnet-1", "subnet-2"], securityGroups: ["sg-1"], ipv6AllowedForDualStack: true },
        tracing: Tracing.PASS_THROUGH,
        logRetention: RetentionDays.ONE_YEAR,
        logEncryptionKey: `arn:aws:kms:${ACCOUNT}:key/logs`,
        aliasName: "blue",
        reservedConcurrentExecutions: 5,
        provisionedConcurrentExecutions: 2,
        deadLetterTopic: `arn:aws:sns:${ACCOUNT}:lost`,
        maxEventAge: Duration.hours(1),
        retryAttempts: 1,
        initialPolicy: [new PolicyStatement({ actions: ["ses:SendEmail"], resources: ["*"], sid: "Mail" })],
        tags: { team: "reports" },
      });
    });

    expect(terraform).toMatchSnapshot();
    assertOrderRules(terraform);
  });
});
