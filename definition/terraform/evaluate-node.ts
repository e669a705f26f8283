import { canonicalJson } from "../canonical-json";
import type { Json, JsonObject } from "../json";
import { booleanAt, isList, listAt, textAt } from "../json-access";
import { unknownsIn } from "../unknown";
import { entriesOf } from "./builtins/collection-functions";
import {
  booleanOf,
  type FunctionContext,
  InvalidExpression,
  listOf,
  numberOf,
  textOf,
} from "./builtins/terraform-function";
import { type ExpressionNode, wrapExpression } from "./expression-node";
import { memberOf } from "./member-access";
import { FUNCTIONS } from "./terraform-functions";
import type { Traversal } from "./traversal";
import { unquote } from "./unquote";

/** What an expression can see. */
export interface NodeContext {
  /** Text of the whole expression. */
  readonly source: string;
  readonly functions: FunctionContext;
  /** Names that `for` declares. */
  readonly variables: JsonObject;
  /** What a splat is at. */
  readonly item?: Json;
  /** @throws InvalidExpression for a name that Terraform does not find */
  readonly resolve: (steps: Traversal) => Json | undefined;
}

type Evaluate = (node: ExpressionNode, context: NodeContext) => Json | undefined;

/**
 * Value of a syntax tree; nothing for what is not supported or has no value yet.
 *
 * @throws InvalidExpression for what Terraform refuses
 */
export function evaluateNode(node: ExpressionNode, context: NodeContext): Json | undefined {
  return NODES[node.type]?.(node, context);
}

/** By node type. A parenthesis and what a splat is at have the empty type. */
const NODES: Readonly<Record<string, Evaluate>> = {
  "": (node, context) => (node.children.length === 0 ? context.item : evaluateOnlyChild(node, context)),
  templateWrap: evaluateOnlyChild,
  template: (node, context) => {
    const parts = evaluateAll(node, context);
    return parts?.map(textOf).join("");
  },
  templateJoin: (node, context) => {
    const parts = evaluateOnlyChild(node, context);
    return parts && listOf(parts).map(textOf).join("");
  },
  literalValue: ({ meta }) => LITERALS[meta?.type ?? ""]?.(meta?.value ?? ""),
  scopeTraversal: (node, context) => {
    const steps = stepsOf(node);
    const [head = "", ...rest] = steps;
    if (!Object.hasOwn(context.variables, head)) return context.resolve(steps);
    return rest.reduce(memberOf, context.variables[head]);
  },
  relativeTraversal: (node, context) => stepsOf(node).reduce(memberOf, evaluateOnlyChild(node, context)),
  index: (node, context) => {
    const [collection, key] = evaluateAll(node, context) ?? [];
    if (key === undefined || unknownsIn(key).length > 0) return undefined;
    return memberOf(collection, isList(collection) ? numberOf(key) : textOf(key));
  },
  splat: ({ children: [source, each] }, context) => {
    const value = source && evaluateNode(source, context);
    if (value === undefined || each === undefined) return undefined;
    const items = value === null ? [] : isList(value) ? value : [value];
    return allOrNothing(items.map((item) => evaluateNode(each, { ...context, item })));
  },
  for: evaluateFor,
  tuple: evaluateAll,
  object: evaluateObject,
  function: evaluateCall,
  conditional: evaluateConditional,
  unaryOp: ({ meta, children: [operand] }, context) => {
    const value = operand && evaluateNode(operand, context);
    if (value === undefined || unknownsIn(value).length > 0) return undefined;
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

const UNARY: Readonly<Record<string, (value: Json) => Json>> = {
  negate: (value) => -numberOf(value),
  logicalNot: (value) => !booleanOf(value),
};

const BINARY: Readonly<Record<string, (left: Json, right: Json) => Json>> = {
  equal: (left, right) => canonicalJson(left) === canonicalJson(right),
  notEqual: (left, right) => canonicalJson(left) !== canonicalJson(right),
  logicalAnd: (left, right) => booleanOf(left) && booleanOf(right),
  logicalOr: (left, right) => booleanOf(left) || booleanOf(right),
  add: (left, right) => numberOf(left) + numberOf(right),
  subtract: (left, right) => numberOf(left) - numberOf(right),
  multiply: (left, right) => numberOf(left) * numberOf(right),
  divide: (left, right) => divided(numberOf(left), numberOf(right)),
  modulo: (left, right) => numberOf(left) % numberOf(right),
  lessThan: (left, right) => numberOf(left) < numberOf(right),
  lessThanOrEqual: (left, right) => numberOf(left) <= numberOf(right),
  greaterThan: (left, right) => numberOf(left) > numberOf(right),
  greaterThanOrEqual: (left, right) => numberOf(left) >= numberOf(right),
};

/** Functions that decide which of their arguments are evaluated. */
const LAZY_FUNCTIONS: Readonly<Record<string, Evaluate>> = {
  try: ({ children }, context) => {
    for (const child of children) {
      const attempt = attemptOf(child, context);
      if (attempt.isValid) return attempt.value;
    }
    throw new InvalidExpression("no argument of try is valid");
  },
  can: ({ children: [child] }, context) => {
    const attempt = child && attemptOf(child, context);
    return attempt?.isValid && attempt.value === undefined ? undefined : attempt?.isValid === true;
  },
};

function attemptOf(node: ExpressionNode, context: NodeContext): { isValid: boolean; value?: Json } {
  try {
    const value = evaluateNode(node, context);
    return value === undefined ? { isValid: true } : { isValid: true, value };
  } catch (error) {
    if (error instanceof InvalidExpression) return { isValid: false };
    throw error;
  }
}

function divided(left: number, right: number): number {
  if (right === 0) throw new InvalidExpression("a number is divided by zero");
  return left / right;
}

function evaluateOnlyChild({ children: [child] }: ExpressionNode, context: NodeContext): Json | undefined {
  return child && evaluateNode(child, context);
}

function evaluateAll({ children }: ExpressionNode, context: NodeContext): Json[] | undefined {
  return allOrNothing(children.map((child) => evaluateNode(child, context)));
}

function allOrNothing(values: readonly (Json | undefined)[]): Json[] | undefined {
  return values.every((value): value is Json => value !== undefined) ? [...values] : undefined;
}

function evaluateCall(node: ExpressionNode, context: NodeContext): Json | undefined {
  const name = (node.meta?.name ?? "").replace(/^core::/, "");
  const lazy = Object.hasOwn(LAZY_FUNCTIONS, name) ? LAZY_FUNCTIONS[name] : undefined;
  if (lazy !== undefined) return lazy(node, context);
  const implementation = Object.hasOwn(FUNCTIONS, name) ? FUNCTIONS[name] : undefined;
  const args = evaluateAll(node, context);
  if (implementation === undefined || args === undefined) return undefined;
  const all = node.meta?.expandedFinalArgument ? [...args.slice(0, -1), ...listAt(args.at(-1))] : args;
  const hasUnknowns = unknownsIn(all).length > 0;
  if (hasUnknowns && !implementation.keepsUnknowns) return undefined;
  try {
    return implementation.call(all, context.functions);
  } catch (error) {
    // JavaScript has limits of its own, as in the length of texts.
    const isInvalid = error instanceof InvalidExpression || error instanceof RangeError;
    if (!isInvalid) throw error;
    // A marker is text, whatever it stands for, so nothing is wrong with the expression.
    if (hasUnknowns) return undefined;
    throw new InvalidExpression(error.message);
  }
}

/** Both sides get one type: a number or boolean becomes text where the other side is text. */
function evaluateConditional(node: ExpressionNode, context: NodeContext): Json | undefined {
  const [condition, whenTrue, whenFalse] = node.children;
  const holds = condition && booleanAt(evaluateNode(condition, context));
  if (holds === undefined) return undefined;
  const [chosen, other] = holds ? [whenTrue, whenFalse] : [whenFalse, whenTrue];
  const value = chosen && evaluateNode(chosen, context);
  if (typeof value !== "number" && typeof value !== "boolean") return value;
  const alternative = other && attemptOf(other, context).value;
  const isText = typeof alternative === "string" && unknownsIn(alternative).length === 0;
  return isText ? String(value) : value;
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

/** Children are the collection, the key if it makes an object, the value, and the condition if there is one. */
function evaluateFor(node: ExpressionNode, context: NodeContext): Json | undefined {
  const { keyVar = "", valVar = "", openRangeValue, conditionalExpression, groupedValue = false } = node.meta ?? {};
  const makesObject = openRangeValue === "{";
  const [collectionNode, ...rest] = node.children;
  const keyNode = makesObject ? rest.shift() : undefined;
  const [valueNode, conditionNode] = rest;
  const collection = collectionNode && evaluateNode(collectionNode, context);
  if (collection === undefined || valueNode === undefined || isUnknown(collection)) return undefined;
  const results: (readonly [key: string, value: Json])[] = [];
  for (const [key, value] of entriesOf(collection)) {
    const variables = { ...context.variables, ...(keyVar !== "" && { [keyVar]: key }), [valVar]: value };
    const inside = { ...context, variables };
    const holds =
      conditionalExpression === undefined || conditionNode === undefined || evaluateNode(conditionNode, inside);
    if (holds === undefined || isUnknown(holds)) return undefined;
    if (!booleanOf(holds)) continue;
    const name = keyNode === undefined ? "" : evaluateNode(keyNode, inside);
    const result = evaluateNode(valueNode, inside);
    if (name === undefined || isUnknown(name) || result === undefined) return undefined;
    results.push([textOf(name), result]);
  }
  return makesObject ? objectFrom(results, groupedValue) : results.map(([, value]) => value);
}

function objectFrom(results: readonly (readonly [key: string, value: Json])[], isGrouped: boolean): JsonObject {
  const keys = [...new Set(results.map(([key]) => key))];
  if (!isGrouped && keys.length < results.length) throw new InvalidExpression("a key occurs twice");
  if (!isGrouped) return Object.fromEntries(results);
  return Object.fromEntries(
    keys.map((key) => [key, results.filter(([other]) => other === key).map(([, value]) => value)]),
  );
}

function isUnknown(value: Json): boolean {
  return typeof value === "string" && unknownsIn(value).length > 0;
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
