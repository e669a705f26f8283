import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { ConformanceCase } from "./conformance-case";

/** The cases of a folder: all of `cases-*.json`, by file. */
export function loadCases(folder: string): readonly ConformanceCase[] {
  return readdirSync(folder)
    .filter((file) => /^cases-.*\.json$/.test(file))
    .sort()
    .flatMap((file) => JSON.parse(readFileSync(join(folder, file), "utf8")) as ConformanceCase[])
    .map(withoutEmptyResources);
}

/** A resource may be null, for the sake of those below it. */
function withoutEmptyResources(given: ConformanceCase): ConformanceCase {
  const resources = Object.entries(given.api.resources ?? {}).filter(([, methods]) => methods !== null);
  return given.api.resources ? { ...given, api: { ...given.api, resources: Object.fromEntries(resources) } } : given;
}
