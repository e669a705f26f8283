/** Upper bounds in milliseconds; the last is the longest time that an integration has by default. */
const BOUNDS_MILLIS = [1, 5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000, 29_000];

/** How long things took, by buckets. */
export class Histogram {
  /** One for each bound, and one for what is above them all. */
  private readonly counts = new Array<number>(BOUNDS_MILLIS.length + 1).fill(0);
  private sumMillis = 0;

  observe(millis: number): void {
    const index = BOUNDS_MILLIS.findIndex((bound) => millis <= bound);
    const bucket = index < 0 ? BOUNDS_MILLIS.length : index;
    this.counts[bucket] = (this.counts[bucket] ?? 0) + 1;
    this.sumMillis += millis;
  }

  /** As Prometheus counts: each bucket holds those before it; seconds. */
  read(): { readonly buckets: readonly (readonly [bound: string, count: number])[]; sum: number; count: number } {
    let count = 0;
    const buckets = this.counts.map((inBucket, index) => {
      count += inBucket;
      const bound = BOUNDS_MILLIS[index];
      return [bound === undefined ? "+Inf" : String(bound / 1_000), count] as const;
    });
    return { buckets, sum: this.sumMillis / 1_000, count };
  }
}
