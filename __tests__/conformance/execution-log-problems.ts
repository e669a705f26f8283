import type { Expectations } from "./conformance-case";
import { shown } from "./matchers";
import { matchesText, type PlaceholderValues } from "./placeholders";

/** What of an execution log is not as expected. */
export function executionLogProblems(
  lines: readonly string[],
  { executionLogContains = [], executionLogSuffixes }: Expectations,
  values: PlaceholderValues,
): readonly string[] {
  const missing = executionLogContains.filter((text) => !lines.some((line) => line.includes(text)));
  const problems = missing.map((text) => `no line of the execution log has ${text}: ${shown(lines.join("\n"))}`);
  if (!executionLogSuffixes) return problems;
  const different = executionLogSuffixes.flatMap((suffix, index) =>
    endsWith(lines[index] ?? "", suffix, values) ? [] : [`line ${index}: expected …${suffix}, got ${lines[index]}`],
  );
  const more = lines.slice(executionLogSuffixes.length).map((line) => `one line too many: ${line}`);
  return [...problems, ...different, ...more];
}

/** An expected text that ends with a colon leaves open what follows, such as the id of a request. */
function endsWith(line: string, suffix: string, values: PlaceholderValues): boolean {
  if (suffix.startsWith("<<")) return matchesText(suffix, line, values);
  return suffix.endsWith(": ") ? line.includes(suffix.trimEnd()) : line.endsWith(suffix);
}
