import type { Json } from "../json";
import { booleanAt, isList, isObject, listAt, numberAt, objectAt, textAt } from "../json-access";
import { unknownsIn } from "../unknown";
import { type ExpressionNode, wrapExpression } from "./expression-node";
import { FUNCTIONS } from "./terraform-functions";
import type { Traversal } from "./traversal";

/** What an expression can see. */
export interface NodeContext {
  /** Text of the whole expression. */
  readonly source: string;
  readonly resolve: (steps: Traversal) => Json;
}

type Evaluate = (node: ExpressionNode, context: NodeContext) => Json | undefined;

/** Value of a syntax tree; nothing for what is not supported or cannot be evaluated. */
export function evaluateNode(node: ExpressionNode, context: NodeContext): Json | undefined {
  return NODES[node.type]?.(node, context);
}

/** By node type; a parenthesis has the empty type. */
const NODES: Readonly<Record<string, Evaluate>> = {
  "": evaluateOnlyChild,
  templateWrap: evaluateOnlyChild,
  template: (node, context) => {
    const texts = node.children.map((child) => textAt(evaluateNode(child, context)));
    return texts.includes(undefined) ? undefined : texts.join("");
  },
  literalValue: ({ meta }) => LITERALS[meta?.type ?? ""]?.(meta?.value ?? ""),
  scopeTraversal: (node, context) => context.resolve(stepsOf(node)),
  relativeTraversal: (node, context) => stepsOf(node).reduce(member, evaluateOnlyChild(node, context)),
  index: (node, context) => {
    const [collection, key] = evaluateAll(node, context) ?? [];
    return typeof key === "string" || typeof key === "number" ? member(collection, key) : undefined;
  },
  tuple: evaluateAll,
  object: evaluateObject,
  function: evaluateCall,
  conditional: ({ children: [condition, whenTrue, whenFalse] }, context) => {
    const holds = condition && booleanAt(evaluateNode(condition, context));
    const chosen = holds === undefined ? undefined : holds ? whenTrue : whenFalse;
    return chosen && evaluateNode(chosen, context);
  },
  unaryOp: ({ meta, children: [operand] }, context) => {
    const value = operand && evaluateNode(operand, context);
    return UNARY[meta?.operator ?? ""]?.(value);
  },
  binaryOp: (node, context) => {
    const [left, right] = evaluateAll(node, context) ?? [];
    if (left === undefined || right === undefined || unknownsIn([left, right]).length > 0) return undefined;
    return BINARY[node.meta?.operator ?? ""]?.(left, right);
  },
};

const LITERALS: Readonly<Record<string, (text: string) => Json>> = {
  string: unquote,
  number: Number,
  bool: (text) => text === "true",
  dynamic: () => null,
};

const UNARY: Readonly<Record<string, (value: Json | undefined) => Json | undefined>> = {
  negate: (value) => (numberAt(value) === undefined ? undefined : -Number(value)),
  logicalNot: (value) => (booleanAt(value) === undefined ? undefined : !booleanAt(value)),
};

const BINARY: Readonly<Record<string, (left: Json, right: Json) => Json>> = {
  equal: (left, right) => JSON.stringify(left) === JSON.stringify(right),
  notEqual: (left, right) => JSON.stringify(left) !== JSON.stringify(right),
  logicalAnd: (left, right) => booleanAt(left) === true && booleanAt(right) === true,
  logicalOr: (left, right) => booleanAt(left) === true || booleanAt(right) === true,
  add: (left, right) => Number(left) + Number(right),
  subtract: (left, right) => Number(left) - Number(right),
  multiply: (left, right) => Number(left) * Number(right),
  lessThan: (left, right) => Number(left) < Number(right),
  lessThanOrEqual: (left, right) => Number(left) <= Number(right),
  greaterThan: (left, right) => Number(left) > Number(right),
  greaterThanOrEqual: (left, right) => Number(left) >= Number(right),
};

function evaluateOnlyChild({ children: [child] }: ExpressionNode, context: NodeContext): Json | undefined {
  return child && evaluateNode(child, context);
}

function evaluateAll({ children }: ExpressionNode, context: NodeContext): Json[] | undefined {
  const values = children.map((child) => evaluateNode(child, context));
  return values.every((value): value is Json => value !== undefined) ? values : undefined;
}

function evaluateCall(node: ExpressionNode, context: NodeContext): Json | undefined {
  const name = node.meta?.name ?? "";
  const implementation = Object.hasOwn(FUNCTIONS, name) ? FUNCTIONS[name] : undefined;
  const args = evaluateAll(node, context);
  if (implementation === undefined || args === undefined) return undefined;
  if (!implementation.keepsUnknowns && unknownsIn(args).length > 0) return undefined;
  const last = args.at(-1);
  return implementation.call(...(node.meta?.expandedFinalArgument ? [...args.slice(0, -1), ...listAt(last)] : args));
}

/** Children are key and value in turn; a key without children is a bare word. */
function evaluateObject({ children }: ExpressionNode, context: NodeContext): Json | undefined {
  const entries: [string, Json][] = [];
  for (let index = 0; index + 1 < children.length; index += 2) {
    const [keyNode, valueNode] = children.slice(index, index + 2);
    const key =
      keyNode && (keyNode.children.length === 0 ? sourceOf(keyNode, context) : textAt(evaluateNode(keyNode, context)));
    const value = valueNode && evaluateNode(valueNode, context);
    if (key === undefined || value === undefined) return undefined;
    entries.push([key, value]);
  }
  return Object.fromEntries(entries);
}

function sourceOf({ range }: ExpressionNode, { source }: NodeContext): string {
  return Buffer.from(wrapExpression(source)).subarray(range?.start.byte, range?.end.byte).toString();
}

function stepsOf({ meta }: ExpressionNode): (string | number)[] {
  return (meta?.traversal ?? []).map(({ type, segment }) => {
    if (type !== "indexTraversal") return segment;
    return segment.startsWith('"') ? unquote(segment.slice(1, -1)) : Number(segment);
  });
}

function member(value: Json | undefined, step: string | number): Json | undefined {
  if (isList(value)) return value[Number(step)];
  return isObject(value) ? objectAt(value)[step] : undefined;
}

const SIMPLE_ESCAPES: Readonly<Record<string, string>> = { n: "\n", r: "\r", t: "\t", '"': '"', "\\": "\\" };

/** Undoes the escapes of a quoted text. Source: https://developer.hashicorp.com/terraform/language/expressions/strings#escape-sequences */
function unquote(text: string): string {
  return text.replace(
    /\$\$\{|%%\{|\\(?:u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|(.))/gs,
    (sequence, short?: string, long?: string, simple?: string) => {
      const codePoint = short ?? long;
      if (codePoint !== undefined) return String.fromCodePoint(Number.parseInt(codePoint, 16));
      return simple === undefined ? sequence.slice(1) : (SIMPLE_ESCAPES[simple] ?? sequence);
    },
  );
}
