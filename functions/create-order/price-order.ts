import type { CreateOrder, Order } from "../../contracts/order";

/** What an order takes over from its request, with today's prices. All amounts are integer cents. */
export function priceOrder(
  { customerId, items, note }: CreateOrder,
  prices: ReadonlyMap<string, number>,
): Pick<Order, "customerId" | "items" | "note" | "totalCents"> {
  const priced = items.map(({ productId, quantity }) => {
    const unitPriceCents = prices.get(productId);
    if (unitPriceCents === undefined) throw new Error(`product ${productId} has no price`);
    return { productId, quantity, unitPriceCents };
  });
  const totalCents = priced.reduce((sum, { quantity, unitPriceCents }) => sum + quantity * unitPriceCents, 0);
  return { customerId, items: priced, totalCents, ...(note === undefined ? {} : { note }) };
}
