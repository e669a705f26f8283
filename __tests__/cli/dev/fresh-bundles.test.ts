import { bundleNamesOf, changesStack, withFreshBundles } from "../../../cli/dev/fresh-bundles";
import type { Bundle, BundleManifest } from "../../../definition/bundle-manifest";
import { lambdaFunction } from "../../support/gateway";

const bundle = (name: string, sourceCodeHash: string, more: Partial<Bundle> = {}): Bundle => ({
  file: `${name}.zip`,
  sourceCodeHash,
  handler: "handler.handler",
  inputs: {},
  ...more,
});
const manifest = (bundles: BundleManifest["bundles"]): BundleManifest => ({ version: 1, bundles });
const BEFORE = manifest({ get: bundle("get", "same"), twin: bundle("twin", "same"), post: bundle("post", "p1") });
const fn = (name: string, packageFile: string, sourceCodeHash: string) => ({
  ...lambdaFunction(name),
  packageFile,
  sourceCodeHash,
});
const FUNCTIONS = [
  fn("dev-get", "assets/x/get.zip", "same"),
  fn("dev-twin", "assets/y/twin.zip", "same"),
  fn("dev-other", "assets/z/other.zip", "o1"),
];
const NAMES = bundleNamesOf(FUNCTIONS, BEFORE);

describe("functions of a stack that is older than its bundles", () => {
  it("are known by name and bytes of their zips, also where two have the same bytes", () => {
    expect([...NAMES]).toEqual([
      ["dev-get", "get"],
      ["dev-twin", "twin"],
    ]);
  });

  it("run the code that is bundled now; those that were zipped elsewhere stay as they are", () => {
    const after = manifest({ ...BEFORE.bundles, get: bundle("get", "new") });

    const fresh = withFreshBundles(FUNCTIONS, NAMES, after, "/p/dist");

    expect(fresh.map(({ packageFile, sourceCodeHash }) => [packageFile, sourceCodeHash])).toEqual([
      ["/p/dist/get.zip", "new"],
      ["/p/dist/twin.zip", "same"],
      ["assets/z/other.zip", "o1"],
    ]);
  });

  it.each<[string, BundleManifest, boolean]>([
    ["code alone", manifest({ ...BEFORE.bundles, get: bundle("get", "new", { inputs: { a: "b" } }) }), false],
    [
      "the oldest Node.js it runs on",
      manifest({ ...BEFORE.bundles, get: bundle("get", "new", { nodeMajor: 24 }) }),
      true,
    ],
    ["a bundle that is gone", manifest({ get: bundle("get", "same") }), true],
    [
      "a bundle that the stack does not use",
      manifest({ get: BEFORE.bundles.get ?? bundle("", ""), twin: bundle("twin", "x") }),
      false,
    ],
  ])("are declared anew after a change of %s or not", (_what, after, expected) => {
    expect(changesStack(NAMES, BEFORE, after)).toBe(expected);
  });
});
