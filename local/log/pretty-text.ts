import { styleText } from "node:util";
import type { Observation } from "../observation";
import type { LogEntry } from "./entry";
import { visible, visibleInColour } from "./visible";

type Kind = LogEntry["kind"];
type Colour = "green" | "yellow" | "red" | "dim";
type Paint = (colour: Colour, text: string) => string;
type Writers = { readonly [K in Kind]: (entry: Extract<LogEntry, { readonly kind: K }>, paint: Paint) => string };

const inColour: Paint = (colour, text) => styleText(colour, text, { validateStream: false });
const plain: Paint = (_, text) => text;

/** An entry for people: one line, but for texts of the gateway's own. */
export function prettyText(entry: LogEntry, isColoured: boolean): string {
  const write = WRITERS[entry.kind] as (entry: LogEntry, paint: Paint) => string;
  return write(entry, isColoured ? inColour : plain);
}

const WRITERS: Writers = {
  note: ({ text }) => lines(text),
  warning: ({ text }, paint) => paint("yellow", lines(text)),
  error: ({ text }, paint) => paint("red", lines(text)),
  started: ({ text }) => lines(text),
  request: requestLine,
  access: ({ stage, line }, paint) => `${paint("dim", `access ${visible(stage)} |`)} ${visible(line)}`,
  execution: ({ stage, line }, paint) => `${paint("dim", `execution ${visible(stage)} |`)} ${visible(line)}`,
  function: ({ functionName, line }, paint) => `${paint("dim", `${visible(functionName)} |`)} ${visibleInColour(line)}`,
};

/** Texts of several lines keep them. */
function lines(text: string): string {
  return text.split("\n").map(visible).join("\n");
}

const LONGEST_VERB = "OPTIONS".length;
const LATENCY_DIGITS = 6;

/** What varies in length stands last: the columns before it are aligned. */
function requestLine(entry: Observation, paint: Paint): string {
  const { httpMethod, path, status, latencyMillis, route, from, why } = entry;
  const isPlainPath = route === undefined || path.endsWith(route.resourcePath);
  const remarks = [
    isPlainPath ? undefined : route.resourcePath,
    from === "cache" ? "from the cache" : undefined,
    why === undefined ? undefined : visible(why),
  ].filter((remark) => remark !== undefined);
  return [
    visible(httpMethod).padEnd(LONGEST_VERB),
    paint(colourOf(status), String(status)),
    `${String(latencyMillis).padStart(LATENCY_DIGITS)} ms`,
    visible(path),
    ...remarks.map((remark) => paint("dim", remark)),
  ].join("  ");
}

function colourOf(status: number): Colour {
  if (status >= 500) return "red";
  return status >= 400 ? "yellow" : "green";
}
