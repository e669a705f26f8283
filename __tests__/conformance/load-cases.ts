import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { ConformanceCase } from "./conformance-case";

/** The cases of a folder: all of `cases-*.json`, by file. */
export function loadCases(folder: string): readonly ConformanceCase[] {
  return readdirSync(folder)
    .filter((file) => /^cases-.*\.json$/.test(file))
    .sort()
    .flatMap((file) => JSON.parse(readFileSync(join(folder, file), "utf8")) as ConformanceCase[]);
}
