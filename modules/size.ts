const KIBIBYTE = 1024;

/** An amount of storage. Same shape as AWS CDK's `Size`. */
export class Size {
  static bytes(amount: number): Size {
    return new Size(amount);
  }

  static kibibytes(amount: number): Size {
    return new Size(amount * KIBIBYTE);
  }

  static mebibytes(amount: number): Size {
    return new Size(amount * KIBIBYTE ** 2);
  }

  static gibibytes(amount: number): Size {
    return new Size(amount * KIBIBYTE ** 3);
  }

  private constructor(private readonly amount: number) {
    if (!Number.isFinite(amount) || amount < 0) {
      throw new RangeError(`a size must be a positive number of bytes, got ${amount}`);
    }
  }

  toBytes(): number {
    return this.amount;
  }

  /** May be a fraction. */
  toKibibytes(): number {
    return this.amount / KIBIBYTE;
  }

  /** May be a fraction. */
  toMebibytes(): number {
    return this.amount / KIBIBYTE ** 2;
  }
}
