import type { Load } from "./load";

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

/** A row for each name, with the medians of its rounds. */
export function printTable(loads: ReadonlyMap<string, readonly Load[]>): void {
  console.log("| | requests a second | p50 ms | p99 ms |\n|---|---:|---:|---:|");
  for (const [name, rounds] of loads) {
    const of = (read: (load: Load) => number) => median(rounds.map(read));
    const rate = Math.round(of(({ rate }) => rate)).toLocaleString("en");
    console.log(`| ${name} | ${rate} | ${of(({ p50Millis }) => p50Millis)} | ${of(({ p99Millis }) => p99Millis)} |`);
  }
  console.log("");
}
