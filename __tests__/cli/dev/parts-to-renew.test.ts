import { type KnownFiles, type Part, partsToRenew } from "../../../cli/dev/parts-to-renew";

const known = (broken: readonly Part[] = []): KnownFiles => ({
  settingsFile: "/p/headgate.local.json",
  functionsFolder: "/p/functions",
  bundleInputs: new Set(["/p/functions/get/handler.ts", "/p/contracts/order.ts", "/p/package-lock.json"]),
  appInputs: new Set(["/p/main.ts", "/p/contracts/order.ts", "/p/templates", "/elsewhere/shared.ts", "/p/cdktf.json"]),
  seedFiles: new Set(["/p/seeds/products.json"]),
  outputs: ["/p/dist", "/p/cdktf.out"],
  broken: new Set(broken),
});

describe("what a change makes anew", () => {
  it.each<[string, string, readonly Part[]]>([
    ["a handler", "/p/functions/get/handler.ts", ["functions"]],
    ["a file beside a handler that nothing imports yet", "/p/functions/get/new.ts", ["functions"]],
    ["the folder of a new handler", "/p/functions/post", ["functions"]],
    ["what only bundles are made of", "/p/package-lock.json", ["functions"]],
    ["a contract, which handlers and the app import", "/p/contracts/order.ts", ["functions", "stack"]],
    ["the app", "/p/main.ts", ["stack"]],
    ["the app's code outside of the project", "/elsewhere/shared.ts", ["stack"]],
    ["the entries of a folder that the app has listed", "/p/templates/new.vtl", ["stack"]],
    ["the settings of cdktf", "/p/cdktf.json", ["stack"]],
    ["the local file", "/p/headgate.local.json", ["settings"]],
    ["a seed", "/p/seeds/products.json", ["seeds"]],
    ["what nothing has read", "/p/README.md", []],
    ["a zip that was bundled", "/p/dist/functions/get.zip", []],
  ])("is told by %s", (_what, path, expected) => {
    expect([...partsToRenew([path], known())]).toEqual(expected);
  });

  it("is everything that any of several changes concerns, in the order of renewal", () => {
    const changed = ["/p/main.ts", "/p/headgate.local.json", "/p/functions/get/handler.ts"];

    expect([...partsToRenew(changed, known())]).toEqual(["settings", "functions", "stack"]);
  });

  it("is also what is broken, whatever has changed, but for what was made", () => {
    expect([...partsToRenew(["/p/README.md"], known(["stack"]))]).toEqual(["stack"]);
    expect([...partsToRenew(["/p/cdktf.out/manifest.json"], known(["stack"]))]).toEqual([]);
  });
});
