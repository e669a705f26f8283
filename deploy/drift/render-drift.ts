import { canonicalJson } from "../../definition/canonical-json";
import type { Json } from "../../definition/json";
import { withoutMarkers } from "../../definition/unknown";
import type { Difference, NotCompared } from "./difference";
import type { DriftReport } from "./find-drift";
import type { Repair } from "./repair-code";

/** Templates and policies may have thousands of characters. */
const MAX_SHOWN_CHARACTERS = 200;

/**
 * A report for people: what was repaired, what differs (by API, stage, route and function), what was not compared, and what to
 * do.
 */
export function renderDrift({
  stack,
  account,
  region,
  repairs,
  differences,
  notCompared,
  advice,
}: DriftReport): string {
  const found = differences.length === 1 ? "1 difference" : `${differences.length} differences`;
  return [
    ...repairs.map(repairLine),
    ...byPlace(differences, differenceLine),
    ...(notCompared.length === 0 ? [] : ["not compared:"]),
    ...byPlace(notCompared, notComparedLine).map((line) => `  ${line}`),
    `${stack} in ${account} ${region}: ${differences.length === 0 ? "no drift" : found}`,
    ...advice.map((line) => `next: ${line}`),
    ...(repairs.length === 0 ? [] : ["next: terraform apply mends whatever else a failed apply left behind"]),
  ].join("\n");
}

function byPlace<Item extends { readonly place: string }>(
  items: readonly Item[],
  line: (item: Item) => string,
): readonly string[] {
  const places = [...new Set(items.map(({ place }) => place))];
  return places.flatMap((place) => [
    place,
    ...items.filter((item) => item.place === place).map((item) => `  ${line(item)}`),
  ]);
}

function repairLine({ functionName, done, left }: Repair): string {
  return left === undefined
    ? `repaired ${functionName}: ${done.join(", ")}`
    : `left alone: ${functionName}, because ${left}`;
}

function differenceLine({ field, declared, deployed }: Difference): string {
  return `${field}: declared ${shown(declared)}, deployed ${shown(deployed)}`;
}

function notComparedLine({ field, reason }: NotCompared): string {
  return `${field}: ${reason}`;
}

function shown(value: Json | undefined): string {
  if (value === undefined) return "nothing";
  const text = withoutMarkers(canonicalJson(value));
  if (text.length <= MAX_SHOWN_CHARACTERS) return text;
  return `${text.slice(0, MAX_SHOWN_CHARACTERS)}… (${text.length} characters, --json shows all)`;
}
