import { z } from "zod";
import { pageSchema } from "./page";

/** A product that can be ordered. */
export const productSchema = z.object({
  productId: z.string().min(1).max(64),
  name: z.string().min(1),
  description: z.string().optional(),
  category: z.string().min(1),
  priceCents: z.int().min(0).describe("In euro cents"),
});

/** One page of `GET /products`, in no particular order. */
export const productPageSchema = pageSchema(productSchema);

export type Product = z.infer<typeof productSchema>;
