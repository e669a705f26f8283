import type { ConformanceCase } from "./conformance-case";
import { type Outcome, report } from "./report";

const outcome = (id: string, problems: readonly string[], isKnown = false): Outcome => ({
  given: { id, topic: "cache", evidence: "recorded" } as ConformanceCase,
  problems,
  isKnown,
});

it("counts what is known to differ apart from what failed", () => {
  const text = report([outcome("c-1", []), outcome("c-2", ["status"], true), outcome("c-3", ["body"])]);

  expect(text).toContain("topic                     passed   known  failed");
  expect(text).toContain("total                          1       1       1");
  expect(text).toContain("known differences: c-2\nfailed: c-3\n");
});
