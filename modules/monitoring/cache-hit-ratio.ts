import { MathExpression, type MathExpressionOptions } from "./math-expression";
import type { Metric } from "./metric";

/** How much of what could be answered from the cache was. */
export function cacheHitRatio(hits: Metric, misses: Metric, options: MathExpressionOptions): MathExpression {
  return new MathExpression({
    label: "cache hit ratio",
    ...options,
    expression: "hits / (hits + misses)",
    usingMetrics: { hits: hits.with({ statistic: "Sum" }), misses: misses.with({ statistic: "Sum" }) },
    range: [0, 1],
  });
}
