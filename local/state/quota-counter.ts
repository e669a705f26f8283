import type { QuotaPeriod, UsagePlanDefinition } from "../../definition/usage-plan";

/** How many requests a plan gives, and for how long. */
export type QuotaDefinition = NonNullable<UsagePlanDefinition["quota"]>;

/** When the period that a day belongs to ends: at midnight UTC, on a Sunday or on the first of a month. */
const PERIOD_ENDS: Readonly<Record<QuotaPeriod, (day: Date) => number>> = {
  DAY: (day) => Date.UTC(day.getUTCFullYear(), day.getUTCMonth(), day.getUTCDate() + 1),
  WEEK: (day) => Date.UTC(day.getUTCFullYear(), day.getUTCMonth(), day.getUTCDate() + 7 - day.getUTCDay()),
  MONTH: (day) => Date.UTC(day.getUTCFullYear(), day.getUTCMonth() + 1),
};

/** Counts the requests of one key under one plan. The first period begins with the quota's offset. */
export class QuotaCounter {
  private used: number;
  private endsAtMillis: number | undefined;

  constructor(readonly quota: QuotaDefinition) {
    this.used = quota.offset;
  }

  /** Counts a request. False when the period has none left; such a request is not counted. */
  count(nowMillis: number): boolean {
    this.endsAtMillis ??= this.endOfPeriod(nowMillis);
    if (nowMillis >= this.endsAtMillis) {
      this.used = 0;
      this.endsAtMillis = this.endOfPeriod(nowMillis);
    }
    if (this.used >= this.quota.limit) return false;
    this.used += 1;
    return true;
  }

  private endOfPeriod(nowMillis: number): number {
    return PERIOD_ENDS[this.quota.period](new Date(nowMillis));
  }
}
