import { resolve } from "node:path";
import { KNOWN_DIFFERENCES } from "./known-differences";
import { loadCases } from "./load-cases";
import { type Outcome, report } from "./report";
import { caseProblems } from "./run-case";

const OWN_CASES = resolve(__dirname, "cases");
const folder = process.env.CONFORMANCE_DIR ?? OWN_CASES;
const cases = loadCases(folder);
const outcomes: Outcome[] = [];
/** A backend of a case may be slower than the longest timeout of an integration. */
const CASE_MILLIS = 60_000;

afterAll(() => {
  const isAsked = process.env.npm_lifecycle_event === "test:conformance" || folder !== OWN_CASES;
  if (isAsked) process.stdout.write(report(outcomes));
});

describe("a gateway that serves either emission answers like AWS", () => {
  it.each(cases.map((given) => [given.id, given.title, given] as const))(
    "%s: %s",
    async (id, _title, given) => {
      const problems = await caseProblems(given);

      const isKnown = id in KNOWN_DIFFERENCES;
      outcomes.push({ given, problems, isKnown });
      if (isKnown) {
        expect(problems.length === 0 ? `passes: take ${id} out of KNOWN_DIFFERENCES` : "fails").toBe("fails");
      } else expect(problems).toEqual([]);
    },
    CASE_MILLIS,
  );
});

describe("the table of cases that may fail", () => {
  it("names cases that there are", () => {
    const ids = new Set(loadCases(OWN_CASES).map(({ id }) => id));

    expect(Object.keys(KNOWN_DIFFERENCES).filter((id) => !ids.has(id))).toEqual([]);
  });
});
