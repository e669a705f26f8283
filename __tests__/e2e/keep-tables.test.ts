import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startGateway } from "./support/headgate-process";

jest.setTimeout(60_000);

const folder = mkdtempSync(join(tmpdir(), "headgate-e2e-"));
const env = { CDKTF_OUTDIR: join(folder, "cdktf.out") };
const data = ["--data", join(folder, "data")];

afterAll(() => rmSync(folder, { recursive: true }));

describe("headgate local --data", () => {
  it("keeps orders over a restart", async () => {
    const before = await startGateway(data, { env });
    const created = await fetch(`${before.url}/v1/orders`, {
      method: "POST",
      headers: { "x-api-key": "headgate-local-free", "Content-Type": "application/json" },
      body: JSON.stringify({ customerId: "c", items: [{ productId: "hand-grinder", quantity: 1 }] }),
    });
    const order = await created.json();
    await before.stop();

    const after = await startGateway([...data, "--no-synth"], { env });
    const kept = await fetch(`${after.url}/v1/orders/${order.orderId}`);
    const products = await fetch(`${after.url}/v1/products`);
    const keptOrder = await kept.json();
    const { items } = await products.json();
    await after.stop();

    expect(created.status).toBe(201);
    expect(keptOrder).toEqual(order);
    expect(items).toHaveLength(6);
  });
});
