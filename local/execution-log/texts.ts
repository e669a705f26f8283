import { isUtf8 } from "node:buffer";
import type { HeaderLines } from "../host/host";
import { groupByName } from "../http/headers";

/** Headers and parameters whose values nobody may read in a log. */
const SECRETS: ReadonlySet<string> = new Set(["authorization", "x-api-key", "x-amz-security-token"]);

/** How many characters of a secret stay readable, at most. */
const READABLE_END = 6;

/** More bytes than the longest line can show. */
const SHOWN_BYTES = 4096;

/** A secret with only its end left, as in `****bMZHBg`. */
export function masked(secret: string): string {
  const readable = Math.min(READABLE_END, Math.floor(secret.length / 2));
  const hidden = secret.length - readable;
  return "*".repeat(hidden) + secret.slice(hidden);
}

/** Names and values as Java prints a map: `{a=1, b=2}`. Several values of one name stand together. */
export function javaMap(lines: HeaderLines): string {
  const entries = [...groupByName(lines)].map(([name, values]) => {
    const value = values.join(",");
    return `${name}=${SECRETS.has(name.toLowerCase()) ? masked(value) : value}`;
  });
  return `{${entries.join(", ")}}`;
}

/** A body as far as a line can show it. */
export function shownBody(body: Buffer, isBinary = !isUtf8(body)): string {
  return isBinary ? "[Binary Data]" : body.subarray(0, SHOWN_BYTES).toString();
}
