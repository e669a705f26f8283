import { QueryCommand } from "@aws-sdk/lib-dynamodb";
import type { Order } from "../../contracts/order";
import type { Page } from "../../contracts/page";
import { apiHandler } from "../shared/api-handler";
import { dynamodb } from "../shared/dynamodb";
import { variable } from "../shared/environment";
import { publicOrder, type StoredOrder } from "../shared/orders";
import { decodeCursor, pageOf } from "../shared/page";
import { ProblemError } from "../shared/problem-error";
import { limitOf, queryParameter } from "../shared/request";

/** `GET /orders?customerId&limit&cursor`: a customer's orders, newest first. */
export const handler = apiHandler<Page<Order>>(async (event) => {
  const customerId = queryParameter(event, "customerId");
  if (!customerId) throw new ProblemError(400, "CUSTOMER_ID_MISSING", "the query parameter customerId is required");
  const limit = limitOf(event);
  const cursor = queryParameter(event, "cursor");

  const { Items = [] } = await dynamodb.send(
    new QueryCommand({
      TableName: variable("ORDERS_TABLE"),
      IndexName: "by-customer",
      KeyConditionExpression: "customerId = :customerId",
      ExpressionAttributeValues: { ":customerId": customerId },
      ExclusiveStartKey: cursor === undefined ? undefined : startKey(customerId, cursor),
      ScanIndexForward: false,
      Limit: limit + 1,
    }),
  );

  const page = pageOf(Items as StoredOrder[], limit, ({ createdAt, orderId }) => [createdAt, orderId]);
  return { statusCode: 200, body: { ...page, items: page.items.map(publicOrder) } };
});

/** The customer is not part of the cursor: a cursor cannot lead to the orders of somebody else. */
function startKey(customerId: string, cursor: string): Record<string, string | undefined> {
  const [createdAt, orderId] = decodeCursor(cursor, 2);
  return { customerId, createdAt, orderId };
}
