import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { networkInterfaces, tmpdir } from "node:os";
import { join } from "node:path";
import type { QueueDefinition } from "../../../definition/queue";
import type { TableDefinition } from "../../../definition/table";
import { callOperation } from "../../../local/services/aws-json";
import { sqsAt } from "../../../local/services/queues";
import { type Services, type ServicesOptions, startServices } from "../../../local/services/services";
import { dynamodbAt } from "../../../local/services/tables";

const REGION = "eu-central-1";

const ORDERS: TableDefinition = {
  address: "aws_dynamodb_table.orders",
  name: "orders",
  hashKey: "orderId",
  attributes: [
    { name: "orderId", type: "S" },
    { name: "customerId", type: "S" },
    { name: "createdAt", type: "S" },
  ],
  globalSecondaryIndexes: [
    { name: "by-customer", hashKey: "customerId", rangeKey: "createdAt", projectionType: "ALL", nonKeyAttributes: [] },
    { name: "keys", hashKey: "customerId", projectionType: "INCLUDE", nonKeyAttributes: ["total"] },
  ],
  localSecondaryIndexes: [],
};

const THREADS: TableDefinition = {
  address: "aws_dynamodb_table.threads",
  name: "threads",
  hashKey: "forum",
  rangeKey: "subject",
  attributes: [
    { name: "forum", type: "S" },
    { name: "subject", type: "S" },
    { name: "views", type: "N" },
  ],
  globalSecondaryIndexes: [],
  localSecondaryIndexes: [{ name: "by-views", rangeKey: "views", projectionType: "KEYS_ONLY", nonKeyAttributes: [] }],
};

const DEAD: QueueDefinition = {
  address: "aws_sqs_queue.dead",
  name: "events-dlq",
  fifo: false,
  contentBasedDeduplication: false,
  visibilityTimeoutSeconds: 30,
  delaySeconds: 0,
};
const EVENTS: QueueDefinition = {
  ...DEAD,
  address: "aws_sqs_queue.events",
  name: "events",
  redrive: { deadLetterQueueName: "events-dlq", maxReceiveCount: 1 },
};
const FIFO: QueueDefinition = { ...DEAD, name: "events.fifo", fifo: true, contentBasedDeduplication: true };

const open: Services[] = [];
const folders: string[] = [];

afterEach(async () => {
  await Promise.all(open.splice(0).map((services) => services.close()));
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

async function start(
  { tables = [], queues = [] }: { tables?: TableDefinition[]; queues?: QueueDefinition[] },
  options: Omit<ServicesOptions, "stack"> = {},
) {
  const services = await startServices({ stack: { region: REGION, tables, queues }, ...options });
  open.push(services);
  const dynamodb = dynamodbAt(services.endpoints.dynamodb ?? "", REGION);
  const sqs = sqsAt(services.endpoints.sqs ?? "", REGION);
  const { endpoints } = services;
  return { services, endpoints, close: () => services.close(), dynamodb, sqs };
}

function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "services-test-"));
  folders.push(folder);
  return folder;
}

const order = { orderId: { S: "o-1" }, customerId: { S: "c-1" }, createdAt: { S: "2026" }, total: { N: "5" } };

describe("startServices", () => {
  it("creates tables with their indexes", async () => {
    const { dynamodb } = await start({ tables: [ORDERS, THREADS] });

    await callOperation(dynamodb, "PutItem", { TableName: "orders", Item: order });
    const found = await callOperation(dynamodb, "Query", {
      TableName: "orders",
      IndexName: "by-customer",
      KeyConditionExpression: "customerId = :c",
      ExpressionAttributeValues: { ":c": { S: "c-1" } },
    });
    const { Table: threads } = await callOperation(dynamodb, "DescribeTable", { TableName: "threads" });

    expect(found).toMatchObject({ Count: 1, Items: [order] });
    expect(threads).toMatchObject({
      TableStatus: "ACTIVE",
      LocalSecondaryIndexes: [{ IndexName: "by-views", Projection: { ProjectionType: "KEYS_ONLY" } }],
    });
  });

  it.each([
    ["AWS's", "https://sqs.eu-central-1.amazonaws.com/111111111111/events"],
    ["another region's", "https://sqs.us-east-1.amazonaws.com/000000000000/events"],
  ])("delivers messages that are sent to %s URL of a queue", async (_whose, QueueUrl) => {
    const { sqs } = await start({ queues: [EVENTS, DEAD, FIFO] });

    await callOperation(sqs, "SendMessage", { QueueUrl, MessageBody: "hello" });
    const received = await callOperation(sqs, "ReceiveMessage", { QueueUrl });

    expect(received.Messages).toMatchObject([{ Body: "hello" }]);
  });

  it("gives out URLs of queues that every system can reach", async () => {
    const { sqs } = await start({ queues: [EVENTS, DEAD] });

    const { QueueUrl } = await callOperation(sqs, "GetQueueUrl", { QueueName: "events" });

    expect(QueueUrl).toBe(`${sqs.endpoint}/000000000000/events`);
  });

  it("moves messages to the dead-letter queue", async () => {
    const { sqs } = await start({ queues: [{ ...EVENTS, visibilityTimeoutSeconds: 0 }, DEAD] });
    await callOperation(sqs, "SendMessage", { QueueUrl: "/events", MessageBody: "poison" });

    await callOperation(sqs, "ReceiveMessage", { QueueUrl: "/events" });
    await callOperation(sqs, "ReceiveMessage", { QueueUrl: "/events" });
    const dead = await callOperation(sqs, "ReceiveMessage", { QueueUrl: "/events-dlq" });

    expect(dead.Messages).toMatchObject([{ Body: "poison" }]);
  });

  it("starts only what the stack needs", async () => {
    const nothing = await start({});
    const tablesOnly = await start({ tables: [ORDERS] });

    expect(nothing.endpoints).toEqual({});
    expect(Object.keys(tablesOnly.endpoints)).toEqual(["dynamodb"]);
  });

  it("leaves services alone that run elsewhere", async () => {
    const elsewhere = { dynamodb: "http://dynamodb.example.com" };

    const { endpoints } = await start({ tables: [ORDERS] }, { endpoints: elsewhere });

    expect(endpoints).toEqual(elsewhere);
  });

  it("keeps tables in a folder and adds those that are new", async () => {
    const dataFolder = temporaryFolder();
    const before = await start({ tables: [ORDERS] }, { dataFolder });
    await callOperation(before.dynamodb, "PutItem", { TableName: "orders", Item: order });
    await before.close();

    const after = await start({ tables: [ORDERS, THREADS] }, { dataFolder });
    const kept = await callOperation(after.dynamodb, "GetItem", {
      TableName: "orders",
      Key: { orderId: { S: "o-1" } },
    });
    const { TableNames } = await callOperation(after.dynamodb, "ListTables", {});

    expect(kept.Item).toEqual(order);
    expect(TableNames).toEqual(["orders", "threads"]);
  });

  it("listens on this machine only", async () => {
    const foreign = Object.values(networkInterfaces())
      .flat()
      .find((address) => address?.internal === false);
    const { endpoints } = await start({ tables: [ORDERS], queues: [EVENTS, DEAD] });

    const urls = Object.values(endpoints).map((url) => new URL(url));

    expect(urls.map(({ hostname }) => hostname)).toEqual(["127.0.0.1", "127.0.0.1", "127.0.0.1", "127.0.0.1"]);
    if (foreign?.family !== "IPv4") return;
    for (const { port } of urls)
      await expect(fetch(`http://${foreign.address}:${port}`)).rejects.toThrow("fetch failed");
  });

  it("goes on when a caller breaks off in the middle of a request", async () => {
    const { dynamodb } = await start({ tables: [ORDERS] });
    const abort = new AbortController();
    const broken = fetch(dynamodb.endpoint, {
      method: "POST",
      body: new ReadableStream({
        start(stream) {
          stream.enqueue(new TextEncoder().encode("{"));
          setImmediate(() => abort.abort());
        },
      }),
      duplex: "half",
      signal: abort.signal,
    } as RequestInit);
    await expect(broken).rejects.toThrow("aborted");

    const tables = await callOperation(dynamodb, "ListTables", {});

    expect(tables.TableNames).toEqual(["orders"]);
  });

  it("fails when the data folder cannot be one", async () => {
    const file = join(temporaryFolder(), "file");
    writeFileSync(file, "");

    const services = start({ tables: [ORDERS] }, { dataFolder: file });

    await expect(services).rejects.toMatchObject({ code: "DATA_FOLDER_UNUSABLE", place: file });
  });

  it("fails when the folder cannot be made", async () => {
    const dataFolder = "/proc/headgate-tables";

    const services = start({ tables: [ORDERS] }, { dataFolder });

    await expect(services).rejects.toMatchObject({ code: "DATA_FOLDER_UNUSABLE", place: dataFolder });
  });

  it("fails when another gateway keeps its tables in the folder", async () => {
    const dataFolder = temporaryFolder();
    await start({ tables: [ORDERS] }, { dataFolder });

    const second = start({ tables: [ORDERS] }, { dataFolder });

    await expect(second).rejects.toMatchObject({ code: "DATA_FOLDER_UNUSABLE" });
  });
});

describe("services of a stack that changes", () => {
  const THREAD = { forum: { S: "f" }, subject: { S: "s" }, views: { N: "1" } };
  const WITHOUT_INDEXES: TableDefinition = {
    ...ORDERS,
    attributes: [{ name: "orderId", type: "S" }],
    globalSecondaryIndexes: [],
  };
  const stackOf = (tables: readonly TableDefinition[], queues: readonly QueueDefinition[] = []) => ({
    stack: { region: REGION, tables, queues },
  });

  it("keep the items of tables that stay, and of those that go", async () => {
    const { services, dynamodb } = await start({ tables: [ORDERS, THREADS] });
    await callOperation(dynamodb, "PutItem", { TableName: "orders", Item: order });
    await callOperation(dynamodb, "PutItem", { TableName: "threads", Item: THREAD });

    const notes = await services.update(stackOf([ORDERS]));

    const scanned = await Promise.all(
      ["orders", "threads"].map((TableName) => callOperation(dynamodb, "Scan", { TableName })),
    );
    expect(scanned.map(({ Items }) => Items)).toEqual([[order], [THREAD]]);
    expect(notes).toEqual([]);
  });

  it("start when they are needed for the first time", async () => {
    const { services } = await start({ tables: [ORDERS] });
    const { dynamodb } = services.endpoints;

    await services.update(stackOf([ORDERS], [EVENTS, DEAD]));

    const sqs = sqsAt(services.endpoints.sqs ?? "", REGION);
    const { QueueUrls } = await callOperation(sqs, "ListQueues", {});
    expect(QueueUrls).toHaveLength(2);
    expect(services.endpoints.dynamodb).toBe(dynamodb);
  });

  it("give a queue new attributes, and keep its messages", async () => {
    const { services, sqs } = await start({ queues: [EVENTS, DEAD] });
    await callOperation(sqs, "SendMessage", { QueueUrl: "/events", MessageBody: "hello" });

    await services.update(stackOf([], [{ ...EVENTS, visibilityTimeoutSeconds: 7 }, DEAD]));

    const { Attributes } = await callOperation(sqs, "GetQueueAttributes", {
      QueueUrl: "/events",
      AttributeNames: ["All"],
    });
    expect(Attributes).toMatchObject({ VisibilityTimeout: "7", ApproximateNumberOfMessages: "1" });
  });

  it("make a table again that has another index, with its items", async () => {
    const { services, dynamodb } = await start({ tables: [WITHOUT_INDEXES] });
    const items = Array.from({ length: 30 }, (_, index) => ({ ...order, orderId: { S: `o-${index}` } }));
    for (const Item of items) await callOperation(dynamodb, "PutItem", { TableName: "orders", Item });

    const notes = await services.update(stackOf([ORDERS]));

    const { Count } = await callOperation(dynamodb, "Scan", { TableName: "orders", IndexName: "by-customer" });
    expect(Count).toBe(30);
    expect(notes).toEqual(["table orders has other keys or indexes and was made again: all items are kept"]);
  });

  it("drop the items that have no value for a new key, and say how many", async () => {
    const { services, dynamodb } = await start({ tables: [THREADS] });
    await callOperation(dynamodb, "PutItem", { TableName: "threads", Item: THREAD });
    await callOperation(dynamodb, "PutItem", { TableName: "threads", Item: { ...THREAD, subject: { S: "t" } } });

    const notes = await services.update(stackOf([{ ...WITHOUT_INDEXES, name: "threads" }]));

    expect(notes).toEqual(["table threads has other keys or indexes and was made again: 2 items were dropped"]);
  });

  it("leave a table and its items as they are when it cannot be made again", async () => {
    const { services, dynamodb } = await start({ tables: [ORDERS] });
    await callOperation(dynamodb, "PutItem", { TableName: "orders", Item: order });

    const updated = services.update(stackOf([{ ...ORDERS, attributes: [] }]));

    await expect(updated).rejects.toThrow("Invalid KeySchema");
    const { Count } = await callOperation(dynamodb, "Scan", { TableName: "orders", IndexName: "by-customer" });
    expect(Count).toBe(1);
  });
});
