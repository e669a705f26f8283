import type { Json, JsonObject } from "../json";
import { isList, isObject, textAt } from "../json-access";
import { markUnknown } from "../unknown";
import { type FunctionContext, InvalidExpression } from "./builtins/terraform-function";
import { evaluateNode } from "./evaluate-node";
import type { ParsedExpressions } from "./expression-node";
import { normalizeExpression } from "./expression-source";
import { memberOf } from "./member-access";
import { quoteTemplate, scanTemplate, type TemplatePart } from "./template-scanner";
import { plainReference, type Traversal } from "./traversal";

/** Where a template stands. */
export interface TemplatePlace {
  /** Address that messages and unknowns name. */
  readonly owner: string;
  readonly files: Pick<FunctionContext, "readFile" | "absolutePath">;
  /** @throws ConfigurationError, InvalidExpression */
  readonly resolve: (steps: Traversal) => Json | undefined;
}

/** Evaluates templates with the syntax trees that are there, and tells which ones it lacked. */
export class TemplateEvaluator {
  /** Expressions that need a parsed tree and have none; the caller parses them and starts again. */
  readonly unparsed = new Set<string>();

  /** @param expressions syntax trees of the expressions that are more than plain references */
  constructor(private readonly expressions: ParsedExpressions) {}

  /**
   * Any value with its templates evaluated. A text that is one expression and nothing else has the value of it, of whatever type.
   *
   * @throws ConfigurationError `TEMPLATE_BROKEN` and those of references
   */
  evaluate(value: Json, place: TemplatePlace): Json {
    if (typeof value === "string") return this.template(value, place);
    if (isList(value)) return value.map((item) => this.evaluate(item, place));
    if (!isObject(value)) return value;
    return Object.fromEntries(
      Object.entries(value).map(([key, member]) => [
        textAt(this.template(key, place)) ?? key,
        this.evaluate(member, place),
      ]),
    );
  }

  private template(text: string, place: TemplatePlace): Json {
    // Terraform keeps all text in this form, so this is what reaches AWS.
    const normal = text.normalize("NFC");
    if (!normal.includes("${") && !normal.includes("%{")) return normal;
    const parts = scanTemplate(normal, place.owner);
    const [only] = parts;
    if (only?.kind === "expression" && parts.length === 1) return this.expression(only.source, place);
    if (parts.some(({ kind }) => kind === "directive")) return this.expression(quoteTemplate(parts), place);
    return parts.map((part) => this.part(part, place)).join("");
  }

  private part(part: TemplatePart, place: TemplatePlace): string {
    if (part.kind === "literal") return part.text;
    return textAt(this.expression(part.source, place)) ?? unknownExpression(part.source, place.owner);
  }

  private expression(source: string, place: TemplatePlace): Json {
    try {
      const reference = plainReference(source);
      const value = reference === undefined ? this.tree(source, place) : place.resolve(reference);
      return value === undefined ? unknownExpression(source, place.owner) : value;
    } catch (error) {
      if (error instanceof InvalidExpression) return unknownExpression(source, place.owner);
      throw error;
    }
  }

  private tree(text: string, place: TemplatePlace): Json | undefined {
    const source = normalizeExpression(text, place.owner);
    const tree = this.expressions.get(source);
    if (tree === undefined) this.unparsed.add(source);
    const functions = { ...place.files, renderTemplate: this.renderer(place) };
    return tree ? evaluateNode(tree, { source, functions, variables: {}, resolve: place.resolve }) : undefined;
  }

  /** Templates of files see their variables only. */
  private renderer({ owner, files }: TemplatePlace): FunctionContext["renderTemplate"] {
    return (template: string, variables: JsonObject) => {
      const resolve = ([head = "", ...rest]: Traversal) => rest.reduce(memberOf, memberOf(variables, head));
      return textAt(this.evaluate(template, { owner, files, resolve }));
    };
  }
}

/** Quotes, backslashes and brackets of the marker would break the JSON or the marker that holds the expression. */
function unknownExpression(source: string, owner: string): string {
  return markUnknown({ address: owner, attribute: source.replace(/["\\\p{Cc}\u27E6\u27E7]/gu, "'") });
}
