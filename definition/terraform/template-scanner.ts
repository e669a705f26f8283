import { ConfigurationError } from "../configuration-error";
import { escapeTemplate } from "./template";

/** A piece of a Terraform template: text, `${…}` or `%{…}`. */
export type TemplatePart =
  | { readonly kind: "literal"; readonly text: string }
  | { readonly kind: "expression"; readonly source: string }
  | { readonly kind: "directive"; readonly source: string };

const ESCAPES = [
  ["$${", "${"],
  ["%%{", "%{"],
] as const;

/**
 * Splits a template by Terraform's grammar: `$${` and `%%{` are text, braces and quotes nest.
 * Source: https://developer.hashicorp.com/terraform/language/expressions/strings#string-templates
 *
 * @param place what messages name, as in the address of the resource
 * @throws ConfigurationError `TEMPLATE_BROKEN`
 */
export function scanTemplate(text: string, place: string): readonly TemplatePart[] {
  const parts: TemplatePart[] = [];
  let literal = "";
  let position = 0;
  const endLiteral = () => {
    if (literal !== "") parts.push({ kind: "literal", text: literal });
    literal = "";
  };
  while (position < text.length) {
    const sequence = ESCAPES.find(([escaped]) => text.startsWith(escaped, position));
    if (sequence !== undefined) {
      literal += sequence[1];
      position += sequence[0].length;
    } else if (opens(text, position)) {
      endLiteral();
      const end = endOfExpression(text, position + 2, place);
      const kind = text[position] === "$" ? "expression" : "directive";
      parts.push({ kind, source: text.slice(position + 2, end) });
      position = end + 1;
    } else {
      literal += text[position];
      position += 1;
    }
  }
  endLiteral();
  return trimStripped(parts);
}

/** Index of the brace that ends the expression which begins at `start`. */
function endOfExpression(text: string, start: number, place: string): number {
  let depth = 0;
  let position = start;
  while (position < text.length) {
    const character = text[position];
    if (character === "}" && depth === 0) return position;
    if (character === '"') {
      position = endOfQuoted(text, position + 1, place);
    } else if (character === "{") {
      depth += 1;
    } else if (character === "}") {
      depth -= 1;
    }
    position += 1;
  }
  throw broken(text, start, place);
}

/** Index of the quote that ends the quoted template which begins at `start`. */
export function endOfQuoted(text: string, start: number, place: string): number {
  let position = start;
  while (position < text.length) {
    if (text[position] === '"') return position;
    if (text[position] === "\\") position += 2;
    else if (ESCAPES.some(([sequence]) => text.startsWith(sequence, position))) position += 3;
    else if (opens(text, position)) position = endOfExpression(text, position + 2, place) + 1;
    else position += 1;
  }
  throw broken(text, start, place);
}

function opens(text: string, position: number): boolean {
  return text.startsWith("${", position) || text.startsWith("%{", position);
}

/** Applies the strip markers: `${~` takes the white space before it away, `~}` that behind it, within one line. */
function trimStripped(parts: readonly TemplatePart[]): readonly TemplatePart[] {
  return parts.map((part, index) => {
    if (part.kind === "directive") return part;
    if (part.kind === "expression") return { kind: "expression", source: withoutMarkers(part.source) };
    const before = parts[index - 1];
    const behind = parts[index + 1];
    const isStartStripped = before !== undefined && before.kind !== "literal" && before.source.endsWith("~");
    const isEndStripped = behind !== undefined && behind.kind !== "literal" && behind.source.startsWith("~");
    return { kind: "literal", text: trimLines(part.text, isStartStripped, isEndStripped) };
  });
}

function trimLines(text: string, isStartStripped: boolean, isEndStripped: boolean): string {
  const lines = text.match(/[^\n]*\n|[^\n]+/g) ?? [];
  return lines
    .map((line, index) => (isStartStripped && index === 0 ? line.trimStart() : line))
    .map((line, index) => (isEndStripped && index === lines.length - 1 ? line.trimEnd() : line))
    .join("");
}

function withoutMarkers(source: string): string {
  return source.slice(source.startsWith("~") ? 1 : 0, source.endsWith("~") ? -1 : undefined).trim();
}

function broken(text: string, start: number, place: string): ConfigurationError {
  const excerpt = text.slice(Math.max(0, start - 2), start + 30);
  return new ConfigurationError(
    "TEMPLATE_BROKEN",
    place,
    `the expression that begins at ${JSON.stringify(excerpt)} never ends`,
    "close it with }, or write $${ or %%{ where the characters are meant as text",
  );
}

/** The template as a quoted text of Terraform's own language, so that directives can be parsed as part of an expression. */
export function quoteTemplate(parts: readonly TemplatePart[]): string {
  const texts = parts.map((part) => {
    if (part.kind === "literal") return quoteLiteral(part.text);
    return `${part.kind === "expression" ? "$" : "%"}{${withoutMarkers(part.source)}}`;
  });
  return `"${texts.join("")}"`;
}

function quoteLiteral(text: string): string {
  return escapeTemplate(text).replace(/["\\\p{Cc}]/gu, (character) => {
    const code = character.charCodeAt(0).toString(16).padStart(4, "0");
    return character === '"' || character === "\\" ? `\\${character}` : `\\u${code}`;
  });
}
