import { resolve } from "node:path";
import { AWAITING, KNOWN_DIFFERENCES } from "./known-differences";
import { loadCases } from "./load-cases";
import { type Outcome, report } from "./report";
import { caseProblems } from "./run-case";

const OWN_CASES = resolve(__dirname, "cases");
const folder = process.env.CONFORMANCE_DIR ?? OWN_CASES;
const cases = loadCases(folder);
const outcomes: Outcome[] = [];

afterAll(() => {
  const isAsked = process.env.npm_lifecycle_event === "test:conformance" || folder !== OWN_CASES;
  if (isAsked) process.stdout.write(report(outcomes));
});

describe("a gateway that serves either emission answers like AWS", () => {
  it.each(cases.map((given) => [given.id, given.title, given] as const))("%s: %s", async (id, _title, given) => {
    const problems = await caseProblems(given);

    outcomes.push({ given, problems });
    const table = id in KNOWN_DIFFERENCES ? "KNOWN_DIFFERENCES" : id in AWAITING ? "AWAITING" : undefined;
    if (table === undefined) expect(problems).toEqual([]);
    else expect(problems.length === 0 ? `passes: take ${id} out of ${table}` : "fails").toBe("fails");
  });
});

describe("the tables of cases that may fail", () => {
  it("name cases that there are, each in one table", () => {
    const ids = new Set(loadCases(OWN_CASES).map(({ id }) => id));
    const excused = [...Object.keys(KNOWN_DIFFERENCES), ...Object.keys(AWAITING)];

    expect(excused.filter((id) => !ids.has(id))).toEqual([]);
    expect(excused.filter((id, index) => excused.indexOf(id) !== index)).toEqual([]);
  });
});
