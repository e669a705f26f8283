import type { Order } from "../../contracts/order";
import { orderSchema } from "../../contracts/order";
import type { Problem } from "../../contracts/problem";
import { handler } from "../../functions/create-order/handler";
import { invoke, product } from "./invoke";
import { startTables, type Tables } from "./tables";

const BODY = { customerId: "ann", items: [{ productId: "beans", quantity: 2 }] };
let tables: Tables;

beforeAll(async () => {
  tables = await startTables();
  await tables.addProducts(
    product({ productId: "beans", priceCents: 1290 }),
    product({ productId: "cone", priceCents: 5 }),
  );
});
afterAll(() => tables.stop());

function create(body: unknown, headers: Record<string, string> = {}) {
  return invoke<Order>(handler, { body, headers });
}

describe("creating an order", () => {
  it("stores a pending order with prices and total in cents and answers 201 with its place", async () => {
    const items = [
      { productId: "beans", quantity: 2 },
      { productId: "cone", quantity: 3 },
    ];

    const { statusCode, headers, body } = await create({ customerId: "ann", items, note: "ring twice" });

    expect(statusCode).toBe(201);
    expect(orderSchema.strict().parse(body)).toMatchObject({ status: "PENDING", totalCents: 2595, note: "ring twice" });
    expect(body.items[0]).toEqual({ productId: "beans", quantity: 2, unitPriceCents: 1290 });
    expect(headers.Location).toBe(`/v1/orders/${body.orderId}`);
    expect(await tables.order(body.orderId)).toMatchObject(body);
  });

  it("answers the same place when the URL ends with a slash", async () => {
    const { headers, body } = await invoke<Order>(handler, { body: BODY, urlPath: "/v1/orders/" });

    expect(headers.Location).toBe(`/v1/orders/${body.orderId}`);
  });

  it("counts a product that stands in two lines twice", async () => {
    const { body } = await create({ customerId: "ann", items: [...BODY.items, ...BODY.items] });

    expect(body.totalCents).toBe(4 * 1290);
  });

  it("makes a new order for every request without a key", async () => {
    const [first, second] = [await create(BODY), await create(BODY)];

    expect(first.body.orderId).not.toBe(second.body.orderId);
    expect(second.headers["Idempotent-Replayed"]).toBeUndefined();
  });

  it.each([
    ["the body is not JSON", "{", "BODY_NOT_JSON", /must be JSON/],
    ["there is no body", undefined, "BODY_NOT_JSON", /must be JSON/],
    ["the body is a list", [], "BODY_INVALID", /must be an object/],
    [
      "a quantity is a fraction",
      { ...BODY, items: [{ productId: "beans", quantity: 1.5 }] },
      "BODY_INVALID",
      /items\[0\]/,
    ],
    [
      "products do not exist",
      { ...BODY, items: ["x", "beans", "y", "x"].map((productId) => ({ productId, quantity: 1 })) },
      "PRODUCT_UNKNOWN",
      /"x", "y"$/,
    ],
  ])("fails when %s", async (_, body, code, message) => {
    const reply = await invoke<Problem>(handler, { body });

    expect(reply.statusCode).toBe(400);
    expect(reply.body.code).toBe(code);
    expect(reply.body.message).toMatch(message);
  });

  it.each(["", "x".repeat(256)])("fails when the Idempotency-Key is unusable (%#)", async (key) => {
    const reply = await invoke<Problem>(handler, { body: BODY, headers: { "Idempotency-Key": key } });

    expect(reply).toMatchObject({ statusCode: 400, body: { code: "IDEMPOTENCY_KEY_INVALID" } });
  });
});

describe("Idempotency-Key", () => {
  it("answers a repeated request with the order of the first, and says so", async () => {
    const first = await create(BODY, { "Idempotency-Key": "repeat" });
    const before = await tables.orderCount();

    const second = await create({ items: BODY.items, customerId: "ann" }, { "idempotency-key": "repeat" });

    expect(second.statusCode).toBe(201);
    expect(second.body).toEqual(first.body);
    expect([first, second].map(({ headers }) => headers["Idempotent-Replayed"])).toEqual([undefined, "true"]);
    expect(await tables.orderCount()).toBe(before);
  });

  it("makes one order of requests at the same moment", async () => {
    const before = await tables.orderCount();

    const replies = await Promise.all(Array.from({ length: 8 }, () => create(BODY, { "Idempotency-Key": "at-once" })));

    expect(new Set(replies.map(({ body }) => body.orderId)).size).toBe(1);
    expect(replies.filter(({ headers }) => headers["Idempotent-Replayed"] === "true")).toHaveLength(7);
    expect(await tables.orderCount()).toBe(before + 1);
  });

  it("answers with the order as it is now", async () => {
    const first = await create(BODY, { "Idempotency-Key": "shipped" });
    await tables.setOrderStatus(first.body.orderId, "SHIPPED");

    const second = await create(BODY, { "Idempotency-Key": "shipped" });

    expect(second.body).toEqual({ ...first.body, status: "SHIPPED" });
  });

  it("answers with the order even when its product is gone since", async () => {
    await tables.addProducts(product({ productId: "seasonal" }));
    const body = { customerId: "ann", items: [{ productId: "seasonal", quantity: 1 }] };
    const first = await create(body, { "Idempotency-Key": "season" });
    await tables.removeProduct("seasonal");

    const [again, anew] = [await create(body, { "Idempotency-Key": "season" }), await create(body)];

    expect(again).toMatchObject({ statusCode: 201, body: first.body });
    expect(anew.statusCode).toBe(400);
  });

  it("belongs to its customer", async () => {
    const ann = await create(BODY, { "Idempotency-Key": "shared" });

    const bob = await create({ ...BODY, customerId: "bob" }, { "Idempotency-Key": "shared" });

    expect(bob.statusCode).toBe(201);
    expect(bob.body.orderId).not.toBe(ann.body.orderId);
  });

  it.each([
    ["a quantity", { ...BODY, items: [{ productId: "beans", quantity: 3 }] }],
    ["the note", { ...BODY, note: "" }],
    ["the products, to one that does not exist", { ...BODY, items: [{ productId: "gone", quantity: 2 }] }],
  ])("fails when a repeated request changes %s", async (_, changed) => {
    await create(BODY, { "Idempotency-Key": "changed" });

    const reply = await invoke<Problem>(handler, { body: changed, headers: { "Idempotency-Key": "changed" } });

    expect(reply).toMatchObject({ statusCode: 409, body: { code: "IDEMPOTENCY_KEY_REUSED" } });
  });
});
