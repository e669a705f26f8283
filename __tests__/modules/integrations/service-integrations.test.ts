import { CloudwatchEventBus } from "@cdktf/provider-aws/lib/cloudwatch-event-bus";
import { DynamodbTable } from "@cdktf/provider-aws/lib/dynamodb-table";
import { KinesisStream } from "@cdktf/provider-aws/lib/kinesis-stream";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import { SagemakerEndpoint } from "@cdktf/provider-aws/lib/sagemaker-endpoint";
import { SfnStateMachine } from "@cdktf/provider-aws/lib/sfn-state-machine";
import { SnsTopic } from "@cdktf/provider-aws/lib/sns-topic";
import {
  DynamoDbIntegration,
  EventBridgeIntegration,
  type HeadgateStack,
  type Integration,
  KinesisIntegration,
  RestApi,
  Role,
  S3Integration,
  SagemakerIntegration,
  ServicePrincipal,
  SnsIntegration,
  StepFunctionsIntegration,
} from "../../../modules";
import {
  assertOrderRules,
  onlyResource,
  resourcesOf,
  synthApi,
  type TerraformJson,
  terraformSnapshotSerializer,
} from "../../../modules/testing";
import { integrationOf, member, synthMethod } from "../support/api";
import { expectRefusal, type Refusal, token } from "../support/refusals";

expect.addSnapshotSerializer(terraformSnapshotSerializer);

const ROUTE = "GET /items/{id}";
const PLACE = "eu-west-1:111111111111";
const KEY = { id: "$input.params('id')" };
const EVENT = { source: "com.example", detailType: "ItemRead" };

function synthIn(build: (stack: HeadgateStack) => Integration): TerraformJson {
  return synthApi((stack) => {
    new RestApi(stack, "Api").root.resourceForPath("items/{id}").addMethod("GET", build(stack));
  });
}

const topic = (stack: HeadgateStack) => new SnsTopic(stack, "Topic", { name: "items" });
const bus = (stack: HeadgateStack) => new CloudwatchEventBus(stack, "Bus", { name: "items" });
const stream = (stack: HeadgateStack) => new KinesisStream(stack, "Stream", { name: "items" });
const table = (stack: HeadgateStack) => new DynamodbTable(stack, "Table", { name: "items", hashKey: "id" });
const bucket = (stack: HeadgateStack) => new S3Bucket(stack, "Bucket", { bucket: "items" });
const machine = (stack: HeadgateStack, type = "EXPRESS") => {
  return new SfnStateMachine(stack, "Machine", { name: "items", roleArn: "r", definition: "{}", type });
};

interface Row {
  readonly name: string;
  readonly build: (stack: HeadgateStack) => Integration;
  readonly uri: string;
  readonly action: string;
  readonly resource: string;
  readonly address: string;
}

const query = {
  indexName: "by-owner",
  keyConditionExpression: "ownerId = :id",
  expressionAttributeValues: { ":id": KEY.id },
};

const ROWS: readonly Row[] = [
  {
    name: "SnsIntegration",
    build: (stack) => new SnsIntegration(topic(stack)),
    uri: "sns:path//",
    action: "sns:Publish",
    resource: `arn:aws:sns:${PLACE}:items`,
    address: "aws_sns_topic.Topic",
  },
  {
    name: "EventBridgeIntegration",
    build: (stack) => new EventBridgeIntegration(bus(stack), EVENT),
    uri: "events:action/PutEvents",
    action: "events:PutEvents",
    resource: `arn:aws:events:${PLACE}:event-bus/items`,
    address: "aws_cloudwatch_event_bus.Bus",
  },
  {
    name: "KinesisIntegration",
    build: (stack) => new KinesisIntegration(stream(stack)),
    uri: "kinesis:action/PutRecord",
    action: "kinesis:PutRecord",
    resource: `arn:aws:kinesis:${PLACE}:stream/items`,
    address: "aws_kinesis_stream.Stream",
  },
  {
    name: "DynamoDbIntegration.getItem",
    build: (stack) => DynamoDbIntegration.getItem(table(stack), { key: KEY }),
    uri: "dynamodb:action/GetItem",
    action: "dynamodb:GetItem",
    resource: `arn:aws:dynamodb:${PLACE}:table/items`,
    address: "aws_dynamodb_table.Table",
  },
  {
    name: "DynamoDbIntegration.putItem",
    build: (stack) => DynamoDbIntegration.putItem(table(stack), { item: KEY }),
    uri: "dynamodb:action/PutItem",
    action: "dynamodb:PutItem",
    resource: `arn:aws:dynamodb:${PLACE}:table/items`,
    address: "aws_dynamodb_table.Table",
  },
  {
    name: "DynamoDbIntegration.updateItem",
    build: (stack) => DynamoDbIntegration.updateItem(table(stack), { key: KEY, updateExpression: "SET a = b" }),
    uri: "dynamodb:action/UpdateItem",
    action: "dynamodb:UpdateItem",
    resource: `arn:aws:dynamodb:${PLACE}:table/items`,
    address: "aws_dynamodb_table.Table",
  },
  {
    name: "DynamoDbIntegration.scan of an index",
    build: (stack) => DynamoDbIntegration.scan(table(stack), { indexName: "by-owner" }),
    uri: "dynamodb:action/Scan",
    action: "dynamodb:Scan",
    resource: `arn:aws:dynamodb:${PLACE}:table/items/index/by-owner`,
    address: "aws_dynamodb_table.Table",
  },
  {
    name: "SagemakerIntegration",
    build: (stack) =>
      new SagemakerIntegration(
        new SagemakerEndpoint(stack, "Endpoint", { name: "items", endpointConfigName: "items" }),
      ),
    uri: "runtime.sagemaker:path/endpoints/items/invocations",
    action: "sagemaker:InvokeEndpoint",
    resource: `arn:aws:sagemaker:${PLACE}:endpoint/items`,
    address: "aws_sagemaker_endpoint.Endpoint",
  },
  {
    name: "DynamoDbIntegration.deleteItem",
    build: (stack) => DynamoDbIntegration.deleteItem(table(stack), { key: KEY }),
    uri: "dynamodb:action/DeleteItem",
    action: "dynamodb:DeleteItem",
    resource: `arn:aws:dynamodb:${PLACE}:table/items`,
    address: "aws_dynamodb_table.Table",
  },
  {
    name: "DynamoDbIntegration.query of an index",
    build: (stack) => DynamoDbIntegration.query(table(stack), query),
    uri: "dynamodb:action/Query",
    action: "dynamodb:Query",
    resource: `arn:aws:dynamodb:${PLACE}:table/items/index/by-owner`,
    address: "aws_dynamodb_table.Table",
  },
  {
    name: "S3Integration.getObject",
    build: (stack) => S3Integration.getObject(bucket(stack)),
    uri: "s3:path/items/{id}",
    action: "s3:GetObject",
    resource: "arn:aws:s3:::items/*",
    address: "aws_s3_bucket.Bucket",
  },
  {
    name: "S3Integration.putObject",
    build: (stack) => S3Integration.putObject(bucket(stack), { key: "in/{id}.png" }),
    uri: "s3:path/items/in/{id}.png",
    action: "s3:PutObject",
    resource: "arn:aws:s3:::items/in/*.png",
    address: "aws_s3_bucket.Bucket",
  },
  {
    name: "S3Integration.deleteObject",
    build: (stack) => S3Integration.deleteObject(bucket(stack)),
    uri: "s3:path/items/{id}",
    action: "s3:DeleteObject",
    resource: "arn:aws:s3:::items/*",
    address: "aws_s3_bucket.Bucket",
  },
  {
    name: "StepFunctionsIntegration.startExecution of a standard state machine",
    build: (stack) => StepFunctionsIntegration.startExecution(machine(stack, "STANDARD")),
    uri: "states:action/StartExecution",
    action: "states:StartExecution",
    resource: `arn:aws:states:${PLACE}:stateMachine:items`,
    address: "aws_sfn_state_machine.Machine",
  },
  {
    name: "StepFunctionsIntegration.startExecution of an express state machine, as in AWS CDK",
    build: (stack) => StepFunctionsIntegration.startExecution(machine(stack)),
    uri: "states:action/StartSyncExecution",
    action: "states:StartSyncExecution",
    resource: `arn:aws:states:${PLACE}:stateMachine:items`,
    address: "aws_sfn_state_machine.Machine",
  },
];

describe.each(ROWS)("$name", ({ build, uri, action, resource, address }) => {
  it("calls the service by a role that may make this call and no other", () => {
    const terraform = synthIn(build);

    expect(integrationOf(terraform, ROUTE)).toMatchObject({
      type: "aws",
      uri: `arn:aws:apigateway:eu-west-1:${uri}`,
      credentials: `arn:aws:iam::111111111111:role/${onlyResource(terraform, "aws_iam_role").name}`,
    });
    expect(JSON.parse(String(onlyResource(terraform, "aws_iam_role_policy").policy)).Statement).toEqual([
      { Effect: "Allow", Action: [action], Resource: [resource] },
    ]);
  });

  it("lets the stage wait for what is called, and nothing with data be forced to be created first", () => {
    const terraform = synthIn(build);

    assertOrderRules(terraform);
    expect(onlyResource(terraform, "aws_api_gateway_stage").depends_on).toContain(address);
  });
});

describe("integrations with services", () => {
  it("are small without options", () => {
    const terraform = synthIn((stack) => new SnsIntegration(topic(stack)));

    expect(integrationOf(terraform, ROUTE)).toMatchSnapshot();
    expect(terraform).toMatchSnapshot();
  });

  it("take all options", () => {
    const shared = {
      successStatusCode: "201",
      encryptionKey: { arn: `arn:aws:kms:${PLACE}:key/k` },
      cacheKeyParameters: ["method.request.querystring.q"],
      requestParameters: { "integration.request.header.X-Note": "'a'" },
    };
    const terraform = synthApi((stack) => {
      const { root } = new RestApi(stack, "Api");
      const backends = {
        sns: new SnsIntegration(topic(stack), {
          ...shared,
          message: "$input.json('$.text')",
          subject: "Items",
          messageAttributes: { kind: "read" },
          messageGroupId: KEY.id,
          messageDeduplicationId: "$context.requestId",
        }),
        events: new EventBridgeIntegration("default", { ...shared, ...EVENT, detail: "$input.body", resources: ["r"] }),
        kinesis: new KinesisIntegration(stream(stack), { ...shared, data: "$input.body", partitionKey: KEY.id }),
        dynamodb: DynamoDbIntegration.query(table(stack), {
          ...shared,
          ...query,
          filterExpression: "#s = :s",
          projectionExpression: "id",
          expressionAttributeNames: { "#s": "state" },
          expressionAttributeValues: { ":id": KEY.id, ":s": "OPEN" },
          limit: 10,
          scanIndexForward: false,
          consistentRead: false,
          exclusiveStartKey: KEY,
        }),
        s3: S3Integration.getObject(bucket(stack), { ...shared, key: "a/{id}", region: "us-east-1" }),
        states: StepFunctionsIntegration.startSyncExecution(machine(stack), {
          ...shared,
          headers: true,
          path: false,
          querystring: false,
          executionName: KEY.id,
        }),
      };
      for (const [name, backend] of Object.entries(backends)) {
        root.resourceForPath(`${name}/{id}`).addMethod("POST", backend);
      }
    });

    assertOrderRules(terraform);
    expect(terraform).toMatchSnapshot();
  });

  it("may use the key that a topic is declared with", () => {
    const terraform = synthIn(
      (stack) => new SnsIntegration(new SnsTopic(stack, "Topic", { name: "items", kmsMasterKeyId: "k-1" })),
    );

    expect(JSON.parse(String(onlyResource(terraform, "aws_iam_role_policy").policy)).Statement[1]).toEqual({
      Effect: "Allow",
      Action: ["kms:Decrypt", "kms:GenerateDataKey"],
      Resource: [`arn:aws:kms:${PLACE}:key/k-1`],
    });
  });

  it("may use the key that a table is declared with", () => {
    const kmsKeyArn = `arn:aws:kms:${PLACE}:key/k-2`;
    const terraform = synthIn((stack) => {
      const owned = table(stack);
      owned.putServerSideEncryption({ enabled: true, kmsKeyArn });
      return DynamoDbIntegration.getItem(owned, { key: KEY });
    });

    expect(JSON.parse(String(onlyResource(terraform, "aws_iam_role_policy").policy)).Statement[1]).toMatchObject({
      Action: ["kms:Decrypt", "kms:GenerateDataKey"],
      Resource: [kmsKeyArn],
    });
  });

  it("share one role for all that the routes do with a table", () => {
    const terraform = synthApi((stack) => {
      const items = new RestApi(stack, "Api").root.resourceForPath("items/{id}");
      const owned = table(stack);
      items.addMethod("GET", DynamoDbIntegration.getItem(owned, { key: KEY }));
      items.addMethod(
        "DELETE",
        DynamoDbIntegration.deleteItem({ arn: `arn:aws:dynamodb:${PLACE}:table/items` }, { key: KEY }),
      );
    });

    const { policy } = onlyResource(terraform, "aws_iam_role_policy");
    expect(JSON.parse(String(policy)).Statement.flatMap(({ Action }: { Action: string[] }) => Action)).toEqual([
      "dynamodb:GetItem",
      "dynamodb:DeleteItem",
    ]);
  });

  it("call other regions and accounts, by roles of their own", () => {
    const terraform = synthApi((stack) => {
      const { root } = new RestApi(stack, "Api");
      const get = (arn: string) => DynamoDbIntegration.getItem({ arn }, { key: { id: "1" } });
      root.addResource("here").addMethod("GET", get(`arn:aws:dynamodb:${PLACE}:table/items`));
      root.addResource("there").addMethod("GET", get("arn:aws:dynamodb:us-east-1:222222222222:table/items"));
    });

    const there = integrationOf(terraform, "GET /there");
    expect(there.uri).toBe("arn:aws:apigateway:us-east-1:dynamodb:action/GetItem");
    expect(JSON.stringify(there.requestTemplates)).toContain("arn:aws:dynamodb:us-east-1:222222222222:table/items");
    expect(
      Object.values(resourcesOf(terraform, "aws_iam_role"))
        .map(({ name }) => name)
        .sort(),
    ).toEqual(["Api-items-table-eu-west-1", "Api-items-us-east-1-222222222222-table-eu-west-1"]);
  });

  it("call by a role of yours, which is allowed the call", () => {
    const terraform = synthIn(
      (stack) =>
        new SnsIntegration(topic(stack), {
          credentialsRole: new Role(stack, "Mine", { assumedBy: new ServicePrincipal("apigateway.amazonaws.com") }),
        }),
    );

    assertOrderRules(terraform);
    expect(integrationOf(terraform, ROUTE).credentials).toBe("arn:aws:iam::111111111111:role/test-Mine-eu-west-1");
    expect(JSON.parse(String(onlyResource(terraform, "aws_iam_role_policy").policy)).Statement).toEqual([
      { Effect: "Allow", Action: ["sns:Publish"], Resource: [`arn:aws:sns:${PLACE}:items`] },
    ]);
  });

  it("give way to responses of your own", () => {
    const terraform = synthMethod(
      new SnsIntegration({ arn: `arn:aws:sns:${PLACE}:items` }, { integrationResponses: [{ statusCode: "204" }] }),
    );

    expect(Object.keys(member(integrationOf(terraform, ROUTE), "responses"))).toEqual(["default"]);
  });

  it("take an account that only the first plan knows", () => {
    const terraform = synthApi(
      (stack) => {
        const api = new RestApi(stack, "Api");
        api.root.addMethod("POST", new EventBridgeIntegration("default", EVENT));
      },
      { region: "eu-west-1" },
    );

    assertOrderRules(terraform);
    expect(JSON.stringify(integrationOf(terraform, "POST /").requestTemplates)).toContain(
      "arn:aws:events:eu-west-1:${data.aws_caller_identity.CallerIdentity.account_id}:event-bus/default",
    );
  });
});

const REFUSALS: readonly Refusal[] = [
  {
    code: "TARGET_NAME_UNKNOWN",
    problem: "the topic has no name",
    build: () => synthIn(() => new SnsIntegration({ arn: token })),
  },
  {
    code: "TARGET_NAME_UNKNOWN",
    problem: "the stream has no name",
    build: () => synthIn((stack) => new KinesisIntegration(new KinesisStream(stack, "Stream", { name: token }))),
  },
  {
    code: "TARGET_NAME_UNKNOWN",
    problem: "the topic has no name, region",
    build: () =>
      synthIn((stack) => {
        const provider = new AwsProvider(stack, "Other", { region: "us-east-1", alias: "other" });
        return new SnsIntegration(new SnsTopic(stack, "Topic", { name: "items", provider }));
      }),
  },
  {
    code: "TARGET_ARN_INVALID",
    problem: 'needs a topic, got "aws_kinesis_stream"',
    build: () => synthIn((stack) => new SnsIntegration(stream(stack))),
  },
  ...["orders", `arn:aws:sqs:${PLACE}:orders`, "arn:aws:sns:::orders", `arn:aws:sns:${PLACE}:`].map((arn) => ({
    code: "TARGET_ARN_INVALID",
    problem: `needs a topic, got "${arn}"`,
    build: () => synthIn(() => new SnsIntegration({ arn })),
  })),
  {
    code: "TARGET_ARN_INVALID",
    problem: "needs a bucket",
    build: () => synthIn(() => S3Integration.getObject({ arn: `arn:aws:s3:${PLACE}:items` })),
  },
  {
    code: "TARGET_KEY_UNKNOWN",
    problem: '"alias/mine"',
    build: () =>
      synthIn(
        (stack) => new SnsIntegration(new SnsTopic(stack, "Topic", { name: "items", kmsMasterKeyId: "alias/mine" })),
      ),
  },
  {
    code: "TOPIC_GROUP_MISSING",
    problem: '"items.fifo"',
    build: () => synthIn(() => new SnsIntegration({ arn: `arn:aws:sns:${PLACE}:items.fifo` })),
  },
  {
    code: "MAPPING_EXPRESSION_MIXED",
    problem: "item-$input.params('id')",
    build: () =>
      synthIn((stack) => new KinesisIntegration(stream(stack), { partitionKey: "item-$input.params('id')" })),
  },
  ...[0, 1.5].map((limit) => ({
    code: "QUERY_LIMIT_INVALID",
    problem: `got ${limit}`,
    build: () => synthIn((stack) => DynamoDbIntegration.query(table(stack), { ...query, limit })),
  })),
  {
    code: "OBJECT_KEY_AMBIGUOUS",
    problem: "has 0 variables",
    build: () =>
      synthApi((stack) => new RestApi(stack, "Api").root.addMethod("GET", S3Integration.getObject(bucket(stack)))),
  },
  ...[
    ["{other}", "holds {other}"],
    ["{id+}", "holds {id+}"],
    ["/{id}", 'got "/{id}"'],
    ["", 'got ""'],
  ].map(([key = "", problem = ""]) => ({
    code: "OBJECT_KEY_INVALID",
    problem,
    build: () => synthIn((stack) => S3Integration.getObject(bucket(stack), { key })),
  })),
  {
    code: "EXECUTION_HEADERS_AMBIGUOUS",
    problem: "both headers and headerNames",
    build: () =>
      synthIn((stack) =>
        StepFunctionsIntegration.startExecution(machine(stack), { headers: true, headerNames: ["X-Tenant"] }),
      ),
  },
  {
    code: "EXECUTION_HEADER_INVALID",
    problem: `"it's" is no name`,
    build: () => synthIn((stack) => StepFunctionsIntegration.startExecution(machine(stack), { headerNames: ["it's"] })),
  },
  {
    code: "STATE_MACHINE_NOT_EXPRESS",
    problem: "this one is standard",
    build: () => synthIn((stack) => StepFunctionsIntegration.startSyncExecution(machine(stack, "STANDARD"))),
  },
];

it.each(REFUSALS)("fails when an integration with a service cannot work: $code, $problem", expectRefusal);
