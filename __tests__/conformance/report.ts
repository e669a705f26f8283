import type { ConformanceCase } from "./conformance-case";

/** A case with what is wrong with it. */
export interface Outcome {
  readonly given: ConformanceCase;
  readonly problems: readonly string[];
}

/** Passed and failed by topic and by evidence, then the ids that failed. */
export function report(outcomes: readonly Outcome[]): string {
  const failed = outcomes.filter(({ problems }) => problems.length > 0).map(({ given }) => given.id);
  return [
    "",
    table("topic", outcomes, ({ topic }) => topic),
    "",
    table("evidence", outcomes, ({ evidence }) => evidence),
    "",
    `failed: ${failed.join(" ") || "none"}`,
    "",
  ].join("\n");
}

function table(title: string, outcomes: readonly Outcome[], groupOf: (given: ConformanceCase) => string): string {
  const groups = [...new Set(outcomes.map(({ given }) => groupOf(given)))].sort();
  const rows = groups.map((group) =>
    row(
      group,
      outcomes.filter(({ given }) => groupOf(given) === group),
    ),
  );
  return [`${title.padEnd(24)}passed  failed`, ...rows, row("total", outcomes)].join("\n");
}

function row(name: string, outcomes: readonly Outcome[]): string {
  const passed = outcomes.filter(({ problems }) => problems.length === 0).length;
  return `${name.padEnd(24)}${String(passed).padStart(6)}${String(outcomes.length - passed).padStart(8)}`;
}
