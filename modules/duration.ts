/** A length of time. Same shape as AWS CDK's `Duration`. */
export class Duration {
  static millis(amount: number): Duration {
    return new Duration(amount);
  }

  static seconds(amount: number): Duration {
    return new Duration(amount * 1000);
  }

  static minutes(amount: number): Duration {
    return new Duration(amount * 60_000);
  }

  static hours(amount: number): Duration {
    return new Duration(amount * 3_600_000);
  }

  static days(amount: number): Duration {
    return new Duration(amount * 86_400_000);
  }

  private constructor(private readonly milliseconds: number) {
    if (!Number.isFinite(milliseconds) || milliseconds < 0) {
      throw new RangeError(`a duration must be a positive number of milliseconds, got ${milliseconds}`);
    }
  }

  toMilliseconds(): number {
    return this.milliseconds;
  }

  /** Throws `RangeError` when the duration is not a whole number of seconds. */
  toSeconds(): number {
    return this.whole(1000, "seconds");
  }

  /** Throws `RangeError` when the duration is not a whole number of minutes. */
  toMinutes(): number {
    return this.whole(60_000, "minutes");
  }

  /** Throws `RangeError` when the duration is not a whole number of days. */
  toDays(): number {
    return this.whole(86_400_000, "days");
  }

  plus(other: Duration): Duration {
    return new Duration(this.milliseconds + other.milliseconds);
  }

  private whole(unit: number, name: string): number {
    if (this.milliseconds % unit !== 0) {
      throw new RangeError(`${this.milliseconds} ms is not a whole number of ${name}`);
    }
    return this.milliseconds / unit;
  }
}
