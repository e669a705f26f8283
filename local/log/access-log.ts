import { factText } from "../context";
import type { Answer, Arrival, Exchange, Overrides } from "../exchange";
import { overrideText } from "../integrations/map-request";
import type { TemplateValue } from "../templates/values";

/** What a log is written from; requests that no route serves have no overrides. */
type Logged = Arrival & Partial<Pick<Exchange, "overrides">>;

/** Writes the stage's access log line for an answered request, if the stage has a log. */
export function logAccess(logged: Logged, answer: Answer): void {
  const { accessLog, name } = logged.stage.definition;
  if (!accessLog) return;
  logged.host.accessLog(name, accessLogLine(accessLog.format, logged, answer));
}

/** Facts that are known when the answer is made, and only told to access logs. */
const OF_ANSWER: Readonly<Record<string, (logged: Logged, answer: Answer) => string | number>> = {
  status: (_, { status }) => status,
  responseLength: (_, { body }) => body.length,
  responseLatency: ({ host, startedAtMillis }) => host.now() - startedAtMillis,
  endpointType: ({ stage }) => stage.api.endpointType,
};

/** A name may go on with hyphens only where the API chooses it; elsewhere a hyphen is text. */
const REFERENCE = /\$(\{?)context\.([\w.-]*[\w-])(\}?)/g;
const OPEN = /^(?:authorizer|requestOverride|responseOverride)\./;

type Part = string | { readonly name: string };

/** Formats are read once. */
const READ_FORMATS = new Map<string, readonly Part[]>();

/**
 * The line of one request; what has no value is a dash. A format that is JSON or XML stays so, whatever the values are.
 * Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-variables-for-access-logging.html
 */
function accessLogLine(format: string, logged: Logged, answer: Answer): string {
  const escaped = ESCAPES[format.trimStart()[0] ?? ""] ?? ((text: string) => text);
  const parts = READ_FORMATS.get(format) ?? partsOf(format);
  READ_FORMATS.set(format, parts);
  return parts
    .map((part) => {
      if (typeof part === "string") return part;
      const value = printedFact(part.name, logged, answer) ?? "-";
      // It brings its own quotes.
      return part.name === "error.messageString" ? value : escaped(value);
    })
    .join("")
    .replace(/[\r\n]+/g, " ");
}

/** By the first character of a format. */
const ESCAPES: Readonly<Record<string, (text: string) => string>> = {
  "{": (text) => JSON.stringify(text).slice(1, -1),
  "<": (text) => text.replace(/[<>&"']/g, (character) => `&#${character.charCodeAt(0)};`),
};

function partsOf(format: string): readonly Part[] {
  const parts: Part[] = [];
  let end = 0;
  for (const found of format.matchAll(REFERENCE)) {
    const [whole, open = "", path = "", close = ""] = found;
    const name = OPEN.test(path) ? path : (path.split("-")[0] ?? path);
    const rest = open === "" ? path.slice(name.length) + close : path.slice(name.length);
    parts.push(format.slice(end, found.index), { name }, rest);
    end = found.index + whole.length;
  }
  return [...parts, format.slice(end)].filter((part) => part !== "");
}

function printedFact(name: string, logged: Logged, answer: Answer): string | undefined {
  const ofAnswer = Object.hasOwn(OF_ANSWER, name) ? OF_ANSWER[name]?.(logged, answer) : undefined;
  if (ofAnswer !== undefined) return String(ofAnswer);
  return overridden(logged.overrides, name) ?? factText(logged.facts, name);
}

/** What templates have set, as in `responseOverride.header.X-Rate`. */
function overridden(overrides: Overrides | undefined, name: string): string | undefined {
  const [, side, kind = "", parameter] = /^(request|response)Override\.(\w+)(?:\.(.+))?$/.exec(name) ?? [];
  if (overrides === undefined || (side !== "request" && side !== "response")) return undefined;
  const set: unknown = overrides[side][kind];
  const value = parameter === undefined ? set : (set as Readonly<Record<string, unknown>> | undefined)?.[parameter];
  if (value === undefined || value === null || (parameter === undefined && typeof value === "object")) return undefined;
  return overrideText(value as TemplateValue);
}
