import {
  DynamoDbIntegration,
  EventBridgeIntegration,
  KinesisIntegration,
  S3Integration,
  SagemakerIntegration,
  SnsIntegration,
  SqsIntegration,
  StepFunctionsIntegration,
} from "../../../modules";
import { call, definitionOf, HOSTILE } from "./call-service";

const PLACE = "eu-west-1:111111111111";
const TOPIC = { arn: `arn:aws:sns:${PLACE}:orders` };
const QUEUE = { arn: `arn:aws:sqs:${PLACE}:orders` };
const ENDPOINT = { arn: `arn:aws:sagemaker:${PLACE}:endpoint/forecast` };
const BUS = { arn: `arn:aws:events:${PLACE}:event-bus/orders` };
const STREAM = { arn: `arn:aws:kinesis:${PLACE}:stream/orders` };
const TABLE = { arn: `arn:aws:dynamodb:${PLACE}:table/orders` };
const MACHINE = { arn: `arn:aws:states:${PLACE}:stateMachine:orders` };
const BUCKET = { arn: "arn:aws:s3:::orders" };

const BODY = JSON.stringify({ text: HOSTILE, nested: { list: [1, null, true] } });
const QUERY = `?text=${encodeURIComponent(HOSTILE)}`;
const TEXT = "$input.params('text')";
const FIELD = "$input.path('$.text')";

describe("SnsIntegration, at the service", () => {
  const definition = definitionOf("POST /orders", () => {
    return new SnsIntegration(TOPIC, {
      subject: "New $order #1 & more",
      messageAttributes: { text: TEXT, kind: "a&b=c" },
      messageGroupId: FIELD,
    });
  });

  it("publishes what the client sent, whatever it is", async () => {
    const { url, method, headers, text } = await call(definition, {
      method: "POST",
      target: `/v1/orders${QUERY}`,
      body: BODY,
    });

    expect([method, url, headers["content-type"]]).toEqual([
      "POST",
      "https://sns.eu-west-1.amazonaws.com/",
      "application/x-www-form-urlencoded",
    ]);
    expect(Object.fromEntries(new URLSearchParams(text))).toEqual({
      Action: "Publish",
      Version: "2010-03-31",
      TopicArn: TOPIC.arn,
      Message: BODY,
      Subject: "New $order #1 & more",
      MessageGroupId: HOSTILE,
      "MessageAttributes.entry.1.Name": "text",
      "MessageAttributes.entry.1.Value.DataType": "String",
      "MessageAttributes.entry.1.Value.StringValue": HOSTILE,
      "MessageAttributes.entry.2.Name": "kind",
      "MessageAttributes.entry.2.Value.DataType": "String",
      "MessageAttributes.entry.2.Value.StringValue": "a&b=c",
    });
  });

  it.each([
    [200, { PublishResponse: { PublishResult: { MessageId: "m-1" } } }, 202, { messageId: "m-1" }],
    [400, { Error: { Code: "InvalidParameter", Message: "secret" } }, 400, { message: "Bad Request" }],
    [400, { Error: { Code: "Throttling" } }, 429, { message: "Too Many Requests" }],
    [403, { Error: { Code: "AuthorizationError" } }, 502, { message: "Bad Gateway" }],
    [404, { Error: { Code: "NotFound" } }, 502, { message: "Bad Gateway" }],
    [500, { Error: { Code: "InternalError" } }, 502, { message: "Bad Gateway" }],
  ])("answers %i of SNS, %j, as %i", async (status, json, expected, body) => {
    const { response } = await call(definition, { method: "POST", target: "/v1/orders", body: "{}" }, { status, json });

    expect([response.status, JSON.parse(response.body)]).toEqual([expected, body]);
  });
});

describe("SqsIntegration, at the service", () => {
  const definition = definitionOf(
    "POST /orders",
    () => new SqsIntegration(QUEUE, { messageAttributes: { text: TEXT } }),
  );

  it("sends what the client sent, whatever it is", async () => {
    const request = { method: "POST", target: `/v1/orders${QUERY}`, body: BODY };
    const { url, headers, text } = await call(definition, request);

    expect([url, headers["x-amz-target"]]).toEqual([
      "https://sqs.eu-west-1.amazonaws.com/111111111111/orders",
      "AmazonSQS.SendMessage",
    ]);
    expect(JSON.parse(text)).toEqual({
      QueueUrl: "https://sqs.eu-west-1.amazonaws.com/111111111111/orders",
      MessageBody: BODY,
      MessageAttributes: { text: { DataType: "String", StringValue: HOSTILE } },
    });
  });

  it.each([
    [200, { MessageId: "m-1" }, 202, { messageId: "m-1" }],
    [400, { __type: "com.amazonaws.sqs#InvalidMessageContents" }, 400, { message: "Bad Request" }],
    [400, { __type: "com.amazonaws.sqs#RequestThrottled" }, 429, { message: "Too Many Requests" }],
    [400, { __type: "com.amazonaws.sqs#KmsThrottled" }, 429, { message: "Too Many Requests" }],
    [400, { __type: "com.amazonaws.sqs#QueueDoesNotExist" }, 502, { message: "Bad Gateway" }],
    [403, { __type: "com.amazonaws.sqs#KmsAccessDenied" }, 502, { message: "Bad Gateway" }],
    [500, { __type: "InternalFailure" }, 502, { message: "Bad Gateway" }],
  ])("answers %i of SQS, %j, as %i", async (status, json, expected, body) => {
    const { response } = await call(definition, { method: "POST", target: "/v1/orders", body: "{}" }, { status, json });

    expect([response.status, JSON.parse(response.body)]).toEqual([expected, body]);
  });
});

describe("EventBridgeIntegration, at the service", () => {
  const definition = definitionOf("POST /orders", () => {
    return new EventBridgeIntegration(BUS, { source: "com.example", detailType: TEXT, resources: ["arn:x"] });
  });

  it("puts what the client sent, whatever it is", async () => {
    const { url, headers, text } = await call(definition, {
      method: "POST",
      target: `/v1/orders${QUERY}`,
      body: BODY,
    });

    expect([url, headers["content-type"], headers["x-amz-target"]]).toEqual([
      "https://events.eu-west-1.amazonaws.com/",
      "application/x-amz-json-1.1",
      "AWSEvents.PutEvents",
    ]);
    expect(JSON.parse(text)).toEqual({
      Entries: [
        { EventBusName: BUS.arn, Source: "com.example", DetailType: HOSTILE, Detail: BODY, Resources: ["arn:x"] },
      ],
    });
  });

  it.each([
    ["taken", 200, { FailedEntryCount: 0, Entries: [{ EventId: "e-1" }] }, 202, { eventId: "e-1" }],
    [
      "no JSON",
      200,
      { FailedEntryCount: 1, Entries: [{ ErrorCode: "MalformedDetail" }] },
      400,
      { message: "Bad Request" },
    ],
    [
      "throttled",
      200,
      { FailedEntryCount: 1, Entries: [{ ErrorCode: "ThrottlingException" }] },
      429,
      { message: "Too Many Requests" },
    ],
    [
      "lost",
      200,
      { FailedEntryCount: 1, Entries: [{ ErrorCode: "InternalFailure" }] },
      502,
      { message: "Bad Gateway" },
    ],
    ["lost without a reason", 200, { FailedEntryCount: 1 }, 502, { message: "Bad Gateway" }],
    ["answered in an unknown way", 200, {}, 502, { message: "Bad Gateway" }],
    ["refused", 400, { __type: "ValidationException" }, 400, { message: "Bad Request" }],
    ["forbidden", 400, { __type: "AccessDeniedException" }, 502, { message: "Bad Gateway" }],
  ])("never answers success for an event that is %s", async (_name, status, json, expected, body) => {
    const { response } = await call(definition, { method: "POST", target: "/v1/orders", body: "{}" }, { status, json });

    expect(response.status).toBe(expected);
    expect(JSON.parse(response.body)).toEqual(body);
  });
});

describe("KinesisIntegration, at the service", () => {
  const definition = definitionOf("POST /orders", () => new KinesisIntegration(STREAM, { partitionKey: TEXT }));

  it("puts what the client sent, whatever it is", async () => {
    const { url, headers, text } = await call(definition, {
      method: "POST",
      target: `/v1/orders${QUERY}`,
      body: BODY,
    });

    expect([url, headers["x-amz-target"]]).toEqual([
      "https://kinesis.eu-west-1.amazonaws.com/",
      "Kinesis_20131202.PutRecord",
    ]);
    const { Data, ...record } = JSON.parse(text);
    expect(record).toEqual({ StreamARN: STREAM.arn, PartitionKey: HOSTILE });
    expect(Buffer.from(Data, "base64").toString()).toBe(BODY);
  });

  it.each([
    [200, { SequenceNumber: "49", ShardId: "s-0" }, 202, { sequenceNumber: "49", shardId: "s-0" }],
    [400, { __type: "ProvisionedThroughputExceededException" }, 429, { message: "Too Many Requests" }],
    [400, { __type: "ResourceNotFoundException" }, 502, { message: "Bad Gateway" }],
  ])("answers %i of Kinesis, %j, as %i", async (status, json, expected, body) => {
    const { response } = await call(definition, { method: "POST", target: "/v1/orders", body: "{}" }, { status, json });

    expect([response.status, JSON.parse(response.body)]).toEqual([expected, body]);
  });
});

describe("DynamoDbIntegration, at the service", () => {
  it("puts what the client sent, whatever it is", async () => {
    const definition = definitionOf("PUT /orders", () =>
      DynamoDbIntegration.putItem(TABLE, {
        item: {
          orderId: TEXT,
          note: { S: FIELD },
          amount: { N: "$input.path('$.nested.list[0]')" },
          state: "$open #1",
        },
        conditionExpression: "attribute_not_exists(#id) OR #id = :id",
        expressionAttributeNames: { "#id": "orderId" },
        expressionAttributeValues: { ":id": TEXT },
      }),
    );

    const { url, headers, text } = await call(definition, {
      method: "PUT",
      target: `/v1/orders${QUERY}`,
      body: BODY,
    });

    expect([url, headers["x-amz-target"]]).toEqual([
      "https://dynamodb.eu-west-1.amazonaws.com/",
      "DynamoDB_20120810.PutItem",
    ]);
    expect(JSON.parse(text)).toEqual({
      TableName: "orders",
      Item: { orderId: { S: HOSTILE }, note: { S: HOSTILE }, amount: { N: "1" }, state: { S: "$open #1" } },
      ConditionExpression: "attribute_not_exists(#id) OR #id = :id",
      ExpressionAttributeNames: { "#id": "orderId" },
      ExpressionAttributeValues: { ":id": { S: HOSTILE } },
    });
  });

  it("changes what the client names, and answers what became of it", async () => {
    const definition = definitionOf("PATCH /orders/{id}", () =>
      DynamoDbIntegration.updateItem(TABLE, {
        key: { orderId: "$input.params('id')" },
        updateExpression: "SET note = :note",
        conditionExpression: "attribute_exists(orderId)",
        expressionAttributeValues: { ":note": FIELD },
      }),
    );

    const request = { method: "PATCH", target: "/v1/orders/1", body: BODY };
    const { headers, text, response } = await call(definition, request, { json: { Attributes: { note: { S: "n" } } } });

    expect(headers["x-amz-target"]).toBe("DynamoDB_20120810.UpdateItem");
    expect(JSON.parse(text)).toEqual({
      TableName: "orders",
      Key: { orderId: { S: "1" } },
      UpdateExpression: "SET note = :note",
      ConditionExpression: "attribute_exists(orderId)",
      ExpressionAttributeValues: { ":note": { S: HOSTILE } },
      ReturnValues: "ALL_NEW",
    });
    expect([response.status, JSON.parse(response.body)]).toEqual([200, { note: { S: "n" } }]);
  });

  it.each([
    ["", {}],
    ["?after=7", { ExclusiveStartKey: { orderId: { S: "7" } } }],
  ])("reads a table page by page: %s", async (query, start) => {
    const definition = definitionOf("GET /orders", () =>
      DynamoDbIntegration.scan(TABLE, {
        filterExpression: "note = :note",
        expressionAttributeValues: { ":note": "a" },
        exclusiveStartKey: { orderId: "$input.params('after')" },
      }),
    );

    const { headers, text, response } = await call(
      definition,
      { target: `/v1/orders${query}` },
      { json: { Items: [] } },
    );

    expect(headers["x-amz-target"]).toBe("DynamoDB_20120810.Scan");
    expect(JSON.parse(text)).toEqual({
      TableName: "orders",
      FilterExpression: "note = :note",
      ExpressionAttributeValues: { ":note": { S: "a" } },
      Limit: 100,
      ...start,
    });
    expect(JSON.parse(response.body)).toEqual({ items: [] });
  });

  it.each([
    [200, { Item: { orderId: { S: "1" } } }, 200, { orderId: { S: "1" } }],
    [200, {}, 404, { message: "Not Found" }],
    [
      400,
      { __type: "com.amazonaws.dynamodb.v20120810#ProvisionedThroughputExceededException" },
      429,
      { message: "Too Many Requests" },
    ],
    [400, { __type: "com.amazon.coral.validate#ValidationException" }, 400, { message: "Bad Request" }],
    [400, { __type: "com.amazonaws.dynamodb.v20120810#ResourceNotFoundException" }, 502, { message: "Bad Gateway" }],
    [400, { __type: "com.amazonaws.dynamodb.v20120810#ConditionalCheckFailedException" }, 409, { message: "Conflict" }],
    [400, {}, 400, { message: "Bad Request" }],
  ])("answers %i of GetItem, %j, as %i", async (status, json, expected, body) => {
    const definition = definitionOf("GET /orders/{id}", () =>
      DynamoDbIntegration.getItem(TABLE, {
        key: { orderId: "$input.params('id')" },
        consistentRead: true,
        projectionExpression: "orderId",
      }),
    );

    const { response, text } = await call(definition, { target: "/v1/orders/1" }, { status, json });

    expect(JSON.parse(text)).toEqual({
      TableName: "orders",
      Key: { orderId: { S: "1" } },
      ConsistentRead: true,
      ProjectionExpression: "orderId",
    });
    expect(response.status).toBe(expected);
    expect(JSON.parse(response.body)).toEqual(body);
  });

  const orders = definitionOf("GET /orders", () =>
    DynamoDbIntegration.query(TABLE, {
      indexName: "by-customer",
      keyConditionExpression: "customerId = :customerId",
      expressionAttributeValues: { ":customerId": TEXT },
      scanIndexForward: false,
      exclusiveStartKey: { orderId: "$input.params('after')", customerId: TEXT },
    }),
  );

  it("queries an index from the beginning, or from where the client says", async () => {
    const [first, second] = await Promise.all(
      ["", `&after=${encodeURIComponent(HOSTILE)}`].map((after) =>
        call(orders, { target: `/v1/orders${QUERY}${after}` }),
      ),
    );

    const request = {
      TableName: "orders",
      IndexName: "by-customer",
      KeyConditionExpression: "customerId = :customerId",
      ExpressionAttributeValues: { ":customerId": { S: HOSTILE } },
      Limit: 100,
      ScanIndexForward: false,
    };
    expect(JSON.parse(first?.text ?? "")).toEqual(request);
    expect(JSON.parse(second?.text ?? "")).toEqual({
      ...request,
      ExclusiveStartKey: { orderId: { S: HOSTILE }, customerId: { S: HOSTILE } },
    });
  });

  it.each([
    [{ Items: [] }, { items: [] }],
    [
      { Items: [{ a: { S: HOSTILE } }], LastEvaluatedKey: { a: { S: "1" } } },
      { items: [{ a: { S: HOSTILE } }], lastEvaluatedKey: { a: { S: "1" } } },
    ],
  ])("tells the client where the next page begins: %j", async (json, expected) => {
    const { response } = await call(orders, { target: "/v1/orders" }, { json });

    expect([response.status, JSON.parse(response.body)]).toEqual([200, expected]);
  });

  it("deletes one item", async () => {
    const definition = definitionOf("DELETE /orders/{id}", () =>
      DynamoDbIntegration.deleteItem(TABLE, { key: { orderId: "$input.params('id')" } }),
    );

    const { response, text } = await call(definition, { method: "DELETE", target: "/v1/orders/1" }, { json: {} });

    expect(JSON.parse(text)).toEqual({ TableName: "orders", Key: { orderId: { S: "1" } } });
    expect([response.status, response.body]).toEqual([200, "{}"]);
  });
});

describe("StepFunctionsIntegration, at the service", () => {
  it("hands the request on, whatever it is", async () => {
    const definition = definitionOf("POST /orders/{id}", () =>
      StepFunctionsIntegration.startExecution(MACHINE, { headers: true, executionName: TEXT }),
    );

    const { url, headers, text } = await call(definition, {
      method: "POST",
      target: `/v1/orders/7${QUERY}&b=%22`,
      headers: [["X-Note", `"'\\`]],
      body: BODY,
    });

    expect([url, headers["x-amz-target"]]).toEqual([
      "https://states.eu-west-1.amazonaws.com/",
      "AWSStepFunctions.StartExecution",
    ]);
    const { input, ...execution } = JSON.parse(text);
    expect(execution).toEqual({ stateMachineArn: MACHINE.arn, name: HOSTILE });
    expect(JSON.parse(input)).toEqual({
      body: JSON.parse(BODY),
      header: expect.objectContaining({ "X-Note": `"'\\` }),
      path: { id: "7" },
      querystring: { text: HOSTILE, b: '"' },
    });
  });

  it("hands on the headers and facts that are named, and nothing twice", async () => {
    const definition = definitionOf("POST /orders/{id}", () =>
      StepFunctionsIntegration.startExecution(MACHINE, {
        headerNames: ["x-note", "X-Other"],
        path: false,
        querystring: false,
        authorizer: true,
        requestContext: { httpMethod: true, resourcePath: true, userAgent: false },
      }),
    );

    const { text } = await call(definition, {
      method: "POST",
      target: `/v1/orders/7${QUERY}`,
      headers: [
        ["X-Note", `"'\\`],
        ["Authorization", "secret"],
      ],
      body: BODY,
    });

    expect(JSON.parse(JSON.parse(text).input)).toEqual({
      body: JSON.parse(BODY),
      header: { "X-Note": `"'\\` },
      authorizer: {},
      requestContext: { httpMethod: "POST", resourcePath: "/orders/{id}" },
    });
  });

  it("hands on what it is told", async () => {
    const definition = definitionOf("POST /orders", () =>
      StepFunctionsIntegration.startExecution(MACHINE, { input: "$input.json('$.nested')" }),
    );

    const { text } = await call(definition, { method: "POST", target: "/v1/orders", body: BODY });

    expect(JSON.parse(JSON.parse(text).input)).toEqual({ list: [1, null, true] });
  });

  it.each([
    [{ status: "SUCCEEDED", output: BODY }, 200, JSON.parse(BODY)],
    [{ status: "FAILED", error: "E", cause: "secret" }, 500, { message: "Internal Server Error" }],
    [{ status: "TIMED_OUT" }, 504, { message: "Gateway Timeout" }],
    [{}, 500, { message: "Internal Server Error" }],
  ])("never answers success for an execution that failed: %j", async (json, expected, body) => {
    const definition = definitionOf("POST /orders", () => StepFunctionsIntegration.startSyncExecution(MACHINE));

    const { response } = await call(definition, { method: "POST", target: "/v1/orders", body: "{}" }, { json });

    expect([response.status, JSON.parse(response.body)]).toEqual([expected, body]);
  });

  it.each([
    [200, { executionArn: "arn:e", startDate: 1.5 }, 200, { executionArn: "arn:e" }],
    [400, { __type: "ExecutionAlreadyExists" }, 409, { message: "Conflict" }],
    [400, { __type: "StateMachineDoesNotExist" }, 502, { message: "Bad Gateway" }],
    [400, { __type: "InvalidExecutionInput" }, 400, { message: "Bad Request" }],
  ])("answers %i of StartExecution, %j, as %i", async (status, json, expected, body) => {
    const definition = definitionOf("POST /orders", () => StepFunctionsIntegration.startExecution(MACHINE));

    const { response } = await call(definition, { method: "POST", target: "/v1/orders", body: "{}" }, { status, json });

    expect([response.status, JSON.parse(response.body)]).toEqual([expected, body]);
  });
});

describe("S3Integration, at the service", () => {
  const PNG = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0xff, 0x00]);
  const api = { binaryMediaTypes: ["*/*"] };

  it("reads the object that the path names, with its type", async () => {
    const definition = definitionOf("GET /files/{key+}", () => S3Integration.getObject(BUCKET), { api });

    const { url, method, response } = await call(
      definition,
      { target: "/v1/files/a/b%20c.png", headers: [["Accept", "image/png"]] },
      {
        headers: [
          ["Content-Type", "image/png"],
          ["ETag", '"1"'],
        ],
        body: PNG,
      },
    );

    expect([method, url]).toEqual(["GET", "https://s3.eu-west-1.amazonaws.com/orders/a/b%20c.png"]);
    expect([response.status, response.headers["content-type"], response.headers.etag]).toEqual([
      200,
      "image/png",
      '"1"',
    ]);
    expect(response.bytes).toEqual(PNG);
  });

  it("stores bytes as they are", async () => {
    const definition = definitionOf(
      "PUT /files/{id}",
      () => S3Integration.putObject(BUCKET, { key: "in box/{id}.png" }),
      {
        api,
      },
    );

    const { url, method, headers, response } = await call(definition, {
      method: "PUT",
      target: "/v1/files/7",
      headers: [["Content-Type", "image/png"]],
      body: PNG,
    });

    expect([method, url, headers["content-type"]]).toEqual([
      "PUT",
      "https://s3.eu-west-1.amazonaws.com/orders/in%20box/7.png",
      "image/png",
    ]);
    expect(response.status).toBe(200);
  });

  it.each([
    ["GET", 404, 404],
    ["GET", 403, 404],
    ["GET", 416, 400],
    ["GET", 503, 502],
    ["PUT", 403, 502],
    ["PUT", 400, 400],
    ["DELETE", 404, 502],
    ["DELETE", 204, 204],
  ])("answers %s with %i of S3 as %i, also when all types are binary", async (verb, status, expected) => {
    const build = { GET: S3Integration.getObject, PUT: S3Integration.putObject, DELETE: S3Integration.deleteObject };
    const definition = definitionOf(`${verb} /files/{key}`, () => build[verb as keyof typeof build](BUCKET), { api });

    const { response, bugs } = await call(
      definition,
      { method: verb, target: "/v1/files/7" },
      { status, headers: [["Content-Type", "application/xml"]], body: Buffer.from("<Error/>") },
    );

    expect([response.status, bugs]).toEqual([expected, []]);
    if (expected >= 400) expect(JSON.parse(response.body)).toEqual({ message: expect.any(String) });
  });
});

describe("SagemakerIntegration, at the service", () => {
  const definition = definitionOf("POST /forecasts", () => new SagemakerIntegration(ENDPOINT));

  it("hands the body on with its type, and the answer back", async () => {
    const { url, text, headers, response } = await call(
      definition,
      { method: "POST", target: "/v1/forecasts", headers: [["Content-Type", "text/csv"]], body: "1,2" },
      { headers: [["Content-Type", "text/csv"]], body: Buffer.from("3") },
    );

    expect(url).toBe("https://runtime.sagemaker.eu-west-1.amazonaws.com/endpoints/forecast/invocations");
    expect([headers["content-type"], text]).toEqual(["text/csv", "1,2"]);
    expect([response.status, response.body]).toEqual([200, "3"]);
  });

  it.each([
    [400, 400, { message: "Bad Request" }],
    [403, 502, { message: "Bad Gateway" }],
    [424, 502, { message: "Bad Gateway" }],
    [429, 429, { message: "Too Many Requests" }],
    [503, 502, { message: "Bad Gateway" }],
  ])("answers %i of SageMaker as %i", async (status, expected, body) => {
    const request = { method: "POST", target: "/v1/forecasts", body: "1" };
    const { response } = await call(definition, request, { status, json: { Message: "secret" } });

    expect([response.status, JSON.parse(response.body)]).toEqual([expected, body]);
  });
});
