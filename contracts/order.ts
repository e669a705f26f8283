import { z } from "zod";
import { pageSchema } from "./page";

// The schemas become models of API Gateway: they stay within what JSON Schema draft 4 and OpenAPI 3.0 share.

/** One line of an order that is to be created. */
export const orderLineSchema = z.strictObject({
  productId: z.string().min(1).max(64),
  quantity: z.int().min(1).max(1000),
});

/** Body of `POST /orders`. */
export const createOrderSchema = z.strictObject({
  customerId: z.string().min(1).max(64),
  items: z.array(orderLineSchema).min(1).max(25),
  note: z.string().max(500).optional(),
});

/** Where an order is in its life. Only a pending one can be cancelled. */
export const orderStatusSchema = z.enum(["PENDING", "SHIPPED", "CANCELLED"]);

/** An order as the API answers it. */
export const orderSchema = z.object({
  orderId: z.string(),
  customerId: z.string(),
  status: orderStatusSchema,
  items: z.array(
    z.object({
      productId: z.string(),
      quantity: z.int().min(1),
      unitPriceCents: z.int().min(0).describe("Price when the order was created, in euro cents"),
    }),
  ),
  totalCents: z.int().min(0).describe("In euro cents"),
  note: z.string().optional(),
  createdAt: z.string().describe("ISO 8601, UTC"),
});

/** One page of `GET /orders`, newest first. */
export const orderPageSchema = pageSchema(orderSchema);

/** Body of `POST /orders/{orderId}/events`: what happened to an order outside of this API. */
export const orderEventSchema = z.strictObject({
  type: z.enum(["PAID", "PACKED", "SHIPPED", "DELIVERED", "RETURNED"]),
  note: z.string().max(500).optional(),
});

export type OrderLine = z.infer<typeof orderLineSchema>;
export type CreateOrder = z.infer<typeof createOrderSchema>;
export type OrderStatus = z.infer<typeof orderStatusSchema>;
export type Order = z.infer<typeof orderSchema>;
export type OrderEvent = z.infer<typeof orderEventSchema>;
