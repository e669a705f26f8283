import { endOfQuoted, quoteTemplate, scanTemplate, type TemplatePart } from "./template-scanner";

const NEEDS_WORK = /~\}|[$%]\{~|<</;
const HEREDOC = /<<(-?)([A-Za-z_][\w-]*)\n([\s\S]*?\n)?[ \t]*\2(?![\w-])/y;
const ESCAPES: Readonly<Record<string, string>> = { n: "\n", r: "\r", t: "\t", '"': '"', "\\": "\\" };

/**
 * The expression with strip markers applied and heredocs written as quoted texts, because the parser's tree holds the text of
 * templates as it stands in the source.
 *
 * @throws ConfigurationError `TEMPLATE_BROKEN`
 */
export function normalizeExpression(source: string, place: string): string {
  if (!NEEDS_WORK.test(source)) return source;
  let result = "";
  let position = 0;
  while (position < source.length) {
    HEREDOC.lastIndex = position;
    const heredoc = HEREDOC.exec(source);
    if (source[position] === '"') {
      const end = endOfQuoted(source, position + 1, place);
      const parts = scanTemplate(source.slice(position + 1, end), place);
      result += quoteTemplate(normalized(parts.map(withoutEscapes), place));
      position = end + 1;
    } else if (heredoc !== null) {
      const [text, flush, , content = ""] = heredoc;
      result += quoteTemplate(normalized(scanTemplate(flush === "-" ? unindent(content) : content, place), place));
      position += text.length;
    } else {
      result += source[position];
      position += 1;
    }
  }
  return result;
}

function normalized(parts: readonly TemplatePart[], place: string): readonly TemplatePart[] {
  return parts.map((part) =>
    part.kind === "literal" ? part : { kind: part.kind, source: normalizeExpression(part.source, place) },
  );
}

function withoutEscapes(part: TemplatePart): TemplatePart {
  if (part.kind !== "literal") return part;
  const text = part.text.replace(
    /\\(?:u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|(.))/gs,
    (sequence, short?: string, long?: string, simple?: string) =>
      simple === undefined
        ? String.fromCodePoint(Number.parseInt(short ?? long ?? "0", 16))
        : (ESCAPES[simple] ?? sequence),
  );
  return { kind: "literal", text };
}

/** `<<-` takes away the white space that all lines begin with. */
function unindent(text: string): string {
  const lines = text.split("\n");
  const widths = lines.filter((line) => line !== "").map((line) => line.length - line.trimStart().length);
  const width = Math.min(...widths);
  return lines.map((line) => line.slice(width)).join("\n");
}
