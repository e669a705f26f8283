import { type ZodType, z } from "zod";

/** A page of a list. `nextCursor` is opaque; it is absent on the last page. */
export function pageSchema<T extends ZodType>(item: T) {
  return z.object({ items: z.array(item), nextCursor: z.string().optional() });
}

/** A page of a list, see {@link pageSchema}. */
export interface Page<T> {
  readonly items: readonly T[];
  readonly nextCursor?: string;
}
