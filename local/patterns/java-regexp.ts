import { matchUserPattern } from "./user-pattern";

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

/**
 * Java's `matches`: the expression must cover the whole text. A dot stands for anything but a line end.
 *
 * @throws GatewayError `CONFIGURATION_FAILURE` when the match takes too long
 */
export function matchesWhole(pattern: string, text: string): boolean {
  const inner = javaRegExp(pattern);
  // With the flag m, `^` and `$` also stand for the ends of a line.
  const [start, end] = inner.multiline ? ["(?<![^])", "(?![^])"] : ["^", "$"];
  const whole = new RegExp(`${start}(?:${inner.source})${end}`, inner.flags);
  return matchUserPattern(pattern, text, () => whole.test(text), whole.source);
}

/**
 * Java's `replaceAll` and `replaceFirst`. In the replacement `$1` and `${name}` are groups, `$0` is all that was found, and
 * a backslash makes the next character plain.
 *
 * @throws Error when the expression has no such group
 */
export function replaceFound(text: string, expression: RegExp, replacement: string): string {
  return text.replace(expression, (...found: unknown[]) => {
    const last = found.at(-1);
    const names = typeof last === "object" && last !== null ? (last as Record<string, string | undefined>) : {};
    const groups = found.slice(0, typeof last === "object" ? -3 : -2) as (string | undefined)[];
    return replacement.replace(
      /\\(.)|\$\{(\w+)\}|\$(\d)|[$\\]/gs,
      (_, plain?: string, name?: string, index?: string) => {
        if (plain !== undefined) return plain;
        if (name !== undefined && Object.hasOwn(names, name)) return names[name] ?? "";
        if (index !== undefined && Number(index) < groups.length) return groups[Number(index)] ?? "";
        throw new Error(`the expression ${expression.source} has no group ${name ?? index ?? ""}`);
      },
    );
  });
}
