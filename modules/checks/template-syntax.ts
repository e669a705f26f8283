/** What Velocity takes for text, whatever stands in it: unparsed blocks, comments, escaped signs. */
const TEXT = /#\[\[[\s\S]*?\]\]#|##[^\n]*|#\*[\s\S]*?\*#|\\[#$]/;
const DIRECTIVE = /#\{?(?<directive>if|elseif|foreach|macro|define|literal|set|end|@\w+)\b\}?/;
/** Up to the bracket, as in `$a.b["c"].d(`. */
const CALL = /\$!?\{?[A-Za-z_][\w-]*(?:\.[A-Za-z_][\w-]*|\[[^\]]*\])*(?<=\.[\w-]+)(?<call>\()/;
const PARTS = new RegExp([TEXT, DIRECTIVE, CALL].map(({ source }) => source).join("|"), "g");
const NEXT_CALL = /(?:\.[A-Za-z_][\w-]*|\[[^\]]*\])*(?<=\.[\w-]+)\(/y;

/** Directives that a bracket must follow. */
const WITH_ARGUMENTS: readonly string[] = ["if", "elseif", "foreach"];
/** How arguments begin, where all do. */
const ARGUMENTS: Readonly<Record<string, RegExp>> = {
  foreach: /^\s*\$!?\{?[\w-]+\}?\s+in\s/,
  set: /^\s*\$[^=]+=\s*\S/,
};
/** Directives that neither begin nor end a block. */
const WITHOUT_BLOCK: readonly string[] = ["elseif", "set"];
/** Readers of VTL disagree whether the backslash keeps the string open. */
const ESCAPED_QUOTE = /(?<!\\)(?:\\\\)*\\["']/;

/** The template without what is text to Velocity, whatever stands in it. */
export function withoutComments(template: string): string {
  return template.replaceAll(new RegExp(TEXT.source, "g"), " ");
}

/**
 * What nobody who reads VTL forgives, if anything: blocks, brackets and quotes that do not match, directives without their
 * arguments. It is silent about the rest, because no parser for JavaScript takes all that Velocity takes.
 * Source: https://velocity.apache.org/engine/1.7/vtl-reference.html
 */
export function syntaxError(template: string): string | undefined {
  if (ESCAPED_QUOTE.test(template)) return undefined;
  const parts = new RegExp(PARTS, "g");
  let open = 0;
  for (let part = parts.exec(template); part !== null; part = parts.exec(template)) {
    const { directive, call } = part.groups ?? {};
    const bracket = call !== undefined ? parts.lastIndex - 1 : bracketAfter(template, directive, parts.lastIndex);
    if (bracket !== undefined) {
      const end = endOfArguments(template, bracket);
      if (end === undefined) return `the ( on line ${lineOf(template, bracket)} is never closed`;
      const text = template.slice(bracket + 1, end - 1);
      if (ARGUMENTS[directive ?? ""]?.test(text) === false) return `#${directive}(${text}) is incomplete`;
      parts.lastIndex = end;
    }
    if (directive === undefined) continue;
    if (bracket === undefined && WITH_ARGUMENTS.includes(directive)) return `#${directive} has no ( after it`;
    if (WITHOUT_BLOCK.includes(directive)) continue;
    open += directive === "end" ? -1 : 1;
    if (open < 0) return "an #end has no beginning";
  }
  return open > 0 ? "an #end is missing" : undefined;
}

function bracketAfter(template: string, directive: string | undefined, position: number): number | undefined {
  if (directive === undefined || directive === "end") return undefined;
  const [spaces = ""] = /^\s*/.exec(template.slice(position)) ?? [];
  return template[position + spaces.length] === "(" ? position + spaces.length : undefined;
}

/** Behind the bracket that closes the arguments, and those of calls on what comes of them, as in `(1).b(2)`. */
function endOfArguments(template: string, bracket: number): number | undefined {
  const signs = /'(?:[^']|'')*'|"(?:\\.|[^"\\]|"")*"|[()]/gs;
  signs.lastIndex = bracket;
  let depth = 0;
  for (let sign = signs.exec(template); sign !== null; sign = signs.exec(template)) {
    if (sign[0] === "(") depth += 1;
    if (sign[0] === ")") depth -= 1;
    if (depth > 0) continue;
    const next = new RegExp(NEXT_CALL, "y");
    next.lastIndex = signs.lastIndex;
    return next.test(template) ? endOfArguments(template, next.lastIndex - 1) : signs.lastIndex;
  }
  return undefined;
}

function lineOf(template: string, position: number): number {
  return template.slice(0, position).split("\n").length;
}
