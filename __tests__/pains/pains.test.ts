import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { PAINS } from "./pains";

/** Number of each pain that a `describe` here is named after. */
const TESTED: readonly number[] = readdirSync(__dirname)
  .filter((file) => file.endsWith(".test.ts"))
  .flatMap((file) => [...readFileSync(join(__dirname, file), "utf8").matchAll(/describe\(pain\((\d+)\)/g)])
  .map(([, number]) => Number(number));

const range = (first: number, last: number) => Array.from({ length: last - first + 1 }, (_, index) => first + index);

describe("the list of pains", () => {
  it("has all that are about deploying, documents, code and settings", () => {
    expect(PAINS.map(({ number }) => number)).toEqual([
      ...range(1, 10),
      ...range(14, 19),
      ...range(20, 26),
      ...range(31, 40),
    ]);
  });

  it("has a test for each, or a reason why no construct can prevent it", () => {
    const preventable = PAINS.filter(({ reason }) => reason === undefined).map(({ number }) => number);

    expect([...TESTED].sort((one, other) => one - other)).toEqual(preventable);
  });

  it("names tests that are there", () => {
    const missing = PAINS.flatMap(({ applied = [] }) => applied).filter(
      (file) => !existsSync(join(__dirname, "../terraform", file)),
    );

    expect(missing).toEqual([]);
  });
});
