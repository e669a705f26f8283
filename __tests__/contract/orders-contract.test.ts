import { randomUUID } from "node:crypto";
import { setTimeout as delay } from "node:timers/promises";
import { type Order, orderPageSchema, orderSchema } from "../../contracts/order";
import type { Page } from "../../contracts/page";
import { contractProblems } from "./contract-problems";
import { type ContractAnswer, Customer } from "./customer";
import { EXCHANGES } from "./exchanges";
import { type StageUnderTest, stageUnderTest } from "./stage-under-test";

jest.setTimeout(60_000);

/** Longest time until an index of DynamoDB shows what was written. */
const INDEXED_MILLIS = 20_000;

const ROWS = Object.entries(EXCHANGES).flatMap(([route, exchanges]) =>
  exchanges.map((exchange) => {
    const { does, smoke } = exchange;
    return [`${route} ${does}${smoke ? " [smoke]" : ""}`, route, exchange] as const;
  }),
);

describe("the contract of the orders API", () => {
  let stage: StageUnderTest;
  let customer: Customer;

  beforeAll(async () => {
    stage = await stageUnderTest();
    customer = new Customer(stage);
  });
  afterAll(async () => {
    await customer?.leave();
    await stage?.stop();
  });

  async function create(headers: Record<string, string>, changes = {}): Promise<ContractAnswer> {
    const body = await customer.orderBody(changes);
    return customer.send({ method: "POST", path: "/orders", keyed: true, headers, body });
  }

  it.each(ROWS)("%s", async (_title, route, exchange) => {
    const [method = "", path = ""] = route.split(" ");
    const request = { method, path, ...(await exchange.request?.(customer)) };

    const answer = await customer.send(request);

    expect(contractProblems(answer, exchange.answer)).toEqual([]);
  });

  it("answers a repeated order with the same one, and refuses another one under its key", async () => {
    const key = { "Idempotency-Key": randomUUID() };

    const first = await create(key);
    const again = await create(key);
    const other = await create(key, { note: "another one" });

    expect(contractProblems(again, { status: 201, body: orderSchema })).toEqual([]);
    expect(again.body).toEqual(first.body);
    expect(again.headers.get("idempotent-replayed")).toBe("true");
    expect(other).toMatchObject({ status: 409, body: { code: "IDEMPOTENCY_KEY_REUSED" } });
  });

  it("prices an order, and keeps it as it was answered until it is cancelled, once and for all", async () => {
    const created = (await create({})).body as Order;
    const path = `/orders/${created.orderId}`;

    const read = await customer.send({ method: "GET", path });
    const first = await customer.send({ method: "DELETE", path });
    const second = await customer.send({ method: "DELETE", path });

    expect(created.totalCents).toBe(
      created.items.reduce((sum, { quantity, unitPriceCents }) => sum + quantity * unitPriceCents, 0),
    );
    expect(read.body).toEqual(created);
    expect(first.body).toEqual({ ...created, status: "CANCELLED" });
    expect(second).toMatchObject({ status: 200, body: first.body });
  });

  it("pages through the orders of a customer", async () => {
    const two = new Customer(stage);
    const ordered = [await two.order(), await two.order()];
    const page = (query: string) =>
      two.send({ method: "GET", path: `/orders?customerId=${two.customerId}&limit=1${query}` });

    const first = await waitFor(
      () => page(""),
      ({ body }) => (body as Page<Order>).nextCursor !== undefined,
    );
    const { nextCursor, items } = first.body as Page<Order>;
    const second = await page(`&cursor=${nextCursor}`);
    await two.leave();

    const schema = { status: 200, body: orderPageSchema };
    expect([first, second].flatMap((answer) => contractProblems(answer, schema))).toEqual([]);
    const listed = [...items, ...(second.body as Page<Order>).items].map(({ orderId }) => orderId);
    expect(listed.sort()).toEqual(ordered.sort());
  });

  it("lets pages of the shop read answers, and no others [smoke]", async () => {
    const preflight = await customer.send({ method: "OPTIONS", path: "/orders" });
    const shop = preflight.headers.get("access-control-allow-origin") ?? "";
    const path = `/orders/${customer.customerId}`;

    const ofShop = await customer.send({ method: "GET", path, headers: { Origin: shop } });
    const ofOthers = await customer.send({ method: "GET", path, headers: { Origin: "https://contract.invalid" } });

    expect(ofShop.headers.get("access-control-allow-origin")).toBe(shop);
    expect(ofOthers.headers.get("access-control-allow-origin")).toBeNull();
  });

  // The limits of a shared stage are those of other people's requests.
  if (!process.env.BASE_URL) {
    it("slows down who orders too fast", async () => {
      const request = { method: "POST", path: "/orders", keyed: true, body: {} };

      const answers = await Promise.all(Array.from({ length: 40 }, () => customer.sendOnce(request)));

      const throttled = answers.filter(({ status }) => status === 429);
      expect(throttled.length).toBeGreaterThan(0);
      expect(throttled.map(({ body }) => body)).toEqual(throttled.map(() => ({ message: "Too Many Requests" })));
    });
  }
});

/** Asks until the answer is as wanted; the last answer when time is over. */
async function waitFor(
  ask: () => Promise<ContractAnswer>,
  isWanted: (answer: ContractAnswer) => boolean,
): Promise<ContractAnswer> {
  const endsAt = Date.now() + INDEXED_MILLIS;
  for (;;) {
    const answer = await ask();
    if (isWanted(answer) || Date.now() > endsAt) return answer;
    await delay(200);
  }
}
