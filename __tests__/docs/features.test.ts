import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { ERROR_CODES } from "../../definition/error-code";

const repository = resolve(__dirname, "../..");
const ROWS = 131;

interface Row {
  readonly id: number;
  readonly feature: string;
  readonly state: string;
  readonly how: string;
}

/** The features that constructs of any peer have, in the order in which peers were compared. */
describe("docs/features.md", () => {
  const text = readFileSync(join(repository, "docs/features.md"), "utf8");
  const rows: readonly Row[] = [...text.matchAll(/^\| (\d+) \| (.+?) \| (.+?) \| (.+?) \|$/gm)].map(
    ([, id, feature = "", state = "", how = ""]) => ({ id: Number(id), feature, state, how }),
  );

  it("has each row once", () => {
    expect(rows.map(({ id }) => id)).toEqual(Array.from({ length: ROWS }, (_, index) => index + 1));
  });

  it("ends each row as yes, refused or out of scope", () => {
    expect(rows.filter(({ state }) => !["yes", "refused", "out of scope"].includes(state))).toEqual([]);
  });

  it("shows each yes by tests that exist", () => {
    const unshown = rows.filter(({ state, how }) => {
      const tests = [...how.matchAll(/`(__tests__\/[^`]+)`/g)].map(([, path = ""]) => path);
      return state === "yes" && (tests.length === 0 || !tests.every((path) => existsSync(join(repository, path))));
    });

    expect(unshown).toEqual([]);
  });

  it("names an error code for each refusal", () => {
    const codes: readonly string[] = ERROR_CODES;
    const unnamed = rows.filter(({ state, how }) => {
      const named = [...how.matchAll(/`([A-Z0-9_]+)`/g)].map(([, code = ""]) => code);
      return state === "refused" && !named.some((code) => codes.includes(code));
    });

    expect(unnamed).toEqual([]);
  });

  it("gives a reason for what is out of scope", () => {
    expect(rows.filter(({ state, how }) => state === "out of scope" && how.length < 30)).toEqual([]);
  });
});
