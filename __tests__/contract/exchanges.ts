import { z } from "zod";
import { orderPageSchema, orderSchema } from "../../contracts/order";
import { problemSchema } from "../../contracts/problem";
import { productPageSchema, productSchema } from "../../contracts/product";
import type { ExpectedAnswer } from "./contract-problems";
import type { ContractRequest, Customer } from "./customer";

/** A request, and the answer that is agreed on. */
export interface Exchange {
  readonly does: string;
  /** Among the few that run after every deployment; they need no API key and no product. */
  readonly smoke?: true;
  /** Verb and path are the route's unless it says otherwise. */
  request?(customer: Customer): Partial<ContractRequest> | Promise<Partial<ContractRequest>>;
  readonly answer: ExpectedAnswer;
}

const ALLOWED_ORIGIN = { "access-control-allow-origin": /^(https?:\/\/|\*$)/ };

const problem = (status: number, code: string): ExpectedAnswer => ({
  status,
  body: problemSchema.extend({ code: z.literal(code) }),
});

/** What API Gateway itself refuses; pages of the shop may read why. */
const refusal = (status: number, message: string): ExpectedAnswer => ({
  status,
  body: z.object({ message: z.literal(message) }),
  headers: ALLOWED_ORIGIN,
});

const NO_ROUTE: Exchange = { does: "is no route", smoke: true, answer: refusal(403, "Missing Authentication Token") };

const pending = orderSchema.extend({ status: z.literal("PENDING") });
const cancelled = orderSchema.extend({ status: z.literal("CANCELLED") });
const line = { productId: "contract", quantity: 1 };

/** All requests that stand alone, by route as it is declared; what works before what is refused. */
export const EXCHANGES: Readonly<Record<string, readonly Exchange[]>> = {
  "GET /health": [
    { does: "answers ok", smoke: true, answer: { status: 200, body: z.object({ status: z.literal("ok") }) } },
  ],
  "GET /products": [
    { does: "lists products", smoke: true, answer: { status: 200, body: productPageSchema } },
    {
      does: "lists one when it is asked for one",
      request: () => ({ path: "/products?limit=1" }),
      answer: { status: 200, body: productPageSchema.extend({ items: z.array(productSchema).length(1) }) },
    },
    {
      does: "lists nothing of a category that is not there",
      request: () => ({ path: "/products?category=contract-none" }),
      answer: { status: 200, body: productPageSchema.extend({ items: z.array(productSchema).length(0) }) },
    },
    {
      does: "refuses a limit of zero",
      request: () => ({ path: "/products?limit=0" }),
      answer: problem(400, "LIMIT_INVALID"),
    },
    {
      does: "refuses a cursor that is none",
      request: () => ({ path: "/products?cursor=x" }),
      answer: problem(400, "CURSOR_INVALID"),
    },
  ],
  "GET /products/{productId}": [
    {
      does: "gives a product",
      request: async (customer) => ({ path: `/products/${await customer.productId()}` }),
      answer: { status: 200, body: productSchema },
    },
    {
      does: "knows no such product",
      smoke: true,
      request: ({ customerId }) => ({ path: `/products/${customerId}` }),
      answer: problem(404, "PRODUCT_NOT_FOUND"),
    },
  ],
  "POST /orders": [
    {
      does: "creates an order",
      request: async (customer) => ({ keyed: true, body: await customer.orderBody({ note: "contract test" }) }),
      answer: { status: 201, body: pending, headers: { location: /\/orders\/[0-9a-f]{32}$/ } },
    },
    {
      does: "refuses a product that is not there",
      request: ({ customerId }) => ({ keyed: true, body: { customerId, items: [{ ...line, productId: customerId }] } }),
      answer: problem(400, "PRODUCT_UNKNOWN"),
    },
    {
      does: "refuses an idempotency key that is too long",
      request: ({ customerId }) => ({
        keyed: true,
        headers: { "Idempotency-Key": "k".repeat(256) },
        body: { customerId, items: [line] },
      }),
      answer: problem(400, "IDEMPOTENCY_KEY_INVALID"),
    },
    invalidOrder("no items", { customerId: "contract", items: [] }),
    invalidOrder("no customer", { items: [line] }),
    invalidOrder("a quantity of zero", { customerId: "contract", items: [{ ...line, quantity: 0 }] }),
    invalidOrder("an unknown property", { customerId: "contract", items: [line], discount: 1 }),
    invalidOrder("text that is no JSON", "{"),
    {
      does: "lets nobody order without an API key",
      smoke: true,
      request: () => ({ body: {} }),
      answer: refusal(403, "Forbidden"),
    },
    {
      does: "lets nobody order with a wrong API key",
      request: () => ({ headers: { "x-api-key": "contract-test-wrong" }, body: {} }),
      answer: refusal(403, "Forbidden"),
    },
  ],
  "GET /orders": [
    {
      does: "lists nothing of a customer without orders",
      request: ({ customerId }) => ({ path: `/orders?customerId=${customerId}-new` }),
      answer: { status: 200, body: orderPageSchema.extend({ items: z.array(orderSchema).length(0) }) },
    },
    {
      does: "refuses to list orders of nobody",
      smoke: true,
      answer: refusal(400, "Missing required request parameters: [customerId]"),
    },
    {
      does: "refuses a limit that is too high",
      request: ({ customerId }) => ({ path: `/orders?customerId=${customerId}&limit=101` }),
      answer: problem(400, "LIMIT_INVALID"),
    },
    {
      does: "refuses a cursor that is none",
      request: ({ customerId }) => ({ path: `/orders?customerId=${customerId}&cursor=x` }),
      answer: problem(400, "CURSOR_INVALID"),
    },
  ],
  "GET /orders/{orderId}": [
    {
      does: "gives an order",
      request: async (customer) => ({ path: `/orders/${await customer.order()}` }),
      answer: { status: 200, body: pending },
    },
    {
      does: "knows no such order",
      smoke: true,
      request: ({ customerId }) => ({ path: `/orders/${customerId}` }),
      answer: problem(404, "ORDER_NOT_FOUND"),
    },
  ],
  "DELETE /orders/{orderId}": [
    {
      does: "cancels an order",
      request: async (customer) => ({ path: `/orders/${await customer.order()}` }),
      answer: { status: 200, body: cancelled },
    },
    {
      does: "knows no such order",
      request: ({ customerId }) => ({ path: `/orders/${customerId}` }),
      answer: problem(404, "ORDER_NOT_FOUND"),
    },
  ],
  "POST /orders/{orderId}/events": [
    {
      does: "takes what happened to an order",
      request: ({ customerId }) => ({
        path: `/orders/${customerId}/events`,
        body: { type: "PAID", note: "contract test" },
      }),
      answer: { status: 202, body: z.object({ messageId: z.uuid() }) },
    },
    {
      does: "refuses what cannot happen to an order",
      request: ({ customerId }) => ({ path: `/orders/${customerId}/events`, body: { type: "LOST" } }),
      answer: refusal(400, "Invalid request body"),
    },
  ],
  "GET /exchange-rates": [
    {
      does: "answers what the service behind it answers",
      answer: { status: 200, body: z.looseObject({ base: z.string(), rates: z.record(z.string(), z.number()) }) },
    },
  ],
  "OPTIONS /health": [preflight("GET,OPTIONS")],
  "OPTIONS /products": [preflight("GET,OPTIONS")],
  "OPTIONS /products/{productId}": [preflight("GET,OPTIONS")],
  "OPTIONS /orders": [{ ...preflight("GET,OPTIONS,POST"), smoke: true }],
  "OPTIONS /orders/{orderId}": [preflight("DELETE,GET,OPTIONS")],
  "OPTIONS /orders/{orderId}/events": [preflight("OPTIONS,POST")],
  "OPTIONS /exchange-rates": [preflight("GET,OPTIONS")],
  "GET /contract-none": [NO_ROUTE],
  "PUT /orders": [NO_ROUTE],
};

function invalidOrder(what: string, body: unknown): Exchange {
  return {
    does: `refuses ${what}`,
    request: () => ({ keyed: true, body }),
    answer: refusal(400, "Invalid request body"),
  };
}

function preflight(methods: string): Exchange {
  return {
    does: "lets pages of the shop in",
    request: () => ({ headers: { "Access-Control-Request-Method": "GET" } }),
    answer: {
      status: 204,
      body: z.undefined(),
      headers: { ...ALLOWED_ORIGIN, "access-control-allow-methods": new RegExp(`^${methods}$`), vary: /origin/i },
    },
  };
}
