import { parse } from "velocityjs";

/** The parser's syntax tree, as far as it is evaluated here. */
export type Node = string | Directive | Block;
export type Block = readonly [Directive, ...Node[]];

export type Directive =
  | Reference
  | { readonly type: "set"; readonly equal: readonly [Reference, Expression] }
  | { readonly type: "if" | "elseif"; readonly condition: Expression }
  | { readonly type: "foreach"; readonly to: string; readonly from: Expression }
  | { readonly type: "macro"; readonly id: string; readonly args?: readonly Reference[] | false }
  | { readonly type: "macro_call"; readonly id: string; readonly args?: readonly Expression[] | false }
  | { readonly type: "define"; readonly id: string }
  | { readonly type: "raw"; readonly value: string }
  | { readonly type: "else" | "break" | "comment" | "noescape" | "macro_body" };

export interface Reference {
  readonly type: "references";
  readonly id: string;
  readonly path?: readonly Access[];
}

export type Access =
  | { readonly type: "property"; readonly id: string }
  | { readonly type: "index"; readonly id: Expression }
  | { readonly type: "method"; readonly id: string; readonly args?: readonly Expression[] | false };

export type Expression =
  | Reference
  | { readonly type: "string"; readonly value: string; readonly isEval?: boolean }
  | { readonly type: "integer" | "decimal"; readonly value: string | number }
  | { readonly type: "bool"; readonly value: "true" | "false" | "null" }
  | { readonly type: "array"; readonly isRange: true; readonly value: readonly (string | number | Reference)[] }
  | { readonly type: "array"; readonly isRange?: false; readonly value: readonly Expression[] }
  | { readonly type: "map"; readonly value?: Readonly<Record<string, Expression>> }
  | { readonly type: "math"; readonly operator: string; readonly expression: readonly Expression[] };

const cache = new Map<string, readonly Node[]>();

/** Parses a text that is made while a template renders: clients may make it another one with every request. */
export function parseAnew(template: string): readonly Node[] {
  return parse(withCalledStops(template)) as unknown as readonly Node[];
}

/** What is no text to the parser, and `#stop` as Velocity has it. */
const RAW_OR_STOP = /#\[\[[\s\S]*?\]\]#|##[^\n]*|#\*[\s\S]*?\*#|(?<!\\)(?:#stop(?![\w(])|#\{stop\})/g;

/** The parser knows `#stop()` only. */
function withCalledStops(template: string): string {
  return template.replace(RAW_OR_STOP, (found) => (/^#\{?stop/.test(found) ? "#stop()" : found));
}

/**
 * Parses a template of the definition; each text only the first time.
 *
 * @throws Error with line and expectation when it is no template
 */
export function parseTemplate(template: string): readonly Node[] {
  const known = cache.get(template);
  if (known) return known;
  const nodes = parseAnew(template);
  cache.set(template, nodes);
  return nodes;
}

const strings = new WeakMap<object, readonly Node[]>();

/** Parses a text in double quotes; once, for as long as the template around it is known. */
export function parseString(expression: { readonly value: string }): readonly Node[] {
  const known = strings.get(expression);
  if (known) return known;
  const nodes = parseAnew(expression.value);
  strings.set(expression, nodes);
  return nodes;
}
