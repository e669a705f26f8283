import type { JsonObject } from "../../../definition/json";
import type { AwsClient } from "../../support/twin/client";
import { objectOr } from "../../support/twin/json-values";

/** Something that must not get lost, in an object that holds data. */
interface Keepsake {
  put(account: AwsClient): Promise<boolean>;
  isThere(account: AwsClient): Promise<boolean>;
}

/** By the name of what holds it, in the reference API. */
const KEEPSAKES: Readonly<Record<string, Keepsake>> = {
  "orders-dev-orders": item("orders-dev-orders", { orderId: { S: "kept" } }),
  "orders-dev-products": item("orders-dev-products", { productId: { S: "kept" } }),
  "orders-dev-events": message("orders-dev-events"),
  "orders-dev-events-dlq": message("orders-dev-events-dlq"),
};

/** Puts something into each table and queue that is there; answers their names. */
export function putKeepsakes(account: AwsClient): Promise<readonly string[]> {
  return namesWhere(Object.keys(KEEPSAKES), (keepsake) => keepsake.put(account));
}

/** Those of the tables and queues that still hold what was put into them. */
export function stillKept(account: AwsClient, names: readonly string[]): Promise<readonly string[]> {
  return namesWhere(names, (keepsake) => keepsake.isThere(account));
}

async function namesWhere(names: readonly string[], holds: (keepsake: Keepsake) => Promise<boolean>) {
  const kept = names.map(async (name) => {
    const keepsake = KEEPSAKES[name];
    return keepsake !== undefined && (await holds(keepsake)) ? [name] : [];
  });
  return (await Promise.all(kept)).flat();
}

function item(table: string, key: JsonObject): Keepsake {
  const ask = (account: AwsClient, operation: string, request: JsonObject) =>
    account.json("dynamodb", `DynamoDB_20120810.${operation}`, { TableName: table, ...request });
  return {
    put: async (account) => (await ask(account, "PutItem", { Item: key })).status === 200,
    isThere: async (account) => (await ask(account, "GetItem", { Key: key })).body.Item !== undefined,
  };
}

function message(queue: string): Keepsake {
  const ask = async (account: AwsClient, operation: string, request: JsonObject) => {
    const { body } = await account.json("sqs", "AmazonSQS.GetQueueUrl", { QueueName: queue });
    return account.json("sqs", `AmazonSQS.${operation}`, { QueueUrl: body.QueueUrl ?? "", ...request });
  };
  const count = "ApproximateNumberOfMessages";
  return {
    put: async (account) => (await ask(account, "SendMessage", { MessageBody: "kept" })).status === 200,
    isThere: async (account) => {
      const { body } = await ask(account, "GetQueueAttributes", { AttributeNames: [count] });
      return Number(objectOr(body.Attributes)[count] ?? 0) > 0;
    },
  };
}
