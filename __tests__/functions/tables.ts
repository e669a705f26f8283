import type { AddressInfo } from "node:net";
import { CreateTableCommand, DynamoDBClient, waitUntilTableExists } from "@aws-sdk/client-dynamodb";
import {
  DeleteCommand,
  DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  ScanCommand,
  UpdateCommand,
} from "@aws-sdk/lib-dynamodb";
import dynalite from "dynalite";
import type { OrderStatus } from "../../contracts/order";
import type { Product } from "../../contracts/product";
import type { StoredOrder } from "../../functions/shared/orders";

const PRODUCTS = "orders-test-products";
const ORDERS = "orders-test-orders";

/** The tables of the orders API in a DynamoDB of this process; handlers that run in it use them. */
export interface Tables {
  readonly addProducts: (...products: readonly Product[]) => Promise<void>;
  readonly removeProduct: (productId: string) => Promise<void>;
  readonly addOrders: (...orders: readonly StoredOrder[]) => Promise<void>;
  readonly setOrderStatus: (orderId: string, status: OrderStatus) => Promise<void>;
  readonly order: (orderId: string) => Promise<Record<string, unknown> | undefined>;
  readonly orderCount: () => Promise<number>;
  readonly stop: () => void;
}

/** Starts a DynamoDB, creates empty tables and sets the environment variables of functions. */
export async function startTables(): Promise<Tables> {
  const server = dynalite({ createTableMs: 0 });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", () => resolve()));
  const { port } = server.address() as AddressInfo;
  Object.assign(process.env, {
    AWS_REGION: "eu-central-1",
    AWS_ACCESS_KEY_ID: "test",
    AWS_SECRET_ACCESS_KEY: "test",
    AWS_ENDPOINT_URL_DYNAMODB: `http://127.0.0.1:${port}`,
    PRODUCTS_TABLE: PRODUCTS,
    ORDERS_TABLE: ORDERS,
    ALLOWED_ORIGINS: "https://shop.example.com,https://www.shop.example.com",
  });
  const plainClient = new DynamoDBClient({});
  await createTables(plainClient);
  const client = DynamoDBDocumentClient.from(plainClient);
  const put = (table: string, items: readonly object[]) =>
    Promise.all(items.map((item) => client.send(new PutCommand({ TableName: table, Item: { ...item } }))));

  return {
    addProducts: async (...products) => void (await put(PRODUCTS, products)),
    removeProduct: async (productId) => {
      await client.send(new DeleteCommand({ TableName: PRODUCTS, Key: { productId } }));
    },
    addOrders: async (...orders) => void (await put(ORDERS, orders)),
    setOrderStatus: async (orderId, status) => {
      await client.send(
        new UpdateCommand({
          TableName: ORDERS,
          Key: { orderId },
          UpdateExpression: "SET #status = :status",
          ExpressionAttributeNames: { "#status": "status" },
          ExpressionAttributeValues: { ":status": status },
        }),
      );
    },
    order: async (orderId) => (await client.send(new GetCommand({ TableName: ORDERS, Key: { orderId } }))).Item,
    orderCount: async () => (await client.send(new ScanCommand({ TableName: ORDERS, Select: "COUNT" }))).Count ?? 0,
    stop: () => {
      client.destroy();
      server.close();
    },
  };
}

async function createTables(client: DynamoDBClient): Promise<void> {
  const text = (name: string) => ({ AttributeName: name, AttributeType: "S" as const });
  const hash = (name: string) => ({ AttributeName: name, KeyType: "HASH" as const });
  await client.send(
    new CreateTableCommand({
      TableName: PRODUCTS,
      BillingMode: "PAY_PER_REQUEST",
      AttributeDefinitions: [text("productId")],
      KeySchema: [hash("productId")],
    }),
  );
  await client.send(
    new CreateTableCommand({
      TableName: ORDERS,
      BillingMode: "PAY_PER_REQUEST",
      AttributeDefinitions: [text("orderId"), text("customerId"), text("createdAt")],
      KeySchema: [hash("orderId")],
      GlobalSecondaryIndexes: [
        {
          IndexName: "by-customer",
          KeySchema: [hash("customerId"), { AttributeName: "createdAt", KeyType: "RANGE" }],
          Projection: { ProjectionType: "ALL" },
        },
      ],
    }),
  );
  for (const TableName of [PRODUCTS, ORDERS]) {
    await waitUntilTableExists({ client, maxWaitTime: 10, minDelay: 0.02, maxDelay: 0.1 }, { TableName });
  }
}
