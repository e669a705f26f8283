import { DataAwsKmsKey } from "@cdktf/provider-aws/lib/data-aws-kms-key";
import { DataAwsSecurityGroups } from "@cdktf/provider-aws/lib/data-aws-security-groups";
import { DataAwsSubnets } from "@cdktf/provider-aws/lib/data-aws-subnets";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { KmsKey } from "@cdktf/provider-aws/lib/kms-key";
import { LambdaLayerVersion } from "@cdktf/provider-aws/lib/lambda-layer-version";
import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import { S3Object } from "@cdktf/provider-aws/lib/s3-object";
import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { SnsTopic } from "@cdktf/provider-aws/lib/sns-topic";
import { SqsQueue } from "@cdktf/provider-aws/lib/sqs-queue";
import { Subnet } from "@cdktf/provider-aws/lib/subnet";
import { TerraformOutput } from "cdktf";
import {
  Code,
  Duration,
  type FunctionProps,
  type HeadgateStack,
  Function as LambdaFunction,
  LambdaIntegration,
  NodejsFunction,
  RestApi,
  Runtime,
  TokenAuthorizer,
} from "../../../modules";
import {
  assertOrderRules,
  documentOf,
  onlyResource,
  resourcesOf,
  synthApi,
  type TerraformJson,
} from "../../../modules/testing";

type Options = Omit<FunctionProps, "code">;

/** One function behind one route, made from whatever the stack holds. */
function behindRoute(options: (stack: HeadgateStack) => Options): TerraformJson {
  return synthApi((stack) => {
    const handler = new LambdaFunction(stack, "Fn", { code: Code.fromBundle("fn"), ...options(stack) });
    new RestApi(stack, "Api").root.addMethod("GET", new LambdaIntegration(handler));
  });
}

function policyNamed(terraform: TerraformJson, name: string): { Statement: readonly unknown[] } {
  const policies = Object.values(resourcesOf(terraform, "aws_iam_role_policy"));
  return JSON.parse(String(policies.find((policy) => policy.name === name)?.policy));
}

describe("Function", () => {
  it("is in a VPC by ids and by resources, and lets Lambda alone keep network interfaces", () => {
    const terraform = behindRoute((stack) => ({
      vpc: {
        subnets: [new Subnet(stack, "Subnet", { vpcId: "vpc-1", cidrBlock: "10.0.0.0/24" }), "subnet-2"],
        securityGroups: [new SecurityGroup(stack, "Group", { namePrefix: "fn", vpcId: "vpc-1" })],
      },
    }));

    assertOrderRules(terraform);
    const { vpc_config, depends_on } = onlyResource(terraform, "aws_lambda_function");
    expect(vpc_config).toEqual({
      subnet_ids: ["${aws_subnet.Subnet.id}", "subnet-2"],
      security_group_ids: ["${aws_security_group.Group.id}"],
    });
    expect(depends_on).toEqual([expect.stringMatching(/^aws_iam_role_policy\.Fn_Prerequisites_/)]);
    expect(policyNamed(terraform, "prerequisites").Statement).toEqual([
      {
        Effect: "Allow",
        Action: [
          "ec2:AssignPrivateIpAddresses",
          "ec2:CreateNetworkInterface",
          "ec2:DeleteNetworkInterface",
          "ec2:UnassignPrivateIpAddresses",
        ],
        Resource: ["arn:aws:ec2:eu-west-1:*:*/*"],
      },
      { Effect: "Allow", Action: ["ec2:DescribeNetworkInterfaces", "ec2:DescribeSubnets"], Resource: ["*"] },
      expect.objectContaining({
        Effect: "Deny",
        Condition: {
          ArnEquals: { "lambda:SourceFunctionArn": "arn:aws:lambda:eu-west-1:111111111111:function:test-Fn" },
        },
      }),
    ]);
  });

  it.each([
    ["a queue", SqsQueue, "deadLetterQueue", "sqs", "sqs:SendMessage"],
    ["a topic", SnsTopic, "deadLetterTopic", "sns", "sns:Publish"],
  ] as const)(
    "sends dead letters to %s by its literal ARN, and may before it is created",
    (_, Target, option, service, action) => {
      const terraform = behindRoute((stack) => ({ [option]: new Target(stack, "Lost", { name: "lost" }) }));

      assertOrderRules(terraform);
      const arn = `arn:aws:${service}:eu-west-1:111111111111:lost`;
      expect(onlyResource(terraform, "aws_lambda_function").dead_letter_config).toEqual({ target_arn: arn });
      expect(policyNamed(terraform, "prerequisites").Statement).toEqual([
        { Effect: "Allow", Action: [action], Resource: [arn] },
      ]);
      expect(onlyResource(terraform, "aws_api_gateway_stage").depends_on).toContain(
        `aws_${service}_${service === "sqs" ? "queue" : "topic"}.Lost`,
      );
    },
  );

  it("may use the key of an encrypted queue for dead letters", () => {
    const key = "arn:aws:kms:eu-west-1:111111111111:key/mrk-1";
    const terraform = behindRoute((stack) => ({
      deadLetterQueue: new SqsQueue(stack, "Lost", { name: "lost", kmsMasterKeyId: key }),
    }));

    assertOrderRules(terraform);
    expect(policyNamed(terraform, "permissions").Statement).toContainEqual({
      Effect: "Allow",
      Action: ["kms:Decrypt", "kms:Encrypt", "kms:GenerateDataKey*"],
      Resource: [key],
    });
  });

  it("takes subnets and groups by ARN", () => {
    const arn = (id: string) => ({ arn: `arn:aws:ec2:eu-west-1:111111111111:${id}` });
    const terraform = behindRoute(() => ({
      vpc: { subnets: [arn("subnet/subnet-1")], securityGroups: [arn("security-group/sg-1")] },
    }));

    expect(onlyResource(terraform, "aws_lambda_function").vpc_config).toEqual({
      subnet_ids: ["subnet-1"],
      security_group_ids: ["sg-1"],
    });
  });

  it("takes subnets and groups as lists of data sources", () => {
    const terraform = behindRoute((stack) => ({
      vpc: {
        subnets: new DataAwsSubnets(stack, "Private").ids,
        securityGroups: new DataAwsSecurityGroups(stack, "Groups").ids,
      },
    }));

    assertOrderRules(terraform);
    expect(onlyResource(terraform, "aws_lambda_function").vpc_config).toEqual({
      subnet_ids: "${data.aws_subnets.Private.ids}",
      security_group_ids: "${data.aws_security_groups.Groups.ids}",
    });
  });

  it("writes tags and descriptions as they are", () => {
    const terraform = behindRoute(() => ({ description: "of ${team}", tags: { owner: "${team}" } }));

    expect(onlyResource(terraform, "aws_lambda_function")).toMatchObject({
      description: "of $${team}",
      tags: { owner: "$${team}" },
    });
  });

  it("names the account as a data source where the stack has no literal one", () => {
    const terraform = synthApi(
      (stack) => {
        const deadLetterQueue = new SqsQueue(stack, "Lost", { name: "lost" });
        new LambdaFunction(stack, "Fn", { code: Code.fromBundle("fn"), deadLetterQueue });
      },
      { region: "eu-west-1" },
    );

    expect(onlyResource(terraform, "aws_lambda_function").dead_letter_config).toEqual({
      target_arn: "arn:aws:sqs:eu-west-1:${data.aws_caller_identity.CallerIdentity.account_id}:lost",
    });
  });

  it("keeps alias, warm environments and retries together, and the stage waits for them", () => {
    const terraform = behindRoute(() => ({
      aliasName: "blue",
      provisionedConcurrentExecutions: 3,
      maxEventAge: Duration.minutes(5),
      retryAttempts: 0,
    }));

    assertOrderRules(terraform);
    const alias = {
      function_name: "${aws_lambda_alias.Fn_Alias_E1601FA8.function_name}",
      qualifier: "${aws_lambda_alias.Fn_Alias_E1601FA8.name}",
    };
    expect(onlyResource(terraform, "aws_lambda_provisioned_concurrency_config")).toMatchObject({
      ...alias,
      provisioned_concurrent_executions: 3,
    });
    expect(onlyResource(terraform, "aws_lambda_function_event_invoke_config")).toMatchObject({
      ...alias,
      maximum_event_age_in_seconds: 300,
      maximum_retry_attempts: 0,
    });
    const needs = onlyResource(terraform, "aws_api_gateway_stage").depends_on;
    expect(needs).toContainEqual(expect.stringMatching(/^aws_lambda_provisioned_concurrency_config\./));
    expect(needs).toContainEqual(expect.stringMatching(/^aws_lambda_function_event_invoke_config\./));
    expect(JSON.stringify(documentOf(terraform))).toContain(":function:test-Fn:blue/invocations");
  });

  it("takes layers and keys as resources, data sources and ARNs", () => {
    const terraform = behindRoute((stack) => ({
      layers: [new LambdaLayerVersion(stack, "Layer", { layerName: "tools", filename: "tools.zip" })],
      environmentEncryption: new DataAwsKmsKey(stack, "Key", { keyId: "alias/variables" }),
      logEncryptionKey: new KmsKey(stack, "LogKey"),
    }));

    assertOrderRules(terraform);
    expect(onlyResource(terraform, "aws_lambda_function")).toMatchObject({
      layers: ["${aws_lambda_layer_version.Layer.arn}"],
      kms_key_arn: "${data.aws_kms_key.Key.arn}",
    });
    expect(policyNamed(terraform, "permissions").Statement).toContainEqual({
      Effect: "Allow",
      Action: ["kms:Decrypt"],
      Resource: ["${data.aws_kms_key.Key.arn}"],
    });
    expect(onlyResource(terraform, "aws_cloudwatch_log_group").kms_key_id).toBe("${aws_kms_key.LogKey.arn}");
  });

  it("adds variables after it was created", () => {
    const terraform = synthApi((stack) => {
      const handler = new LambdaFunction(stack, "Fn", { code: Code.fromBundle("fn"), environment: { A1: "1" } });
      handler.addEnvironment("B2", "${two}").addEnvironment("A1", "one");
    });

    expect(onlyResource(terraform, "aws_lambda_function").environment).toEqual({
      variables: { A1: "one", B2: "$${two}" },
    });
  });

  it("tells version, timeout and runtime", () => {
    const terraform = synthApi((stack) => {
      const handler = new LambdaFunction(stack, "Fn", { code: Code.fromBundle("fn"), timeout: Duration.seconds(40) });
      new TerraformOutput(stack, "version", { value: handler.currentVersion.version });
      new TerraformOutput(stack, "arn", { value: handler.currentVersion.functionArn });
      expect([handler.timeout.toSeconds(), handler.runtime]).toEqual([40, Runtime.NODEJS_22_X]);
    });

    expect(terraform.output).toEqual({
      version: { value: "${aws_lambda_function.Fn_9270CBC0.version}" },
      arn: { value: "${aws_lambda_function.Fn_9270CBC0.qualified_arn}" },
    });
  });

  it("lets another function and a plain role invoke it, also when that is said twice", () => {
    const terraform = synthApi((stack) => {
      const callee = new LambdaFunction(stack, "Callee", { code: Code.fromBundle("callee") });
      const caller = new NodejsFunction(stack, "Caller", { bundle: "caller" });
      callee.grantInvoke(caller);
      const human = new IamRole(stack, "Human", { assumeRolePolicy: "{}" });
      callee.grantInvoke(human);
      callee.grantInvoke(human);
    });

    const invoke = {
      Effect: "Allow",
      Action: ["lambda:InvokeFunction"],
      Resource: ["test-Callee", "test-Callee:live"].map((it) => `arn:aws:lambda:eu-west-1:111111111111:function:${it}`),
    };
    const policies = Object.values(resourcesOf(terraform, "aws_iam_role_policy")).map(({ policy }) =>
      JSON.parse(String(policy)),
    );
    expect(
      policies.filter(({ Statement }) => JSON.stringify(Statement).includes(JSON.stringify(invoke.Action))),
    ).toHaveLength(2);
    expect(policies.flatMap(({ Statement }) => Statement)).toContainEqual(invoke);
  });

  it("is found by ARN and by name where it is declared elsewhere", () => {
    const terraform = synthApi((stack) => {
      const arn = "arn:aws:lambda:eu-west-1:222222222222:function:theirs:prod";
      const api = new RestApi(stack, "Api", {
        defaultMethodOptions: {
          authorizer: new TokenAuthorizer(stack, "Auth", {
            handler: LambdaFunction.fromFunctionName(stack, "Ours", "ours"),
          }),
        },
      });
      const theirs = LambdaFunction.fromFunctionArn(stack, "Theirs", arn);
      api.root.addMethod("GET", new LambdaIntegration(theirs, { allowPermission: false }));
    });

    const document = JSON.stringify(documentOf(terraform));
    expect(document).toContain("arn:aws:lambda:eu-west-1:222222222222:function:theirs:prod/invocations");
    expect(document).toContain("arn:aws:lambda:eu-west-1:111111111111:function:ours/invocations");
  });

  it("fails when its code or tags refer to what could then never be replaced", () => {
    const build = () =>
      synthApi((stack) => {
        const { bucket } = new S3Bucket(stack, "Bucket", { bucket: "code" });
        const { key } = new S3Object(stack, "Zip", { bucket, key: "fn.zip", source: "fn.zip" });
        const tags = { table: new SqsQueue(stack, "Queue", { name: "q" }).url };
        new LambdaFunction(stack, "Fn", { code: Code.fromBucket(bucket, key), handler: "index.handler", tags });
      });

    expect(build).toThrow("FUNCTION_REFERS_TO_DATA: the bucket of the code holds a reference to aws_s3_bucket.Bucket");
    expect(build).toThrow("FUNCTION_REFERS_TO_DATA: the key of the code holds a reference to aws_s3_object.Zip");
    expect(build).toThrow("FUNCTION_REFERS_TO_DATA: tags holds a reference to aws_sqs_queue.Queue");
  });

  it("fails when a key or a queue of the stack would follow its replacement", () => {
    const build = () =>
      synthApi((stack) => {
        new LambdaFunction(stack, "Fn", {
          code: Code.fromBundle("fn"),
          environmentEncryption: new KmsKey(stack, "Key"),
          deadLetterQueue: new SqsQueue(stack, "Lost", { namePrefix: "lost" }),
        });
      });

    expect(build).toThrow("FUNCTION_REFERS_TO_DATA: environmentEncryption holds a reference to aws_kms_key.Key");
    expect(build).toThrow(
      "FUNCTION_REFERS_TO_DATA: deadLetterQueue or deadLetterTopic holds a reference to aws_sqs_queue.Lost",
    );
  });
});
