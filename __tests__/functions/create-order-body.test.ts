import fc from "fast-check";
import { createOrderSchema } from "../../contracts/order";
import { checkedCreateOrder } from "../../functions/create-order/create-order-body";

function isAccepted(body: unknown): boolean {
  try {
    checkedCreateOrder(body);
    return true;
  } catch {
    return false;
  }
}

const LINE = { productId: "beans", quantity: 1 };
const BODY = { customerId: "ann", items: [LINE] };

describe("the body that create-order accepts", () => {
  it.each<[string, unknown, boolean]>([
    ["the smallest order", BODY, true],
    ["a note", { ...BODY, note: "" }, true],
    ["25 lines", { ...BODY, items: Array(25).fill(LINE) }, true],
    ["26 lines", { ...BODY, items: Array(26).fill(LINE) }, false],
    ["no lines", { ...BODY, items: [] }, false],
    ["an unknown property", { ...BODY, total: 1 }, false],
    ["an unknown property in a line", { ...BODY, items: [{ ...LINE, price: 1 }] }, false],
    ["no customer", { items: [LINE] }, false],
    ["an empty customer", { ...BODY, customerId: "" }, false],
    ["a customer of 65 characters", { ...BODY, customerId: "x".repeat(65) }, false],
    ["a note of 501 characters", { ...BODY, note: "x".repeat(501) }, false],
    ["a note that is null", { ...BODY, note: null }, false],
    ["quantity 0", { ...BODY, items: [{ ...LINE, quantity: 0 }] }, false],
    ["quantity 1000", { ...BODY, items: [{ ...LINE, quantity: 1000 }] }, true],
    ["quantity 1001", { ...BODY, items: [{ ...LINE, quantity: 1001 }] }, false],
    ["a quantity as text", { ...BODY, items: [{ ...LINE, quantity: "1" }] }, false],
    ["null", null, false],
  ])("agrees with the contract about %s", (_, body, accepted) => {
    expect(isAccepted(body)).toBe(accepted);
    expect(createOrderSchema.safeParse(body).success).toBe(accepted);
  });

  it("fails when a text holds half a character, which no JSON Schema can say and DynamoDB cannot store", () => {
    expect(isAccepted({ ...BODY, customerId: "\ud800" })).toBe(false);
  });

  it("agrees with the contract about any JSON that resembles an order", () => {
    const anything = fc.jsonValue({ maxDepth: 1 });
    const line = fc.record(
      { productId: fc.oneof(fc.string(), anything), quantity: fc.oneof(fc.integer(), anything) },
      { requiredKeys: [] },
    );
    const items = fc.oneof(fc.array(fc.oneof(line, fc.constant(LINE)), { maxLength: 30 }), anything);
    const order = fc.record(
      { customerId: fc.oneof(fc.string(), anything), items, note: fc.oneof(fc.string(), anything) },
      { requiredKeys: [] },
    );

    fc.assert(
      fc.property(fc.oneof(order, anything), (body) => isAccepted(body) === createOrderSchema.safeParse(body).success),
    );
  });
});
