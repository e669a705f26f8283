import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";

const repository = resolve(__dirname, "../..");
const SOURCES = ["modules", "definition", "local", "cli", "stacks", "environments.ts", "main.ts"];

/** Where a code is chosen: as the first argument of an error, or as the `code` of a row in a table of checks. */
const CODE_IN_SOURCE = /(?:\w*Error\(\s*|\bcode: )"([A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+)"/g;
const CODE_IN_DOCS = /^\| `([A-Z][A-Z0-9_]+)` \|/gm;

function typescriptFiles(path: string): string[] {
  if (path.endsWith(".ts")) return [path];
  return readdirSync(join(repository, path), { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts"))
    .map((file) => join(path, file));
}

function codesIn(text: string, pattern: RegExp): string[] {
  return [...text.matchAll(pattern)].map(([, code = ""]) => code);
}

/** Types of gateway responses are written the same way, but are AWS's and no configuration errors. */
function isConfigurationError(file: string): boolean {
  return readFileSync(join(repository, file), "utf8").includes("configuration-error") || file === "environments.ts";
}

describe("docs/errors.md", () => {
  const sources = SOURCES.flatMap(typescriptFiles);
  const thrown = new Set(
    sources
      .filter((file) => isConfigurationError(file) || file.includes("checks/"))
      .flatMap((file) => codesIn(readFileSync(join(repository, file), "utf8"), CODE_IN_SOURCE)),
  );
  const documented = codesIn(readFileSync(join(repository, "docs/errors.md"), "utf8"), CODE_IN_DOCS);

  it("has a row for every code in the source", () => {
    expect([...thrown].filter((code) => !documented.includes(code))).toEqual([]);
  });

  it("has no row for a code that nothing throws", () => {
    expect(documented.filter((code) => !thrown.has(code))).toEqual([]);
  });

  it("names each code once, in alphabetical order", () => {
    expect(documented).toEqual([...new Set(documented)].sort());
  });
});
