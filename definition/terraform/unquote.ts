const SIMPLE_ESCAPES: Readonly<Record<string, string>> = { n: "\n", r: "\r", t: "\t", '"': '"', "\\": "\\" };

/** Undoes the escapes of a quoted text. Source: https://developer.hashicorp.com/terraform/language/expressions/strings#escape-sequences */
export function unquote(text: string): string {
  return text.replace(
    /\$\$\{|%%\{|\\(?:u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|(.))/gs,
    (sequence, short?: string, long?: string, simple?: string) => {
      const codePoint = short ?? long;
      if (codePoint !== undefined) return String.fromCodePoint(Number.parseInt(codePoint, 16));
      return simple === undefined ? sequence.slice(1) : (SIMPLE_ESCAPES[simple] ?? sequence);
    },
  );
}
