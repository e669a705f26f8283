import { CloudwatchEventBus } from "@cdktf/provider-aws/lib/cloudwatch-event-bus";
import { DynamodbTable } from "@cdktf/provider-aws/lib/dynamodb-table";
import { KinesisStream } from "@cdktf/provider-aws/lib/kinesis-stream";
import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import { SnsTopic } from "@cdktf/provider-aws/lib/sns-topic";
import { SqsQueue } from "@cdktf/provider-aws/lib/sqs-queue";
import {
  AwsIntegration,
  DynamoDbIntegration,
  EventBridgeIntegration,
  HeadgateStack,
  KinesisIntegration,
  RestApi,
  S3Integration,
  SnsIntegration,
  SqsIntegration,
  StepFunctionsIntegration,
  synthesize,
} from "headgate";

const ACCOUNT = "111111111111";

/** Routes without a function between: each integration brings its role, its templates and its error mapping. */
synthesize((app) => {
  const stack = new HeadgateStack(app, "aws-services", { region: "eu-west-1", accountId: ACCOUNT });
  const queue = new SqsQueue(stack, "Jobs", { name: "aws-services-jobs" });
  const topic = new SnsTopic(stack, "News", { name: "aws-services-news" });
  const bus = new CloudwatchEventBus(stack, "Bus", { name: "aws-services" });
  const stream = new KinesisStream(stack, "Clicks", { name: "aws-services-clicks", shardCount: 1 });
  const bucket = new S3Bucket(stack, "Files", { bucket: `aws-services-files-${ACCOUNT}` });
  const table = new DynamodbTable(stack, "Items", {
    name: "aws-services-items",
    billingMode: "PAY_PER_REQUEST",
    hashKey: "id",
    attribute: [{ name: "id", type: "S" }],
  });
  const machine = { arn: `arn:aws:states:eu-west-1:${ACCOUNT}:stateMachine:aws-services` };

  const api = new RestApi(stack, "Api", {
    restApiName: "aws-services",
    binaryMediaTypes: ["image/png"],
    defaultMethodOptions: { apiKeyRequired: true },
    deployOptions: { stageName: "v1" },
  });
  const plan = api.addUsagePlan("clients", {
    name: "clients",
    throttle: { rateLimit: 20, burstLimit: 10 },
    quota: { limit: 10_000, period: "DAY" },
    apiStages: [{ stage: api.deploymentStage }],
  });
  plan.addApiKey(api.addApiKey("client", { apiKeyName: "client" }));

  const item = { id: "$input.params('id')" };
  api.route("POST /jobs", new SqsIntegration(queue));
  api.route("POST /news", new SnsIntegration(topic));
  api.route("POST /events", new EventBridgeIntegration(bus, { source: "com.example.shop", detailType: "Clicked" }));
  api.route("POST /clicks", new KinesisIntegration(stream));
  api.route("GET /items/{id}", DynamoDbIntegration.getItem(table, { key: item }));
  api.route("DELETE /items/{id}", DynamoDbIntegration.deleteItem(table, { key: item }));
  api.route("GET /files/{file}", S3Integration.getObject(bucket));
  api.route("PUT /files/{file}", S3Integration.putObject(bucket));
  api.route("POST /orders", StepFunctionsIntegration.startExecution(machine));
  // Any other service, by action: the role is yours.
  api.route(
    "GET /time",
    new AwsIntegration({
      service: "sts",
      action: "GetCallerIdentity",
      actionParameters: { Version: "2011-06-15" },
      options: { credentialsRole: { roleArn: `arn:aws:iam::${ACCOUNT}:role/aws-services-caller` } },
    }),
  );
});
