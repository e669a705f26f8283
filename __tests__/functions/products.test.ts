import type { Page } from "../../contracts/page";
import { type Product, productSchema } from "../../contracts/product";
import { handler as getProduct } from "../../functions/get-product/handler";
import { handler as listProducts } from "../../functions/list-products/handler";
import seeds from "../../seeds/products.json";
import { invoke, product } from "./invoke";
import { startTables, type Tables } from "./tables";

let tables: Tables;

beforeAll(async () => {
  tables = await startTables();
  const many = Array.from({ length: 24 }, (_, number) => product({ productId: `tea-${number}`, category: "tea" }));
  await tables.addProducts(...many, product({ productId: "cup", category: "cups", description: "Blue" }));
});
afterAll(() => tables.stop());

describe("get-product", () => {
  it("answers a product", async () => {
    const { statusCode, body } = await invoke(getProduct, { path: { productId: "cup" } });

    expect(statusCode).toBe(200);
    expect(body).toEqual(product({ productId: "cup", category: "cups", description: "Blue" }));
  });

  it("finds a product whose id the client had to encode", async () => {
    await tables.addProducts(product({ productId: "café / crème" }));

    const { body } = await invoke(getProduct, { path: { productId: "caf%C3%A9%20%2F%20cr%C3%A8me" } });

    expect(body).toMatchObject({ productId: "café / crème" });
    await tables.removeProduct("café / crème");
  });

  it("takes a broken escape as it is", async () => {
    const { statusCode, body } = await invoke(getProduct, { path: { productId: "100%" } });

    expect(statusCode).toBe(404);
    expect(body).toMatchObject({ message: 'there is no product "100%"' });
  });

  it("fails when the product does not exist", async () => {
    const { statusCode, body } = await invoke(getProduct, { path: { productId: "gone" } });

    expect(statusCode).toBe(404);
    expect(body).toEqual({ code: "PRODUCT_NOT_FOUND", message: 'there is no product "gone"' });
  });
});

describe("list-products", () => {
  const list = (query?: Record<string, string>) => invoke<Page<Product>>(listProducts, { query });

  it("answers twenty products and a cursor unless told otherwise", async () => {
    const { statusCode, body } = await list();

    expect(statusCode).toBe(200);
    expect(body.items).toHaveLength(20);
    expect(body.nextCursor).toEqual(expect.any(String));
  });

  it.each([
    [{ limit: "1" }, 25],
    [{ limit: "7" }, 25],
    [{ limit: "25" }, 25],
    [{ limit: "5", category: "tea" }, 24],
    [{ limit: "24", category: "tea" }, 24],
    [{ category: "cups" }, 1],
    [{ category: "nothing" }, 0],
  ])("gives every product once for %j", async (query, count) => {
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const { body } = await list({ ...query, ...(cursor && { cursor }) });
      seen.push(...body.items.map(({ productId }) => productId));
      cursor = body.nextCursor;
    } while (cursor);

    expect(seen).toHaveLength(count);
    expect(new Set(seen).size).toBe(count);
  });

  it.each([
    ["limit is too large", { limit: "101" }, "LIMIT_INVALID"],
    ["cursor is made up", { cursor: "abc" }, "CURSOR_INVALID"],
  ])("fails when %s", async (_, query, code) => {
    expect(await list(query)).toMatchObject({ statusCode: 400, body: { code } });
  });
});

describe("seeds", () => {
  it.each(seeds.map((seed) => [seed.productId, seed]))("has a product that keeps the contract: %s", (_, seed) => {
    expect(productSchema.strict().parse(seed)).toEqual(seed);
  });
});
