import { BatchGetCommand, type BatchGetCommandOutput } from "@aws-sdk/lib-dynamodb";
import type { Product } from "../../contracts/product";
import { dynamodb } from "../shared/dynamodb";
import { variable } from "../shared/environment";

type Keys = Record<string, unknown>[];
const ATTEMPTS = 3;

/** Prices in cents by product id; a product that does not exist is not in the map. */
export async function findPrices(productIds: readonly string[]): Promise<ReadonlyMap<string, number>> {
  const table = variable("PRODUCTS_TABLE");
  const prices = new Map<string, number>();
  // DynamoDB refuses a batch that names a key twice.
  let keys: Keys | undefined = [...new Set(productIds)].map((productId) => ({ productId }));
  for (let attempt = 0; keys && attempt < ATTEMPTS; attempt++) {
    const { Responses, UnprocessedKeys }: BatchGetCommandOutput = await dynamodb.send(
      new BatchGetCommand({
        RequestItems: { [table]: { Keys: keys, ProjectionExpression: "productId, priceCents" } },
      }),
    );
    for (const { productId, priceCents } of (Responses?.[table] ?? []) as Product[]) prices.set(productId, priceCents);
    keys = UnprocessedKeys?.[table]?.Keys;
  }
  // A key that was not read is not a product that does not exist.
  if (keys) throw new Error(`${keys.length} products could not be read in ${ATTEMPTS} attempts`);
  return prices;
}
