import { ScanCommand } from "@aws-sdk/lib-dynamodb";
import type { Product } from "../../contracts/product";
import { dynamodb } from "../shared/dynamodb";
import { variable } from "../shared/environment";

export interface ProductQuery {
  readonly atLeast: number;
  /** `productId` that the table is read after. @default - from its start */
  readonly after?: string;
  /** @default - products of every category */
  readonly category?: string;
}

/**
 * Products in the table's own order, until there are enough of them or no more.
 *
 * A scan filters after it has read a page, so one page can hold few matches or none. The catalogue is small and the route is cached; an index by
 * category is the next step when it grows.
 */
export async function findProducts({ atLeast, after, category }: ProductQuery): Promise<Product[]> {
  const selection =
    category === undefined
      ? { Limit: atLeast }
      : { FilterExpression: "category = :category", ExpressionAttributeValues: { ":category": category } };
  const found: Product[] = [];
  let position: Record<string, unknown> | undefined = after === undefined ? undefined : { productId: after };
  do {
    const { Items = [], LastEvaluatedKey } = await dynamodb.send(
      new ScanCommand({ TableName: variable("PRODUCTS_TABLE"), ExclusiveStartKey: position, ...selection }),
    );
    found.push(...(Items as Product[]));
    position = LastEvaluatedKey;
  } while (position && found.length < atLeast);
  return found;
}
