import { zipWithinLimits } from "../../../cli/bundle/zip-within-limits";
import { PACKAGE_LIMITS } from "../../../modules/functions/package-limits";

const NO_BUDGET = { maxSizeKilobytes: Number.POSITIVE_INFINITY };

function zip(bytes: Uint8Array): Uint8Array {
  return zipWithinLimits("greet", { contents: { "handler.mjs": bytes }, executables: new Set() }, NO_BUDGET);
}

describe("the zip of a function", () => {
  it("is stored when it can be uploaded", () => {
    expect(zip(new Uint8Array(1000)).length).toBeGreaterThan(1000);
  });

  it("is compressed when it could not be uploaded otherwise", () => {
    expect(zip(new Uint8Array(PACKAGE_LIMITS.zipped + 1)).length).toBeLessThan(PACKAGE_LIMITS.zipped / 100);
  });

  it("fails when it unpacks to more than Lambda takes", () => {
    expect(() => zip(new Uint8Array(PACKAGE_LIMITS.unzipped + 1))).toThrow(
      /^BUNDLE_TOO_LARGE: the bundle "greet" has 250\.1 MB unzipped, Lambda takes 250 MB\n {2}at functions\/greet\n {2}fix: /,
    );
  });
});
