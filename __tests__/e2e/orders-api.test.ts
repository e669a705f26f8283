import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { callOperation } from "../../local/services/aws-json";
import { sqsAt } from "../../local/services/queues";
import { dynamodbAt } from "../../local/services/tables";
import { type RunningGateway, startGateway } from "./support/headgate-process";
import { type Answer, PRO, type RequestOptions, send, serviceUrl } from "./support/orders-client";

const REGION = "eu-west-1";
const ORIGIN = "http://localhost:5173";

jest.setTimeout(60_000);

const outputFolder = mkdtempSync(join(tmpdir(), "headgate-e2e-"));
let gateway: RunningGateway;

beforeAll(async () => {
  gateway = await startGateway([], { env: { CDKTF_OUTDIR: outputFolder } });
});

afterAll(async () => {
  const { status } = await gateway.stop();
  rmSync(outputFolder, { recursive: true });
  expect(status).toBe(0);
});

const request = (method: string, path: string, options?: RequestOptions) => send(gateway, method, path, options);

function createOrder(customerId: string, headers: object = {}, quantity = 1): Promise<Answer> {
  const items = [{ productId: "espresso-beans", quantity }];
  return request("POST", "/orders", { headers: { ...PRO, ...headers }, body: { customerId, items } });
}

describe("GET /health", () => {
  it("answers without a backend", async () => {
    const { status, body } = await request("GET", "/health");

    expect({ status, body }).toEqual({ status: 200, body: { status: "ok" } });
  });
});

describe("GET /products", () => {
  it("lists the seeded products page by page", async () => {
    const first = await request("GET", "/products?limit=4");
    const second = await request("GET", `/products?limit=4&cursor=${first.body.nextCursor}`);

    const ids = [first, second].flatMap(({ body }) => (body.items as { productId: string }[]).map((p) => p.productId));
    expect([first.status, second.status]).toEqual([200, 200]);
    expect(ids.sort()).toEqual([
      "decaf-beans",
      "espresso-beans",
      "filter-beans",
      "hand-grinder",
      "paper-filters",
      "pour-over-cone",
    ]);
    expect(second.body).not.toHaveProperty("nextCursor");
  });

  it("filters by category", async () => {
    const { body } = await request("GET", "/products?category=equipment");

    expect(body.items).toHaveLength(2);
  });

  it("gives one product", async () => {
    const { status, body } = await request("GET", "/products/espresso-beans");

    expect({ status, body }).toMatchObject({ status: 200, body: { productId: "espresso-beans", priceCents: 1890 } });
  });

  it("answers 404 for a product that is not there", async () => {
    const { status, body } = await request("GET", "/products/tea");

    expect({ status, code: body.code }).toEqual({ status: 404, code: "PRODUCT_NOT_FOUND" });
  });
});

describe("POST /orders", () => {
  it("creates an order", async () => {
    const created = await createOrder("customer-1", {}, 2);
    const read = await request("GET", `/orders/${created.body.orderId}`);

    expect(created).toMatchObject({ status: 201, body: { status: "PENDING", totalCents: 3780 } });
    expect(created.headers.get("location")).toBe(`/v1/orders/${created.body.orderId}`);
    expect(read).toMatchObject({ status: 200, body: created.body });
  });

  it("honours Idempotency-Key: the same order again, 409 for another one", async () => {
    const key = { "Idempotency-Key": "key-1" };

    const first = await createOrder("customer-2", key);
    const again = await createOrder("customer-2", key);
    const other = await createOrder("customer-2", key, 3);

    expect(first.status).toBe(201);
    expect(again).toMatchObject({ status: 201, body: { orderId: first.body.orderId } });
    expect(again.headers.get("idempotent-replayed")).toBe("true");
    expect(other).toMatchObject({ status: 409, body: { code: "IDEMPOTENCY_KEY_REUSED" } });
  });

  it("creates one order when the same request comes many times at once", async () => {
    const answers = await Promise.all(
      Array.from({ length: 6 }, () => createOrder("customer-3", { "Idempotency-Key": "key-1" })),
    );

    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201]));
    expect(new Set(answers.map(({ body }) => body.orderId)).size).toBe(1);
    expect(answers.filter(({ headers }) => headers.get("idempotent-replayed") === null)).toHaveLength(1);
  });

  it.each<[string, object | string, number, object]>([
    [
      "an unknown product",
      { customerId: "c", items: [{ productId: "tea", quantity: 1 }] },
      400,
      { code: "PRODUCT_UNKNOWN" },
    ],
    ["no items", { customerId: "c", items: [] }, 400, { message: "Invalid request body" }],
    [
      "an unknown property",
      { customerId: "c", items: [{ productId: "a", quantity: 1 }], x: 1 },
      400,
      { message: "Invalid request body" },
    ],
    ["a body that is not JSON", "{", 400, { message: "Invalid request body" }],
  ])("refuses %s", async (_title, body, status, expected) => {
    const answer = await request("POST", "/orders", { headers: PRO, body });

    expect(answer).toMatchObject({ status, body: expected });
  });

  it.each<[string, object]>([
    ["without an API key", {}],
    ["with a wrong API key", { "x-api-key": "wrong" }],
  ])("answers 403 %s", async (_title, headers) => {
    const answer = await request("POST", "/orders", { headers: { ...headers, Origin: ORIGIN }, body: {} });

    expect(answer).toMatchObject({ status: 403, body: { message: "Forbidden" } });
    expect(answer.headers.get("x-amzn-errortype")).toBe("ForbiddenException");
    expect(answer.headers.get("access-control-allow-origin")).toBe("https://dev.shop.example.com");
  });

  it.each([
    [10_485_760, 400, '{"message":"Invalid request body"}'],
    [10_485_761, 413, "HTTP content length exceeded 10485760 bytes."],
  ])("answers a body of %d bytes with %d", async (bytes, status, text) => {
    const response = await fetch(`${gateway.url}/v1/orders`, {
      method: "POST",
      headers: { ...PRO, "Content-Type": "application/json" },
      body: '{"customerId":"c","items":[]}'.padEnd(bytes),
    });

    expect({ status: response.status, text: await response.text() }).toEqual({ status, text });
  });
});

describe("GET /orders", () => {
  it("pages through a customer's orders, newest first", async () => {
    const created: unknown[] = [];
    for (let n = 0; n < 3; n++) created.unshift((await createOrder("customer-4")).body.orderId);

    const first = await request("GET", "/orders?customerId=customer-4&limit=2");
    const second = await request("GET", `/orders?customerId=customer-4&limit=2&cursor=${first.body.nextCursor}`);

    const ids = [first, second].flatMap(({ body }) => (body.items as { orderId: string }[]).map((o) => o.orderId));
    expect(ids).toEqual(created);
    expect(second.body).not.toHaveProperty("nextCursor");
  });

  it.each([
    ["without a customer", "/orders", { message: "Missing required request parameters: [customerId]" }],
    ["with a limit of zero", "/orders?customerId=c&limit=0", { code: "LIMIT_INVALID" }],
    ["with a broken cursor", "/orders?customerId=c&cursor=x", { code: "CURSOR_INVALID" }],
  ])("answers 400 %s", async (_title, path, expected) => {
    const { status, body } = await request("GET", path);

    expect({ status, body }).toMatchObject({ status: 400, body: expected });
  });

  it.each(["GET", "DELETE"])("answers 404 to %s for an order that is not there", async (method) => {
    const { status, body } = await request(method, "/orders/none");

    expect({ status, code: body.code }).toEqual({ status: 404, code: "ORDER_NOT_FOUND" });
  });
});

describe("DELETE /orders/{orderId}", () => {
  it("cancels a pending order, and says so again", async () => {
    const { body: order } = await createOrder("customer-5");

    const cancelled = await request("DELETE", `/orders/${order.orderId}`);
    const again = await request("DELETE", `/orders/${order.orderId}`);

    expect(cancelled).toMatchObject({ status: 200, body: { status: "CANCELLED" } });
    expect(again).toMatchObject({ status: 200, body: { status: "CANCELLED" } });
  });

  it("answers 409 for an order that is shipped", async () => {
    const { body: order } = await createOrder("customer-6");
    await callOperation(dynamodbAt(serviceUrl(gateway, "dynamodb"), REGION), "UpdateItem", {
      TableName: "orders-dev-orders",
      Key: { orderId: { S: order.orderId } },
      UpdateExpression: "SET #s = :s",
      ExpressionAttributeNames: { "#s": "status" },
      ExpressionAttributeValues: { ":s": { S: "SHIPPED" } },
    });

    const { status, body } = await request("DELETE", `/orders/${order.orderId}`);

    expect({ status, code: body.code }).toEqual({ status: 409, code: "ORDER_NOT_CANCELLABLE" });
  });
});

describe("POST /orders/{orderId}/events", () => {
  it("puts the event into the queue, word for word", async () => {
    const event = { type: "PAID", note: `it's "paid" \\ ünïcode\n` };

    const { status, body } = await request("POST", "/orders/o-1/events", { body: event });
    const { Messages } = await callOperation(sqsAt(serviceUrl(gateway, "sqs"), REGION), "ReceiveMessage", {
      QueueUrl: "https://sqs.eu-west-1.amazonaws.com/111111111111/orders-dev-events",
      MessageAttributeNames: ["All"],
    });

    expect({ status, body }).toEqual({ status: 202, body: { messageId: expect.stringMatching(/^[0-9a-f-]{36}$/) } });
    const [message] = Messages as { Body: string; MessageAttributes: object }[];
    expect(JSON.parse(message?.Body ?? "")).toEqual(event);
    expect(message?.MessageAttributes).toMatchObject({ orderId: { StringValue: "o-1" } });
  });

  it("refuses an event of an unknown type", async () => {
    const { status, body } = await request("POST", "/orders/o-1/events", { body: { type: "LOST" } });

    expect({ status, body }).toEqual({ status: 400, body: { message: "Invalid request body" } });
  });
});

describe("GET /exchange-rates", () => {
  it("answers what the small upstream answers", async () => {
    const { status, body } = await request("GET", "/exchange-rates");

    expect({ status, body }).toMatchObject({ status: 200, body: { base: "EUR" } });
  });
});

describe("every route", () => {
  it.each([ORIGIN, "https://dev.shop.example.com"])("lets pages of %s in", async (origin) => {
    const preflight = await request("OPTIONS", "/orders", {
      headers: { Origin: origin, "Access-Control-Request-Method": "POST" },
    });
    const answer = await request("GET", "/products", { headers: { Origin: origin } });

    expect(preflight.status).toBe(204);
    expect(preflight.headers.get("access-control-allow-origin")).toBe(origin);
    expect(preflight.headers.get("access-control-allow-methods")).toContain("POST");
    expect(preflight.headers.get("access-control-allow-headers")).toContain("Idempotency-Key");
    expect(answer.headers.get("access-control-allow-origin")).toBe(origin);
  });

  it("gives pages of other origins no right to read answers", async () => {
    const { headers } = await request("GET", "/products", { headers: { Origin: "https://evil.example.com" } });

    expect(headers.get("access-control-allow-origin")).toBeNull();
  });

  it("answers products from the cache, and ignores who asks for fresh ones", async () => {
    await request("GET", "/products");

    const { status, headers } = await request("GET", "/products", { headers: { "Cache-Control": "max-age=0" } });

    expect(status).toBe(200);
    expect(headers.get("warning")).toMatch(/^199 /);
  });

  it.each([
    ["GET", "/nothing"],
    ["PUT", "/orders"],
  ])("answers %s %s, which is no route, as AWS does", async (method, path) => {
    const { status, body } = await request(method, path);

    expect({ status, body }).toEqual({ status: 403, body: { message: "Missing Authentication Token" } });
  });
});

describe("the terminal", () => {
  it("shows routes, keys and a request that works", () => {
    const output = gateway.output();

    expect(output).toMatch(/^ {2}POST +\/v1\/orders +AWS_PROXY orders-dev-create-order/m);
    expect(output).toMatch(/^ {2}pro +headgate-local-pro$/m);
    expect(output).toMatch(/^ {2}curl http:\/\/127\.0\.0\.1:\d+\/v1\/products$/m);
  });

  it("shows logs of functions and of the stage, and no warning about the local Node.js", async () => {
    await request("GET", "/products");

    await gateway.printed(/^orders-dev-list-products \| REPORT RequestId: /m);
    const [line = "{}"] = await gateway.printed(/(?<=^access v1 \| )\{.*"resourcePath":"\/products".*\}$/m);
    expect(JSON.parse(line)).toMatchObject({ httpMethod: "GET", status: "200" });
    expect(gateway.output()).not.toContain("NodeVersionSupportWarning");
  });
});
