import type { APIGatewayProxyEvent, Context } from "aws-lambda";
import type { Order } from "../../contracts/order";
import type { Product } from "../../contracts/product";
import type { ApiHandler } from "../../functions/shared/api-handler";
import { logger } from "../../functions/shared/logger";
import type { StoredOrder } from "../../functions/shared/orders";

logger.setLogLevel("SILENT");

/** The parts of a request that a test states. */
export interface Request {
  readonly path?: Record<string, string>;
  /** Path of the URL. @default - `/v1/orders` */
  readonly urlPath?: string;
  readonly query?: Record<string, string>;
  readonly headers?: Record<string, string>;
  /** A string is sent as it is, anything else as JSON. */
  readonly body?: unknown;
}

export interface Reply<Body> {
  readonly statusCode: number;
  readonly headers: Record<string, unknown>;
  readonly body: Body;
}

/** Calls a handler as API Gateway does and reads its JSON. */
export async function invoke<Body = Record<string, unknown>>(
  handler: ApiHandler,
  request: Request = {},
): Promise<Reply<Body>> {
  const { path = null, query = null, urlPath = "/v1/orders", headers = {}, body } = request;
  const event = {
    httpMethod: "GET",
    resource: "/test",
    path: "/test",
    headers,
    pathParameters: path,
    queryStringParameters: query,
    body: body === undefined || typeof body === "string" ? (body ?? null) : JSON.stringify(body),
    isBase64Encoded: false,
    requestContext: { requestId: "request-1", path: urlPath },
  };
  const result = await handler(event as unknown as APIGatewayProxyEvent, CONTEXT);
  return { statusCode: result.statusCode, headers: result.headers ?? {}, body: JSON.parse(result.body) };
}

export const CONTEXT = { functionName: "test", awsRequestId: "invocation-1", memoryLimitInMB: "128" } as Context;

export function product(fields: Partial<Product> = {}): Product {
  return { productId: "beans", name: "Beans", category: "coffee", priceCents: 1000, ...fields };
}

export function storedOrder(fields: Partial<StoredOrder> = {}): StoredOrder {
  const order: Order = {
    orderId: "order-1",
    customerId: "ann",
    status: "PENDING",
    items: [{ productId: "beans", quantity: 1, unitPriceCents: 1000 }],
    totalCents: 1000,
    createdAt: "2026-01-01T00:00:00.000Z",
  };
  return { ...order, requestHash: "hash", ...fields };
}
