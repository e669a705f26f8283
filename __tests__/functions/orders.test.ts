import type { Order } from "../../contracts/order";
import type { Page } from "../../contracts/page";
import { handler as cancelOrder } from "../../functions/cancel-order/handler";
import { handler as getOrder } from "../../functions/get-order/handler";
import { handler as listOrders } from "../../functions/list-orders/handler";
import { encodeCursor } from "../../functions/shared/page";
import { invoke, storedOrder } from "./invoke";
import { startTables, type Tables } from "./tables";

let tables: Tables;

beforeAll(async () => {
  tables = await startTables();
});
afterAll(() => tables.stop());

function orderOf(customerId: string, number: number) {
  const createdAt = `2026-01-01T00:00:${String(number).padStart(2, "0")}.000Z`;
  return storedOrder({ customerId, orderId: `${customerId}-${number}`, createdAt });
}

describe("get-order", () => {
  it("answers an order without what is internal", async () => {
    const { requestHash: _, ...order } = storedOrder({ orderId: "to-get" });
    await tables.addOrders(storedOrder({ orderId: "to-get" }));

    expect(await invoke(getOrder, { path: { orderId: "to-get" } })).toMatchObject({ statusCode: 200, body: order });
    expect((await invoke(getOrder, { path: { orderId: "to-get" } })).body).not.toHaveProperty("requestHash");
  });

  it.each([
    ["the order does not exist", "gone", 404, "ORDER_NOT_FOUND"],
    ["the id is longer than any id", "x".repeat(3000), 400, "PARAMETER_TOO_LONG"],
  ])("fails when %s", async (_, orderId, statusCode, code) => {
    expect(await invoke(getOrder, { path: { orderId } })).toMatchObject({ statusCode, body: { code } });
  });
});

describe("cancel-order", () => {
  it("cancels a pending order and answers it", async () => {
    await tables.addOrders(storedOrder({ orderId: "pending" }));

    const { statusCode, body } = await invoke(cancelOrder, { path: { orderId: "pending" } });

    expect({ statusCode, body }).toMatchObject({ statusCode: 200, body: { orderId: "pending", status: "CANCELLED" } });
    expect(body).not.toHaveProperty("requestHash");
    expect(await tables.order("pending")).toMatchObject({ status: "CANCELLED", totalCents: 1000 });
  });

  it("answers the same to a second request", async () => {
    await tables.addOrders(storedOrder({ orderId: "twice" }));

    const first = await invoke(cancelOrder, { path: { orderId: "twice" } });
    const second = await invoke(cancelOrder, { path: { orderId: "twice" } });

    expect(second).toEqual(first);
  });

  it("fails when the order is shipped, and leaves it so", async () => {
    await tables.addOrders(storedOrder({ orderId: "shipped", status: "SHIPPED" }));

    const { statusCode, body } = await invoke(cancelOrder, { path: { orderId: "shipped" } });

    expect(statusCode).toBe(409);
    expect(body).toEqual({
      code: "ORDER_NOT_CANCELLABLE",
      message: 'only a pending order can be cancelled; "shipped" is shipped',
    });
    expect(await tables.order("shipped")).toMatchObject({ status: "SHIPPED" });
  });

  it("fails when the order does not exist, and does not create it", async () => {
    const reply = await invoke(cancelOrder, { path: { orderId: "nowhere" } });

    expect(reply).toMatchObject({ statusCode: 404, body: { code: "ORDER_NOT_FOUND" } });
    expect(await tables.order("nowhere")).toBeUndefined();
  });
});

describe("list-orders", () => {
  const list = (query: Record<string, string>) => invoke<Page<Order>>(listOrders, { query });

  beforeAll(async () => {
    await tables.addOrders(...Array.from({ length: 25 }, (_, number) => orderOf("cleo", number)), orderOf("dan", 1));
  });

  it("answers twenty orders of one customer, newest first, unless told otherwise", async () => {
    const { statusCode, body } = await list({ customerId: "cleo" });

    expect(statusCode).toBe(200);
    expect(body.items.map(({ orderId }) => orderId)).toEqual(
      Array.from({ length: 20 }, (_, index) => `cleo-${24 - index}`),
    );
    expect(body.items[0]).not.toHaveProperty("requestHash");
  });

  it.each(["1", "7", "25", "100"])("gives every order once with pages of %s", async (limit) => {
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const { body } = await list({ customerId: "cleo", limit, ...(cursor && { cursor }) });
      seen.push(...body.items.map(({ orderId }) => orderId));
      expect(body.items.length).toBeGreaterThan(0);
      cursor = body.nextCursor;
    } while (cursor);

    expect(seen).toEqual(Array.from({ length: 25 }, (_, index) => `cleo-${24 - index}`));
  });

  it("cannot be led to another customer by a cursor", async () => {
    const { body } = await list({ customerId: "cleo", limit: "5" });

    const other = await list({ customerId: "dan", cursor: body.nextCursor ?? "" });

    expect(other.body.items.map(({ orderId }) => orderId)).toEqual(["dan-1"]);
  });

  it("answers an empty page for a customer without orders", async () => {
    expect(await list({ customerId: "nobody" })).toMatchObject({ statusCode: 200, body: { items: [] } });
  });

  it.each([
    ["customerId is absent", {}, "CUSTOMER_ID_MISSING"],
    ["customerId is empty", { customerId: "" }, "CUSTOMER_ID_MISSING"],
    ["limit is 0", { customerId: "cleo", limit: "0" }, "LIMIT_INVALID"],
    ["limit is 101", { customerId: "cleo", limit: "101" }, "LIMIT_INVALID"],
    ["limit is empty", { customerId: "cleo", limit: "" }, "LIMIT_INVALID"],
    ["limit is no integer", { customerId: "cleo", limit: "2.5" }, "LIMIT_INVALID"],
    ["cursor is no base64url", { customerId: "cleo", cursor: "%%%" }, "CURSOR_INVALID"],
    [
      "cursor is no list",
      { customerId: "cleo", cursor: Buffer.from('{"a":1}').toString("base64url") },
      "CURSOR_INVALID",
    ],
    ["cursor belongs to another list", { customerId: "cleo", cursor: encodeCursor(["beans"]) }, "CURSOR_INVALID"],
    ["cursor holds an empty key", { customerId: "cleo", cursor: encodeCursor(["", "x"]) }, "CURSOR_INVALID"],
  ])("fails when %s", async (_, query, code) => {
    expect(await list(query)).toMatchObject({ statusCode: 400, body: { code } });
  });
});
