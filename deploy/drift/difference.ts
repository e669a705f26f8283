import type { Json } from "../../definition/json";
import { present } from "../../definition/present";

/** One thing that AWS has otherwise than the stack declares. */
export interface Difference {
  /** API, stage, route or function, as in `shop/v1 GET /orders`. */
  readonly place: string;
  /** As in `integration.timeoutMillis`. */
  readonly field: string;
  /** Absent: it is not declared. */
  readonly declared?: Json;
  /** Absent: it is not deployed. */
  readonly deployed?: Json;
}

/** Something that nobody compared. */
export interface NotCompared {
  readonly place: string;
  readonly field: string;
  readonly reason: string;
}

/** What a comparison came to. */
export interface Comparison {
  readonly differences: readonly Difference[];
  readonly notCompared: readonly NotCompared[];
}

/** Several comparisons as one. */
export function joined(comparisons: readonly Comparison[]): Comparison {
  return {
    differences: comparisons.flatMap(({ differences }) => differences),
    notCompared: comparisons.flatMap(({ notCompared }) => notCompared),
  };
}

/** A comparison that came to one difference. */
export function difference(
  place: string,
  field: string,
  declared: Json | undefined,
  deployed: Json | undefined,
): Comparison {
  return { differences: [present({ place, field, declared, deployed })], notCompared: [] };
}

/** A comparison that nobody can make. */
export function notCompared(place: string, field: string, reason: string): Comparison {
  return { differences: [], notCompared: [{ place, field, reason }] };
}
