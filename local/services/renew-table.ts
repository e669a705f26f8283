import type { TableDefinition } from "../../definition/table";
import { callOperation, type JsonService, ServiceError } from "./aws-json";
import { putItems } from "./put-items";
import { createTableInput, createTables, waitUntilGone } from "./tables";

/**
 * Makes a table again with other keys or indexes. Its items stay, as far as they have the keys that it needs now. When it
 * cannot be made, everything is as before.
 *
 * @returns how many items were dropped
 * @throws ServiceError what DynamoDB says of a table that cannot be
 */
export async function renewTable(
  dynamodb: JsonService,
  before: TableDefinition,
  after: TableDefinition,
): Promise<number> {
  const items = await scan(dynamodb, before.name);
  const kept = lastOfEachKey(
    items.filter((item) => hasKeys(item, after)),
    after,
  );
  await deleteTable(dynamodb, before.name);
  try {
    await createTables(dynamodb, [after]);
    await putItems(dynamodb, after.name, kept);
  } catch (error) {
    await deleteTable(dynamodb, after.name);
    await createTables(dynamodb, [before]);
    await putItems(dynamodb, before.name, items);
    throw error;
  }
  return items.length - kept.length;
}

/** It may be gone already. */
async function deleteTable(dynamodb: JsonService, TableName: string): Promise<void> {
  await callOperation(dynamodb, "DeleteTable", { TableName }).catch((error: unknown) => {
    if (!(error instanceof ServiceError && error.type === "ResourceNotFoundException")) throw error;
  });
  await waitUntilGone(dynamodb, TableName);
}

/** Whether two declarations make the same table. */
export function isSameTable(one: TableDefinition, other: TableDefinition): boolean {
  return JSON.stringify(createTableInput(one)) === JSON.stringify(createTableInput(other));
}

type Item = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

async function scan(dynamodb: JsonService, TableName: string): Promise<readonly Item[]> {
  const items: Item[] = [];
  let start: unknown;
  do {
    const page = await callOperation(dynamodb, "Scan", {
      TableName,
      ...(start !== undefined && { ExclusiveStartKey: start }),
    });
    items.push(...(page.Items as unknown as Item[]));
    start = page.LastEvaluatedKey;
  } while (start !== undefined);
  return items;
}

/** All keys of a table and of its indexes must be of their type; those of an index may be absent. */
function hasKeys(item: Item, { hashKey, rangeKey, attributes }: TableDefinition): boolean {
  return attributes.every(({ name, type }) => {
    const value = item[name];
    return value === undefined ? name !== hashKey && name !== rangeKey : type in value;
  });
}

/** Without its former range key, a table has one item where there were several. */
function lastOfEachKey(items: readonly Item[], { hashKey, rangeKey }: TableDefinition): readonly Item[] {
  const byKey = new Map(items.map((item) => [JSON.stringify([item[hashKey], rangeKey && item[rangeKey]]), item]));
  return [...byKey.values()];
}
