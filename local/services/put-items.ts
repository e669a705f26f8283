import { callOperation, type JsonService } from "./aws-json";

/** DynamoDB's limit for one BatchWriteItem. */
const BATCH_SIZE = 25;

/**
 * Writes items, in DynamoDB's own JSON, over those that have their keys.
 *
 * @throws ServiceError what DynamoDB says of an item that cannot be written
 */
export async function putItems(dynamodb: JsonService, table: string, items: readonly object[]): Promise<void> {
  for (let start = 0; start < items.length; start += BATCH_SIZE) {
    const requests = items.slice(start, start + BATCH_SIZE).map((Item) => ({ PutRequest: { Item } }));
    await callOperation(dynamodb, "BatchWriteItem", { RequestItems: { [table]: requests } });
  }
}
