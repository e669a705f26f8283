import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { ERROR_CODES } from "../../definition/error-code";

const repository = resolve(__dirname, "../..");
const SOURCES = ["modules", "definition", "local", "deploy", "cli"];

/** The compiler refuses a code that is not in the list; here the list is compared with the table, and with its use. */
describe("docs/errors.md", () => {
  const text = readFileSync(join(repository, "docs/errors.md"), "utf8");
  const documented = [...text.matchAll(/^\| `([A-Z0-9_]+)` \| \S.* \| \S.* \|$/gm)].map(([, code]) => code);

  it("has one row with cause and remedy for every code, in alphabetical order", () => {
    expect(documented).toEqual([...ERROR_CODES].sort());
  });

  it("lists no code that nothing throws", () => {
    const files = SOURCES.flatMap((folder) =>
      readdirSync(join(repository, folder), { recursive: true, encoding: "utf8" })
        .filter((file) => file.endsWith(".ts") && !file.endsWith("error-code.ts"))
        .map((file) => join(repository, folder, file)),
    );
    const source = [...files, join(repository, "environments.ts")].map((file) => readFileSync(file, "utf8")).join("\n");

    expect(ERROR_CODES.filter((code) => !source.includes(`"${code}"`))).toEqual([]);
  });
});
