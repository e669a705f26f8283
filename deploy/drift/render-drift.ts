import { canonicalJson } from "../../definition/canonical-json";
import type { Json } from "../../definition/json";
import type { Difference } from "./difference";
import type { DriftReport } from "./find-drift";
import type { Repair } from "./repair-code";

/** A report for people: what was repaired, one line for each difference, and what was not compared. */
export function renderDrift(report: DriftReport): string {
  const { stack, account, region, repairs, differences, notCompared } = report;
  const found = differences.length === 1 ? "1 difference" : `${differences.length} differences`;
  return [
    ...repairs.map(repairLine),
    ...differences.map(differenceLine),
    ...notCompared.map(({ place, field, reason }) => `not compared: ${place} ${field}: ${reason}`),
    `${stack} in ${account} ${region}: ${differences.length === 0 ? "no drift" : found}`,
  ].join("\n");
}

function repairLine({ functionName, done, left }: Repair): string {
  return left === undefined
    ? `repaired ${functionName}: ${done.join(", ")}`
    : `left alone: ${functionName}, because ${left}`;
}

function differenceLine({ place, field, declared, deployed }: Difference): string {
  return `${place} ${field}: declared ${shown(declared)}, deployed ${shown(deployed)}`;
}

function shown(value: Json | undefined): string {
  return value === undefined ? "nothing" : canonicalJson(value);
}
