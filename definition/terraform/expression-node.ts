/** A node of an expression's syntax tree, as far as evaluation needs it. */
export interface ExpressionNode {
  readonly type: string;
  readonly meta?: {
    readonly type?: string;
    readonly value?: string;
    readonly name?: string;
    readonly operator?: string;
    readonly traversal?: readonly { readonly type: string; readonly segment: string }[];
    readonly expandedFinalArgument?: boolean;
    readonly keyVar?: string;
    readonly valVar?: string;
    /** `[` or `{` of a `for`. */
    readonly openRangeValue?: string;
    readonly conditionalExpression?: string;
    readonly groupedValue?: boolean;
  };
  readonly range?: { readonly start: { readonly byte: number }; readonly end: { readonly byte: number } };
  readonly children: readonly ExpressionNode[];
}

/** Syntax trees by expression; `null` marks one that has none, because it is no valid expression. */
export type ParsedExpressions = ReadonlyMap<string, ExpressionNode | null>;

/**
 * Parses an expression with HashiCorp's own grammar. The parser is WebAssembly and costs a fifth of a second to start, so it is
 * loaded by the first expression that is more than a plain reference.
 */
export async function parseExpression(source: string): Promise<ExpressionNode | null> {
  const { getExpressionAst } = await import("@cdktn/hcl2json");
  try {
    return (await getExpressionAst("expression.tf", wrapExpression(source))) as ExpressionNode | null;
  } catch {
    // The parser has one error type for whatever is wrong; the caller treats the expression as unknown.
    return null;
  }
}

/** The text that the parser sees, to which byte ranges refer. */
export function wrapExpression(source: string): string {
  return `"\${${source}}"`;
}
