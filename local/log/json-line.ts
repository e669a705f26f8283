import type { LogEntry } from "./entry";

/** Characters that JSON leaves alone, and that some readers take for the end of a line. */
const LINE_ENDS = /[\u007f-\u009f\u2028\u2029]/g;

/** An entry as one line of JSON, with the time in UTC. */
export function jsonLine(entry: LogEntry, nowMillis: number): string {
  const { kind, ...said } = entry.kind === "started" ? { kind: entry.kind, ...entry.facts } : entry;
  return JSON.stringify({ time: new Date(nowMillis).toISOString(), kind, ...said }).replace(
    LINE_ENDS,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
