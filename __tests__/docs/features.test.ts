import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { ERROR_CODES } from "../../definition/error-code";

const repository = resolve(__dirname, "../..");
const ROWS = 131;

/** Paths of the tests that a row names. */
function testsIn(how: string): readonly string[] {
  return [...how.matchAll(/`(__tests__\/[^`]+)`/g)].map(([, path = ""]) => join(repository, path));
}

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
      const tests = testsIn(how);
      return state === "yes" && (tests.length === 0 || !tests.every((path) => existsSync(path)));
    });

    expect(unshown).toEqual([]);
  });

  it("names error codes for each refusal, and a test that provokes them", () => {
    const codes: readonly string[] = ERROR_CODES;
    const unshown = rows.filter(({ state, how }) => {
      const named = [...how.matchAll(/`([A-Z0-9_]+)`/g)].map(([, code = ""]) => code);
      const tests = testsIn(how).map((path) => readFileSync(path, "utf8"));
      const isShown = (code: string) => codes.includes(code) && tests.some((test) => test.includes(`"${code}"`));
      return state === "refused" && (named.length === 0 || !named.every(isShown));
    });

    expect(unshown).toEqual([]);
  });

  it("gives a reason for what is out of scope", () => {
    expect(rows.filter(({ state, how }) => state === "out of scope" && how.length < 30)).toEqual([]);
  });
});
