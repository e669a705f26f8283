import { CloudwatchEventBus } from "@cdktf/provider-aws/lib/cloudwatch-event-bus";
import { CognitoUserPool } from "@cdktf/provider-aws/lib/cognito-user-pool";
import { DynamodbTable } from "@cdktf/provider-aws/lib/dynamodb-table";
import { KinesisStream } from "@cdktf/provider-aws/lib/kinesis-stream";
import { KmsKey } from "@cdktf/provider-aws/lib/kms-key";
import { LambdaLayerVersion } from "@cdktf/provider-aws/lib/lambda-layer-version";
import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { SnsTopic } from "@cdktf/provider-aws/lib/sns-topic";
import { SqsQueue } from "@cdktf/provider-aws/lib/sqs-queue";
import { Subnet } from "@cdktf/provider-aws/lib/subnet";
import {
  AccessLogQueries,
  ApiAlarms,
  ApiDashboard,
  Architecture,
  AvailabilityAlarm,
  Certificate,
  Code,
  CognitoUserPoolsAuthorizer,
  DomainName,
  Duration,
  DynamoDbIntegration,
  EventBridgeIntegration,
  FirehoseLogDestination,
  type HeadgateStack,
  HttpIntegration,
  IdentitySource,
  KinesisIntegration,
  Function as LambdaFunction,
  LambdaIntegration,
  MockIntegration,
  NodejsFunction,
  RequestAuthorizer,
  RestApi,
  Runtime,
  S3Integration,
  Size,
  SnsIntegration,
  StepFunctionsIntegration,
  TokenAuthorizer,
  Tracing,
  VpcLink,
} from "../../modules";
import { assertOrderRules, synthApi } from "../../modules/testing";
import { describeTerraform } from "../support/terraform/availability";
import { type Harness, startHarness } from "../support/terraform/harness";

const PLACE = "eu-west-1:111111111111";

/** Everything that the reference API does not use: the provider judges the arguments, the plan judges what is known. */
function everythingElse(stack: HeadgateStack): void {
  const topic = new SnsTopic(stack, "Topic", { name: "items" });
  const table = new DynamodbTable(stack, "Table", {
    name: "items",
    hashKey: "id",
    billingMode: "PAY_PER_REQUEST",
    attribute: [{ name: "id", type: "S" }],
  });
  const bucket = new S3Bucket(stack, "Bucket", { bucket: "items-111111111111" });
  const handler = new NodejsFunction(stack, "Work", { bundle: "do-work" });
  const link = new VpcLink(stack, "Link", {
    targets: [{ arn: `arn:aws:elasticloadbalancing:${PLACE}:loadbalancer/net/internal/0123456789abcdef` }],
  });
  const api = new RestApi(stack, "Api", {
    restApiName: "everything-else",
    deployOptions: {
      stageName: "v1",
      metricsEnabled: true,
      loggingLevel: "ERROR",
      clientCertificate: true,
      webAclArn: `arn:aws:wafv2:${PLACE}:regional/webacl/shop/0a1b2c3d-0000-1111-2222-333344445555`,
      accessLogRetention: 30,
    },
  });
  const token = new TokenAuthorizer(stack, "Token", { handler });
  const request = new RequestAuthorizer(stack, "Request", {
    handler,
    identitySources: [IdentitySource.header("X-Key")],
  });
  const users = new CognitoUserPoolsAuthorizer(stack, "Users", {
    cognitoUserPools: [new CognitoUserPool(stack, "Pool", { name: "users" })],
  });
  const item = { id: "$input.params('id')" };
  api.route("POST /topics", new SnsIntegration(topic), { authorizer: token });
  api.route(
    "POST /events",
    new EventBridgeIntegration(new CloudwatchEventBus(stack, "Bus", { name: "items" }), {
      source: "com.example",
      detailType: "ItemRead",
    }),
    { authorizer: request },
  );
  api.route(
    "POST /records",
    new KinesisIntegration(new KinesisStream(stack, "Stream", { name: "items", shardCount: 1 })),
  );
  api.route("GET /items/{id}", DynamoDbIntegration.getItem(table, { key: item }), {
    authorizer: users,
    throttle: "blocked",
  });
  api.route("GET /files/{file}", S3Integration.getObject(bucket));
  api.route(
    "POST /runs",
    StepFunctionsIntegration.startExecution({ arn: `arn:aws:states:${PLACE}:stateMachine:runs` }),
  );
  api.route("GET /internal", new HttpIntegration("https://internal.example.com", { options: { vpcLink: link } }));
  api.route("POST /jobs", new LambdaIntegration(handler, { invocationType: "Event" }));
  api.route("GET /health", new MockIntegration());
  const domain = new DomainName(stack, "Domain", {
    domainName: "api.example.com",
    certificate: `arn:aws:acm:${PLACE}:certificate/0a1b2c3d-0000-1111-2222-333344445555`,
  });
  domain.addBasePathMapping(api, { basePath: "shop" });
  const alarms = new ApiAlarms(stack, "Alarms", { api, alarmActions: [topic] });
  new ApiDashboard(stack, "Dashboard", { api, alarms: alarms.all });

  const firehose = new RestApi(stack, "Streamed", {
    restApiName: "streamed",
    deployOptions: {
      stageName: "v1",
      accessLogDestination: new FirehoseLogDestination({
        arn: `arn:aws:firehose:${PLACE}:deliverystream/amazon-apigateway-shop`,
      }),
    },
  });
  firehose.root.addMethod("GET", new MockIntegration());
}

/** All that a function can have, and code of every kind that needs no file. */
function everyFunction(stack: HeadgateStack): void {
  const queue = new SqsQueue(stack, "Lost", {
    name: "lost",
    kmsMasterKeyId: `arn:aws:kms:${PLACE}:key/0a1b2c3d-0000-1111-2222-333344445555`,
  });
  const everything = new NodejsFunction(stack, "Everything", {
    bundle: "do-everything",
    description: "of ${team}",
    architecture: Architecture.ARM_64,
    memorySize: 512,
    ephemeralStorageSize: Size.gibibytes(1),
    timeout: Duration.seconds(20),
    environment: { QUEUE: queue.name, QUEUE_ARN: queue.arn },
    environmentEncryption: `arn:aws:kms:${PLACE}:key/0a1b2c3d-0000-1111-2222-333344445556`,
    layers: [
      new LambdaLayerVersion(stack, "Layer", { layerName: "tools", s3Bucket: "layers", s3Key: "tools.zip" }),
      `arn:aws:lambda:${PLACE}:layer:tools:3`,
    ],
    vpc: {
      subnets: ["subnet-0a1b2c3d", new Subnet(stack, "Subnet", { vpcId: "vpc-0a1b2c3d", cidrBlock: "10.0.0.0/24" })],
      securityGroups: [new SecurityGroup(stack, "Group", { namePrefix: "fn", vpcId: "vpc-0a1b2c3d" })],
      ipv6AllowedForDualStack: true,
    },
    logEncryptionKey: new KmsKey(stack, "LogKey"),
    reservedConcurrentExecutions: 10,
    provisionedConcurrentExecutions: 2,
    deadLetterQueue: queue,
    maxEventAge: Duration.minutes(5),
    retryAttempts: 0,
    tags: { team: "${team}" },
  });
  const stored = new LambdaFunction(stack, "Stored", {
    code: Code.fromBucket("code-111111111111", "fn/1.zip", "v1"),
    handler: "main.handler",
    runtime: Runtime.PYTHON_3_13,
    architecture: Architecture.X86_64,
    tracing: Tracing.DISABLED,
    deadLetterTopic: new SnsTopic(stack, "LostTopic", { name: "lost" }),
  });
  everything.grantInvoke(stored);
  const api = new RestApi(stack, "Functions", { restApiName: "functions", deployOptions: { stageName: "v1" } });
  api.route("GET /everything", new LambdaIntegration(everything));
  api.route("GET /stored", new LambdaIntegration(stored));
}

/** What looks after an API: a certificate of its own, alarms by ratio and by objective, saved queries. */
function lookAfter(stack: HeadgateStack): void {
  const api = new RestApi(stack, "Watched", {
    restApiName: "watched",
    disableExecuteApiEndpoint: true,
    deployOptions: { stageName: "v1", metricsEnabled: true, accessLogRetention: 30 },
  });
  api.route("GET /prices/{sku}", new MockIntegration(), { cache: { ttlSeconds: 60 } });
  const topic = new SnsTopic(stack, "Pager", { name: "pager" });
  new ApiAlarms(stack, "WatchedAlarms", { api, cacheHitRatio: {}, alarmActions: [topic] });
  new AvailabilityAlarm(stack, "Availability", { api, alarmActions: [topic] });
  new AccessLogQueries(stack, "Queries", { api });
  const certificate = new Certificate(stack, "Certificate", {
    domainName: "watched.example.com",
    subjectAlternativeNames: ["*.watched.example.com"],
    hostedZone: "Z0123456789ABCDEFGHIJ",
  });
  new DomainName(stack, "WatchedDomain", { domainName: "watched.example.com", certificate, mapping: api });
}

describeTerraform("the constructs beyond the reference API", (provider) => {
  const build = (stack: HeadgateStack) => {
    everythingElse(stack);
    everyFunction(stack);
    lookAfter(stack);
  };
  const terraform = synthApi(build, {
    region: "eu-west-1",
    accountId: "111111111111",
    assumeRoleArn: "arn:aws:iam::111111111111:role/deploy",
  });
  let harness: Harness;
  beforeAll(async () => {
    harness = await startHarness(provider);
  }, 60_000);
  afterAll(() => harness.stop());

  it("keep the rules of the order of apply", () => {
    assertOrderRules(terraform);
  });

  it("are valid to Terraform and its provider, and planned with documents that are known", async () => {
    const root = await harness.root("constructs");
    root.write(JSON.parse(JSON.stringify(terraform)));

    await root.init();
    await root.validate();
    const { resource_changes: changes = [] } = await root.plan();

    const documents = changes.filter(({ type }) => type === "aws_api_gateway_rest_api_put");
    expect(documents).toHaveLength(4);
    for (const { change } of documents) expect(change.after_unknown).not.toHaveProperty("body");
    const functions = changes.filter(({ type }) => type === "aws_lambda_function");
    expect(functions.map(({ change }) => change.after)).toContainEqual(
      expect.objectContaining({
        environment: [{ variables: { QUEUE: "lost", QUEUE_ARN: `arn:aws:sqs:${PLACE}:lost` } }],
        dead_letter_config: [{ target_arn: `arn:aws:sqs:${PLACE}:lost` }],
        tags: { team: "${team}" },
      }),
    );
  }, 120_000);

  it("name the runtimes that the provider takes", async () => {
    const root = await harness.root("runtimes");
    const role = "arn:aws:iam::111111111111:role/runtime";
    const functions = Object.values(Runtime).map((runtime, index) => [
      `fn${index}`,
      { function_name: `fn${index}`, role, runtime, handler: "a.b", filename: "fn.zip" },
    ]);
    root.write({
      terraform: { required_providers: { aws: { source: "hashicorp/aws" } } },
      resource: { aws_lambda_function: Object.fromEntries(functions) },
    });

    await root.init();
    await root.validate();
  }, 120_000);
});
