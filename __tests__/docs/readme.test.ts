import { readFileSync } from "node:fs";
import { resolve } from "node:path";

const repository = resolve(__dirname, "../..");
const read = (path: string) => readFileSync(resolve(repository, path), "utf8");

describe("README.md", () => {
  it("shows the example that the package is tested with", () => {
    const [, code] = read("README.md").match(/```ts\n(import [\s\S]*?)```/) ?? [];

    expect(code).toBe(read("examples/hello/main.ts"));
  });

  it.each(["docs/architecture.md", "docs/errors.md", "docs/parity.md", "CONTRIBUTING.md", "CHANGELOG.md", "LICENSE"])(
    "links to %s",
    (path) => {
      expect(read("README.md")).toContain(`(${path})`);
    },
  );

  it("names only scripts that exist", () => {
    const { scripts } = JSON.parse(read("package.json"));
    const named = [...read("README.md").matchAll(/npm run ([a-z:]+)/g)].map(([, script = ""]) => script);

    expect(named.filter((script) => !(script in scripts))).toEqual([]);
  });
});
