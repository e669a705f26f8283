import type { ThrottleDefinition } from "../../definition/usage-plan";

/** What one request costs: in thousandths, so that a bucket that refills by whole requests a second counts exactly. */
const TOKEN = 1000;

/** A token bucket: holds `burstLimit` requests and refills by `rateLimit` a second. A rate of 0 lets nothing pass. */
export class TokenBucket {
  private readonly capacity: number;
  private level: number;
  private refilledAtMillis = 0;

  constructor(readonly limits: ThrottleDefinition) {
    this.capacity = limits.rateLimit > 0 ? limits.burstLimit * TOKEN : 0;
    this.level = this.capacity;
  }

  /** Whether a request may pass now. */
  hasToken(nowMillis: number): boolean {
    const elapsed = Math.max(nowMillis - this.refilledAtMillis, 0);
    this.level = Math.min(this.capacity, this.level + elapsed * this.limits.rateLimit);
    this.refilledAtMillis = nowMillis;
    return this.level >= TOKEN;
  }

  /** Lets a request pass; ask `hasToken` first. */
  take(): void {
    this.level -= TOKEN;
  }
}
