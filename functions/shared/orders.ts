import { GetCommand } from "@aws-sdk/lib-dynamodb";
import type { Order } from "../../contracts/order";
import { dynamodb } from "./dynamodb";
import { variable } from "./environment";
import { ProblemError } from "./problem-error";

/** An item of the orders table. */
export interface StoredOrder extends Order {
  /** Hash of the request that created the order; answers never show it. */
  readonly requestHash: string;
}

/** The order as the API answers it. */
export function publicOrder({ requestHash: _, ...order }: StoredOrder): Order {
  return order;
}

/** The order as last written, or undefined. */
export async function readOrder(orderId: string): Promise<StoredOrder | undefined> {
  const { Item } = await dynamodb.send(
    new GetCommand({ TableName: variable("ORDERS_TABLE"), Key: { orderId }, ConsistentRead: true }),
  );
  return Item as StoredOrder | undefined;
}

/** The 404 of an order. */
export function orderNotFound(orderId: string): ProblemError {
  return new ProblemError(404, "ORDER_NOT_FOUND", `there is no order "${orderId}"`);
}
