import type { ConformanceCase } from "./conformance-case";

/** A case with what is wrong with it. */
export interface Outcome {
  readonly given: ConformanceCase;
  readonly problems: readonly string[];
  /** Is it in the table of cases that can never pass? */
  readonly isKnown: boolean;
}

/** How a case ended; the columns of the report. */
const RESULTS = ["passed", "known", "failed"] as const;

/** Passed, known to differ and failed by topic and by evidence, then the ids that did not pass. */
export function report(outcomes: readonly Outcome[]): string {
  return [
    "",
    table("topic", outcomes, ({ topic }) => topic),
    "",
    table("evidence", outcomes, ({ evidence }) => evidence),
    "",
    `known differences: ${idsOf(outcomes, "known")}`,
    `failed: ${idsOf(outcomes, "failed")}`,
    "",
  ].join("\n");
}

function resultOf({ problems, isKnown }: Outcome): (typeof RESULTS)[number] {
  if (problems.length === 0) return "passed";
  return isKnown ? "known" : "failed";
}

function idsOf(outcomes: readonly Outcome[], result: (typeof RESULTS)[number]): string {
  const ids = outcomes.filter((outcome) => resultOf(outcome) === result).map(({ given }) => given.id);
  return ids.join(" ") || "none";
}

function table(title: string, outcomes: readonly Outcome[], groupOf: (given: ConformanceCase) => string): string {
  const groups = [...new Set(outcomes.map(({ given }) => groupOf(given)))].sort();
  const rows = groups.map((group) =>
    row(
      group,
      outcomes.filter(({ given }) => groupOf(given) === group),
    ),
  );
  return [`${title.padEnd(24)}${RESULTS.map(cell).join("")}`, ...rows, row("total", outcomes)].join("\n");
}

function row(name: string, outcomes: readonly Outcome[]): string {
  const counts = RESULTS.map((result) => outcomes.filter((outcome) => resultOf(outcome) === result).length);
  return `${name.padEnd(24)}${counts.map(cell).join("")}`;
}

function cell(content: string | number): string {
  return String(content).padStart(8);
}
