import type { Gateway } from "../../local/pipeline";
import type { Part } from "./parts-to-renew";

/** How a part is called in front of people. */
const NAMES: Readonly<Record<Part, string>> = {
  settings: "headgate.local.json",
  functions: "functions",
  stack: "the stack",
  seeds: "seeds",
};

/** Wall-clock time, as in `10:32:05`. */
function clockTime(date: Date): string {
  return [date.getHours(), date.getMinutes(), date.getSeconds()].map((it) => String(it).padStart(2, "0")).join(":");
}

/** What is live now, and how long it took. */
export function liveText(
  part: Part,
  what: string | undefined,
  facts: { at: Date; millis: number; wasBroken: boolean },
): string {
  const mended = facts.wasBroken ? `${NAMES[part]} mended` : undefined;
  const [first = "", ...details] = [mended, what]
    .filter((it) => it !== undefined)
    .join(": ")
    .split("\n");
  return [`${clockTime(facts.at)}  ${first} (${Math.round(facts.millis)} ms)`, ...details].join("\n");
}

/** What failed, where, and what goes on. */
export function failedText(part: Part, problem: string, facts: { at: Date; servedSince: Date }): string {
  return `${clockTime(facts.at)}  ${NAMES[part]} cannot be renewed\n${problem.replace(/^/gm, "  ")}\n  still serving the version of ${clockTime(facts.servedSince)}`;
}

/** Functions that are live, by name. */
export function liveFunctions(names: readonly string[]): string | undefined {
  if (names.length === 0) return undefined;
  return `${names.join(", ")} ${names.length === 1 ? "is" : "are"} live`;
}

/** A stack that is live, and the routes that came and went. */
export function liveStack(name: string, before: readonly string[], after: readonly string[]): string {
  const added = after.filter((route) => !before.includes(route)).map((route) => `+ ${route}`);
  const removed = before.filter((route) => !after.includes(route)).map((route) => `- ${route}`);
  return [`${name} is live`, ...added, ...removed].join("\n    ");
}

/** Routes as people know them, as in `GET /v1/orders`. */
export function routeNames(gateway: Pick<Gateway, "routes">): readonly string[] {
  return gateway.routes().map(({ verb, address, path }) => `${verb} /${address}${path === "/" ? "" : path}`);
}
