import { ConfigurationError } from "./configuration-error";
import type { ErrorCode } from "./error-code";
import type { Json } from "./json";

/** How a broken text is reported. */
export interface JsonTextPlace {
  readonly code: ErrorCode;
  /** File or address. */
  readonly place: string;
  readonly fix: string;
}

/** Parses JSON. @throws ConfigurationError with line and column of the first character that cannot stand there */
export function parseJson(text: string, { code, place, fix }: JsonTextPlace): Json {
  try {
    return JSON.parse(text) as Json;
  } catch (cause) {
    const before = text.slice(0, validPrefixLength(text));
    const line = before.split("\n").length;
    const column = before.length - before.lastIndexOf("\n");
    const found =
      text.length === before.length ? "the text ends there" : `found ${JSON.stringify(text[before.length])}`;
    throw new ConfigurationError(code, place, `no JSON at line ${line}, column ${column}: ${found}`, fix, { cause });
  }
}

const TOKEN =
  /[ \t\r\n]*(?:("(?:[^"\\\p{Cc}]|[\u007f-\u009f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*")|(-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)|([[\]{}:,]))/uy;
const CLOSER: Readonly<Record<string, string>> = { "[": "]", "{": "}" };

/** JSON.parse of older engines does not say where it failed, so the tokens are read again up to the wrong one. */
function validPrefixLength(text: string): number {
  const open: string[] = [];
  let expected = "value";
  TOKEN.lastIndex = 0;
  for (;;) {
    const start = TOKEN.lastIndex;
    const token = TOKEN.exec(text);
    const next = token && advance(expected, token, open);
    if (token === null || next === undefined || next === null) return start + leadingSpace(text, start);
    expected = next;
  }
}

/** What may follow the token, or nothing if the token cannot stand here. `open` holds the brackets that are not closed. */
function advance(expected: string, [, string, scalar, mark]: RegExpExecArray, open: string[]): string | undefined {
  const inside = open.at(-1);
  const isValueExpected = expected === "value" || expected === "firstItem";
  if (string !== undefined && (expected === "key" || expected === "firstKey")) return "colon";
  if (string !== undefined || scalar !== undefined) return isValueExpected ? "separator" : undefined;
  if (mark === "{" || mark === "[") {
    if (!isValueExpected) return undefined;
    open.push(mark);
    return mark === "{" ? "firstKey" : "firstItem";
  }
  if (mark === ":") return expected === "colon" ? "value" : undefined;
  if (mark === ",")
    return expected === "separator" && inside !== undefined ? (inside === "{" ? "key" : "value") : undefined;
  const mayClose = expected === "separator" || expected === "firstKey" || expected === "firstItem";
  if (!mayClose || inside === undefined || CLOSER[inside] !== mark) return undefined;
  open.pop();
  return "separator";
}

function leadingSpace(text: string, start: number): number {
  return text.slice(start).length - text.slice(start).trimStart().length;
}
