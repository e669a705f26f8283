/** Text that is quoted, classes inside of classes, comments: what stands there follows rules of its own. */
const UNJUDGED = /\\Q|\[[^\]]*\[|&&|\(\?\w*x/;

/**
 * What no reader of Java's regular expressions forgives, if anything: brackets that do not match, nothing to repeat, a
 * backslash at the end. It is silent about the rest, because JavaScript refuses things that Java takes.
 * Source: https://docs.oracle.com/javase/8/docs/api/java/util/regex/Pattern.html
 */
export function patternError(pattern: string): string | undefined {
  if (UNJUDGED.test(pattern)) return undefined;
  const parts = /\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|./gs;
  let open = 0;
  let isStart = true;
  for (const [part] of pattern.matchAll(parts)) {
    if (part === "\\") return "a backslash stands at the end";
    if (part === "[") return "a [ is never closed";
    if (isStart && /^[*+?]$/.test(part)) return `there is nothing before ${part} to repeat`;
    if (part === "(") open += 1;
    if (part === ")") open -= 1;
    if (open < 0) return "a ) has no ( before it";
    isStart = part === "|";
  }
  return open > 0 ? "a ( is never closed" : undefined;
}
