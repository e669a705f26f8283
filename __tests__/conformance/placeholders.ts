import { LOCAL_ACCOUNT_ID } from "../../definition/terraform/computed-attributes";

/** What placeholders stand for in one run of a case. */
export interface PlaceholderValues {
  readonly apiId: string;
  readonly host: string;
}

/** Names in angle brackets that a case uses where the value does not matter. */
const STAND_INS: Readonly<Record<string, string>> = {
  "<accountId>": LOCAL_ACCOUNT_ID,
  "<role>": `arn:aws:iam::${LOCAL_ACCOUNT_ID}:role/api`,
  "<bucket>": "bucket",
  "<queue>": "queue",
};

/** Fills the placeholders of everything that goes in: texts anywhere in a value. */
export function filled<Value>(value: Value, values: Partial<PlaceholderValues> = {}): Value {
  if (typeof value === "string") return fillText(value, values) as Value;
  if (Array.isArray(value)) return value.map((item) => filled(item, values)) as Value;
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => [fillText(key, values), filled(member, values)]),
  ) as Value;
}

function fillText(text: string, { apiId }: Partial<PlaceholderValues>): string {
  return text
    .replace(/<<repeat:(.+?)\*(\d+)>>/gs, (_, unit: string, times: string) => unit.repeat(Number(times)))
    .replace(/(?<!<)<[a-zA-Z]+>(?!>)/g, (name) => (name === "<apiId>" ? apiId : STAND_INS[name]) ?? name);
}

const PATTERNS: Readonly<Record<string, string>> = {
  any: ".*",
  string: ".*",
  object: ".*",
  uuid: "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}",
  epochMs: "\\d{13}",
  clfTime: "\\d{2}/[A-Z][a-z]{2}/\\d{4}:\\d{2}:\\d{2}:\\d{2} [+-]\\d{4}",
};

const PLACEHOLDER = /<<(re:.*?|[A-Za-z]+)>>/gs;
const KINDS: Readonly<Record<string, (value: unknown) => boolean>> = {
  any: () => true,
  string: (value) => typeof value === "string",
  object: (value) => value !== null && typeof value === "object" && !Array.isArray(value),
};

/** Whether a value is what an expected text with placeholders says. */
export function matchesText(expected: string, actual: unknown, values: PlaceholderValues): boolean {
  const text = fillText(expected, values);
  const [, whole] = /^<<(re:.*|[A-Za-z]+)>>$/s.exec(text) ?? [];
  const kind = whole === undefined ? undefined : KINDS[whole];
  if (kind) return kind(actual);
  const isNumber = typeof actual === "number" && whole !== undefined;
  if (typeof actual !== "string" && !isNumber) return false;
  // A whole regular expression is searched for; everything else covers the text.
  if (whole?.startsWith("re:")) return new RegExp(whole.slice(3), "s").test(String(actual));
  return new RegExp(`^${patternOf(text, values)}$`, "s").test(String(actual));
}

function patternOf(text: string, values: PlaceholderValues): string {
  let pattern = "";
  let position = 0;
  for (const match of text.matchAll(PLACEHOLDER)) {
    pattern += escaped(text.slice(position, match.index)) + placeholderPattern(match[1] ?? "", values);
    position = match.index + match[0].length;
  }
  return pattern + escaped(text.slice(position));
}

function placeholderPattern(name: string, { apiId, host }: PlaceholderValues): string {
  if (name.startsWith("re:")) return `(?:${name.slice(3)})`;
  if (name === "apiId") return escaped(apiId);
  if (name === "accountId") return LOCAL_ACCOUNT_ID;
  if (name === "host") return escaped(host);
  if (name === "hostFirstLabel") return escaped(host.split(".")[0] ?? "");
  const pattern = PATTERNS[name];
  if (pattern === undefined) throw new Error(`the placeholder <<${name}>> is unknown`);
  return pattern;
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
