import type { Order } from "../../contracts/order";
import { apiHandler } from "../shared/api-handler";
import { orderNotFound, publicOrder, readOrder } from "../shared/orders";
import { pathParameter } from "../shared/request";

/** `GET /orders/{orderId}` */
export const handler = apiHandler<Order>(async (event) => {
  const orderId = pathParameter(event, "orderId");
  const order = await readOrder(orderId);
  if (!order) throw orderNotFound(orderId);
  return { statusCode: 200, body: publicOrder(order) };
});
