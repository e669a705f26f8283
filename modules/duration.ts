const ISO_DURATION = /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/;

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

  /** As ISO 8601 writes it, without years and months: `PT1H30M`, `P1DT12H`. Throws `RangeError` for anything else. */
  static parse(text: string): Duration {
    const [, days, hours, minutes, seconds] = ISO_DURATION.exec(text) ?? [];
    const parts = [days, hours, minutes, seconds];
    if (parts.every((part) => part === undefined)) throw new RangeError(`"${text}" is no duration as in PT1H30M`);
    const [d = 0, h = 0, m = 0, s = 0] = parts.map((part) => Number(part ?? 0));
    return Duration.seconds(((d * 24 + h) * 60 + m) * 60 + s);
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

  /** Throws `RangeError` when the duration is not a whole number of hours. */
  toHours(): number {
    return this.whole(3_600_000, "hours");
  }

  /** Throws `RangeError` when the duration is not a whole number of days. */
  toDays(): number {
    return this.whole(86_400_000, "days");
  }

  plus(other: Duration): Duration {
    return new Duration(this.milliseconds + other.milliseconds);
  }

  /** Throws `RangeError` when the other one is longer. */
  minus(other: Duration): Duration {
    return new Duration(this.milliseconds - other.milliseconds);
  }

  private whole(unit: number, name: string): number {
    if (this.milliseconds % unit !== 0) {
      throw new RangeError(`${this.milliseconds} ms is not a whole number of ${name}`);
    }
    return this.milliseconds / unit;
  }
}
