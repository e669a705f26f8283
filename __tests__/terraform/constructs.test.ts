import { CloudwatchEventBus } from "@cdktf/provider-aws/lib/cloudwatch-event-bus";
import { CognitoUserPool } from "@cdktf/provider-aws/lib/cognito-user-pool";
import { DynamodbTable } from "@cdktf/provider-aws/lib/dynamodb-table";
import { KinesisStream } from "@cdktf/provider-aws/lib/kinesis-stream";
import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import { SnsTopic } from "@cdktf/provider-aws/lib/sns-topic";
import {
  ApiAlarms,
  ApiDashboard,
  CognitoUserPoolsAuthorizer,
  DomainName,
  DynamoDbIntegration,
  EventBridgeIntegration,
  FirehoseLogDestination,
  type HeadgateStack,
  HttpIntegration,
  IdentitySource,
  KinesisIntegration,
  LambdaIntegration,
  MockIntegration,
  NodejsFunction,
  RequestAuthorizer,
  RestApi,
  S3Integration,
  SnsIntegration,
  StepFunctionsIntegration,
  TokenAuthorizer,
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

describeTerraform("the constructs beyond the reference API", (provider) => {
  const terraform = synthApi(everythingElse, {
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
    expect(documents).toHaveLength(2);
    for (const { change } of documents) expect(change.after_unknown).not.toHaveProperty("body");
  }, 120_000);
});
