import type { Page } from "../../contracts/page";
import { ProblemError } from "./problem-error";

/**
 * The first `limit` of the items found. When more were found, the cursor names the last item of the page.
 *
 * @param found up to one item more than `limit`, so that the last page is known to be the last
 * @param position what a query continues after, from an item
 */
export function pageOf<T>(found: readonly T[], limit: number, position: (item: T) => readonly string[]): Page<T> {
  const items = found.slice(0, limit);
  const last = items.at(-1);
  return found.length > limit && last !== undefined ? { items, nextCursor: encodeCursor(position(last)) } : { items };
}

/** Makes a cursor that clients can put into a URL and need not understand. */
export function encodeCursor(position: readonly string[]): string {
  return Buffer.from(JSON.stringify(position)).toString("base64url");
}

/**
 * The position that a cursor holds; throws a 400 when it is none of ours.
 *
 * @param length how many strings this list's positions have
 */
export function decodeCursor(cursor: string, length: number): readonly string[] {
  const position = parse(Buffer.from(cursor, "base64url").toString());
  if (!isPosition(position, length))
    throw new ProblemError(400, "CURSOR_INVALID", `"${cursor}" is not a cursor of this list`);
  return position;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** DynamoDB refuses empty keys and long ones. */
function isPosition(value: unknown, length: number): value is string[] {
  const isKey = (part: unknown) => typeof part === "string" && part !== "" && part.length <= 255;
  return Array.isArray(value) && value.length === length && value.every(isKey);
}
