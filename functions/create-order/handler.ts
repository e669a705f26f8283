import { PutCommand } from "@aws-sdk/lib-dynamodb";
import type { Order } from "../../contracts/order";
import { type Answer, apiHandler } from "../shared/api-handler";
import { conditionHolds, dynamodb } from "../shared/dynamodb";
import { variable } from "../shared/environment";
import { publicOrder, readOrder, type StoredOrder } from "../shared/orders";
import { ProblemError } from "../shared/problem-error";
import { header, jsonBody } from "../shared/request";
import { checkedCreateOrder } from "./create-order-body";
import { idempotencyKey, orderIdFor, requestHash } from "./idempotency";
import { priceOrder } from "./price-order";
import { findPrices } from "./prices";

/**
 * `POST /orders`, honouring `Idempotency-Key`.
 *
 * The order id is derived from customer and key, so the write of a repeated request meets the order of the first one. One conditional put decides;
 * no transaction and no second table is needed. A repeated request gets the order as it is now.
 */
export const handler = apiHandler<Order>(async (event) => {
  const request = checkedCreateOrder(jsonBody(event));
  const orderId = orderIdFor(request.customerId, idempotencyKey(header(event, "Idempotency-Key")));
  const hash = requestHash(request);
  const location = `${(event.requestContext?.path ?? "/orders").replace(/\/+$/, "")}/${orderId}`;

  const prices = await findPrices(request.items.map(({ productId }) => productId));
  const unknown = request.items.map(({ productId }) => productId).filter((productId) => !prices.has(productId));
  if (unknown.length > 0) {
    // A product can be gone by the time that a request is repeated; its order is not.
    const earlier = await replay(orderId, hash, location);
    if (earlier) return earlier;
    throw new ProblemError(400, "PRODUCT_UNKNOWN", `there is no product ${quoted(unknown)}`);
  }

  const order: StoredOrder = {
    ...priceOrder(request, prices),
    orderId,
    status: "PENDING",
    createdAt: new Date().toISOString(),
    requestHash: hash,
  };
  if (await conditionHolds(() => putNewOrder(order))) {
    return { statusCode: 201, body: publicOrder(order), headers: { Location: location } };
  }
  const earlier = await replay(orderId, hash, location);
  if (!earlier) throw new Error(`order ${orderId} exists and cannot be read`);
  return earlier;
});

/** The answer to a repeated request; undefined when there was none before. */
async function replay(orderId: string, hash: string, location: string): Promise<Answer<Order> | undefined> {
  const order = await readOrder(orderId);
  if (!order) return undefined;
  if (order.requestHash !== hash) {
    throw new ProblemError(409, "IDEMPOTENCY_KEY_REUSED", "this Idempotency-Key was used for a different order");
  }
  return { statusCode: 201, body: publicOrder(order), headers: { Location: location, "Idempotent-Replayed": "true" } };
}

function putNewOrder(order: StoredOrder): Promise<unknown> {
  return dynamodb.send(
    new PutCommand({
      TableName: variable("ORDERS_TABLE"),
      Item: order,
      ConditionExpression: "attribute_not_exists(orderId)",
    }),
  );
}

function quoted(productIds: readonly string[]): string {
  return [...new Set(productIds)].map((productId) => `"${productId}"`).join(", ");
}
