import { Size } from "../../modules";

describe("Size", () => {
  it.each([
    ["bytes", Size.bytes(1_572_864)],
    ["kibibytes", Size.kibibytes(1_536)],
    ["mebibytes", Size.mebibytes(1.5)],
    ["gibibytes", Size.gibibytes(1.5 / 1024)],
  ])("is the same in %s", (_, size) => {
    expect([size.toBytes(), size.toKibibytes(), size.toMebibytes()]).toEqual([1_572_864, 1_536, 1.5]);
  });

  it.each([-1, Number.NaN, Number.POSITIVE_INFINITY])("fails when it is %d", (amount) => {
    expect(() => Size.bytes(amount)).toThrow(`a size must be a positive number of bytes, got ${amount}`);
  });
});
