import { OPERATION_RATES, secondsFor, TOTAL_RATE } from "./control-plane-rates";
import { type Calls, totalOf } from "./count-calls";

/** The least time that AWS's quotas leave, when nobody else calls in the account and region. */
export interface MinimumTime {
  readonly seconds: number;
  /** The operation whose own quota takes the longest, or `"total"`. Absent: nothing has to wait. */
  readonly limitedBy?: string;
}

/** The time of the most constraining quota: those of single operations, and that of all together. */
export function minimumTime(calls: Calls): MinimumTime {
  const waits = [
    { limitedBy: "total", seconds: secondsFor(totalOf(calls), TOTAL_RATE) },
    ...[...calls].map(([operation, count]) => ({ limitedBy: operation, seconds: ownSeconds(operation, count) })),
  ];
  const longest = waits.reduce((left, right) => (right.seconds > left.seconds ? right : left));
  return longest.seconds === 0 ? { seconds: 0 } : longest;
}

/** Seconds that an operation's own quota takes; 0 where it has none. */
export function ownSeconds(operation: string, calls: number): number {
  const rate = OPERATION_RATES[operation];
  return rate === undefined ? 0 : secondsFor(calls, rate);
}
