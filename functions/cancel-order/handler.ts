import { UpdateCommand } from "@aws-sdk/lib-dynamodb";
import type { Order } from "../../contracts/order";
import { apiHandler } from "../shared/api-handler";
import { conditionHolds, dynamodb } from "../shared/dynamodb";
import { variable } from "../shared/environment";
import { orderNotFound, publicOrder, readOrder } from "../shared/orders";
import { ProblemError } from "../shared/problem-error";
import { pathParameter } from "../shared/request";

/** `DELETE /orders/{orderId}`: answers the cancelled order, also when it was cancelled before. */
export const handler = apiHandler<Order>(async (event) => {
  const orderId = pathParameter(event, "orderId");
  const cancelled = await conditionHolds(() => cancelPendingOrder(orderId));

  const order = await readOrder(orderId);
  if (!order) throw orderNotFound(orderId);
  if (!cancelled && order.status !== "CANCELLED") {
    throw new ProblemError(
      409,
      "ORDER_NOT_CANCELLABLE",
      `only a pending order can be cancelled; "${orderId}" is ${order.status.toLowerCase()}`,
    );
  }
  return { statusCode: 200, body: publicOrder(order) };
});

/** The condition decides at the moment of the write, so an order cannot be shipped between a check and it. It fails for a missing order too. */
function cancelPendingOrder(orderId: string): Promise<unknown> {
  return dynamodb.send(
    new UpdateCommand({
      TableName: variable("ORDERS_TABLE"),
      Key: { orderId },
      UpdateExpression: "SET #status = :cancelled",
      ConditionExpression: "#status = :pending",
      ExpressionAttributeNames: { "#status": "status" },
      ExpressionAttributeValues: { ":cancelled": "CANCELLED", ":pending": "PENDING" },
    }),
  );
}
