/**
 * A Java regular expression as one of JavaScript. The two share nearly all syntax; a leading `(?i)`, `(?s)` or `(?m)`
 * becomes a flag.
 *
 * @throws SyntaxError when JavaScript has no such expression
 */
export function javaRegExp(pattern: string, flags = ""): RegExp {
  const inline = /^\(\?([ism]+)\)/.exec(pattern);
  return inline ? new RegExp(pattern.slice(inline[0].length), flags + inline[1]) : new RegExp(pattern, flags);
}

/** Java's `matches`: the expression must cover the whole text. A dot stands for anything but a line end. */
export function matchesWhole(pattern: string, text: string): boolean {
  const inner = javaRegExp(pattern);
  return new RegExp(`^(?:${inner.source})$`, inner.flags).test(text);
}
