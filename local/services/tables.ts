import { setTimeout } from "node:timers/promises";
import type { SecondaryIndexDefinition, TableDefinition } from "../../definition/table";
import { callOperation, type JsonService, ServiceError } from "./aws-json";

const POLL_MILLIS = 5;

/** DynamoDB at an endpoint. */
export function dynamodbAt(endpoint: string, region: string): JsonService {
  return { endpoint, region, targetPrefix: "DynamoDB_20120810" };
}

/** Creates the tables that are not there yet, and waits until they can be used. What is there stays as it is. */
export async function createTables(dynamodb: JsonService, tables: readonly TableDefinition[]): Promise<void> {
  await Promise.all(
    tables.map(async (table) => {
      await callOperation(dynamodb, "CreateTable", createTableInput(table)).catch((error: unknown) => {
        if (!(error instanceof ServiceError && error.type === "ResourceInUseException")) throw error;
      });
      while (!(await isActive(dynamodb, table.name))) await setTimeout(POLL_MILLIS);
    }),
  );
}

/** Waits until a table that was deleted can be made again. */
export async function waitUntilGone(dynamodb: JsonService, name: string): Promise<void> {
  const isThere = () =>
    callOperation(dynamodb, "DescribeTable", { TableName: name }).then(
      () => true,
      (error: unknown) => {
        if (error instanceof ServiceError && error.type === "ResourceNotFoundException") return false;
        throw error;
      },
    );
  while (await isThere()) await setTimeout(POLL_MILLIS);
}

async function isActive(dynamodb: JsonService, name: string): Promise<boolean> {
  const { Table } = await callOperation(dynamodb, "DescribeTable", { TableName: name });
  return typeof Table === "object" && Table !== null && "TableStatus" in Table && Table.TableStatus === "ACTIVE";
}

/** Source: https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_CreateTable.html */
export function createTableInput(table: TableDefinition): object {
  const { name, hashKey, rangeKey, attributes, globalSecondaryIndexes, localSecondaryIndexes } = table;
  return {
    TableName: name,
    BillingMode: "PAY_PER_REQUEST",
    AttributeDefinitions: attributes.map(({ name, type }) => ({ AttributeName: name, AttributeType: type })),
    KeySchema: keySchema(hashKey, rangeKey),
    ...(globalSecondaryIndexes.length > 0 && {
      GlobalSecondaryIndexes: globalSecondaryIndexes.map((index) => indexInput(index)),
    }),
    ...(localSecondaryIndexes.length > 0 && {
      LocalSecondaryIndexes: localSecondaryIndexes.map((index) => indexInput({ ...index, hashKey })),
    }),
  };
}

function indexInput({ name, hashKey, rangeKey, projectionType, nonKeyAttributes }: SecondaryIndexDefinition): object {
  return {
    IndexName: name,
    KeySchema: keySchema(hashKey, rangeKey),
    Projection: {
      ProjectionType: projectionType,
      ...(projectionType === "INCLUDE" && { NonKeyAttributes: nonKeyAttributes }),
    },
  };
}

function keySchema(hashKey: string, rangeKey: string | undefined): object[] {
  const hash = { AttributeName: hashKey, KeyType: "HASH" };
  return rangeKey === undefined ? [hash] : [hash, { AttributeName: rangeKey, KeyType: "RANGE" }];
}
