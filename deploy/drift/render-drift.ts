import { canonicalJson } from "../../definition/canonical-json";
import type { Json } from "../../definition/json";
import { withoutMarkers } from "../../definition/unknown";
import type { Difference, NotCompared } from "./difference";
import type { DriftReport } from "./find-drift";
import type { Repair } from "./repair-code";

/** Templates and policies may have thousands of characters. */
const MAX_SHOWN_CHARACTERS = 200;
/** Places that one reason is printed for. */
const MAX_SHOWN_PLACES = 5;

/**
 * A report for people: what was repaired, what differs (by API, stage, route and function), what it comes to, what to do, and
 * what was not compared.
 */
export function renderDrift(report: DriftReport): string {
  const { repairs, differences, notCompared, advice } = report;
  return [
    ...repairs.map(repairLine),
    ...byPlace(differences, differenceLine),
    resultLine(report),
    ...advice.map((line) => `next: ${line}`),
    ...(repairs.length === 0 ? [] : ["next: terraform apply mends whatever else a failed apply left behind"]),
    ...(notCompared.length === 0 ? [] : ["not compared:"]),
    ...byReason(notCompared).map((line) => `  ${line}`),
  ].join("\n");
}

function resultLine({ stack, account, region, isCompared, differences }: DriftReport): string {
  const place = `${stack} in ${account} ${region}`;
  if (!isCompared) return `${place}: nothing of this stack is compared`;
  if (differences.length === 0) return `${place}: no drift`;
  return `${place}: ${differences.length === 1 ? "1 difference" : `${differences.length} differences`}`;
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

/** The same of several places stands there once. */
function byReason(items: readonly NotCompared[]): readonly string[] {
  const lines = [...new Set(items.map(notComparedLine))];
  const grouped = lines.map((line) => {
    const places = [...new Set(items.filter((item) => notComparedLine(item) === line).map(({ place }) => place))];
    return { place: shownPlaces(places), line };
  });
  return byPlace(grouped, ({ line }) => line);
}

function shownPlaces(places: readonly string[]): string {
  const more = places.length - MAX_SHOWN_PLACES;
  return `${places.slice(0, MAX_SHOWN_PLACES).join(", ")}${more > 0 ? ` and ${more} more` : ""}`;
}

function repairLine({ functionName, done, left }: Repair): string {
  return left === undefined
    ? `repaired ${functionName}: ${done.join(", ")}`
    : `left alone: ${functionName}, because ${left}`;
}

function differenceLine({ field, declared, deployed }: Difference): string {
  if (declared === "declared" && typeof deployed === "string") return `${field} is ${deployed}`;
  if (declared === undefined && deployed === "deployed") return `${field} is deployed and not declared`;
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
