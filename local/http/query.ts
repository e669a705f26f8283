/** Query parameters in order, decoded. */
export type QueryLines = readonly (readonly [name: string, value: string])[];

const NOTHING: QueryLines = [];

/** Form-decodes a query string: `+` is a space, semicolons separate like ampersands. */
export function parseQuery(rawQuery: string): QueryLines {
  if (rawQuery === "") return NOTHING;
  return rawQuery
    .split(/[&;]/)
    .filter((pair) => pair !== "")
    .map((pair) => {
      const equals = pair.indexOf("=");
      return equals < 0
        ? ([decodeForm(pair), ""] as const)
        : ([decodeForm(pair.slice(0, equals)), decodeForm(pair.slice(equals + 1))] as const);
    });
}

/** Writes parameters as a query string; nothing is written with `+`. */
export function formatQuery(query: QueryLines): string {
  return query.map(([name, value]) => `${encodeText(name)}=${encodeText(value)}`).join("&");
}

/** Percent-encodes any text; half of a surrogate pair, which JSON may hold and UTF-8 may not, becomes U+FFFD. */
export function encodeText(text: string): string {
  return encodeURIComponent(Buffer.from(text).toString());
}

/** Form-decoding that leaves text with a broken escape as it is. */
export function decodeForm(text: string): string {
  const spaced = text.replaceAll("+", " ");
  try {
    return decodeURIComponent(spaced);
  } catch {
    return spaced;
  }
}
