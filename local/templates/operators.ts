import { asFraction, LiteralNumber } from "./literal-number";
import { isRecord, printed, type TemplateValue } from "./values";

/** `#if`: null and false do not hold, everything else does, the empty string too. */
export function holds(value: TemplateValue): boolean {
  return value !== undefined && value !== null && value !== false;
}

/** `==`: what does not exist equals both null and the empty string; values of different kinds are compared as text. */
export function equal(left: TemplateValue, right: TemplateValue): boolean {
  const [a, b] = [numeric(left), numeric(right)];
  if (typeof a === "number" && typeof b === "number") return a === b;
  if (isRecord(left) && isRecord(right) && left === right) return true;
  return printed(left) === printed(right);
}

type Operator = (left: TemplateValue, right: TemplateValue) => TemplateValue;

const OPERATORS: Readonly<Record<string, Operator>> = {
  "+": (left, right) => {
    const [a, b] = [numeric(left), numeric(right)];
    if (typeof a !== "number" || typeof b !== "number") return printed(left) + printed(right);
    return asJavaWrites(a + b, left, right);
  },
  "-": arithmetic((left, right) => left - right),
  "*": arithmetic((left, right) => left * right),
  "/": (left, right) => {
    const divide = arithmetic((a, b) => (isWholeNumber(left) && isWholeNumber(right) ? Math.trunc(a / b) : a / b));
    return divide(left, right);
  },
  "%": arithmetic((left, right) => left % right),
  "==": equal,
  "!=": (left, right) => !equal(left, right),
  ">": comparison((order) => order > 0),
  ">=": comparison((order) => order >= 0),
  "<": comparison((order) => order < 0),
  "<=": comparison((order) => order <= 0),
};

function numeric(value: TemplateValue): TemplateValue {
  return value instanceof LiteralNumber ? value.valueOf() : value;
}

function isWholeNumber(value: TemplateValue): boolean {
  return value instanceof LiteralNumber ? !value.isFraction : Number.isInteger(value);
}

/** Applies an operator whose both sides are always evaluated. */
export function operate(operator: string, left: TemplateValue, right: TemplateValue): TemplateValue {
  return OPERATORS[operator]?.(left, right);
}

/** Arithmetic on anything but numbers, or by zero, has no value. */
function arithmetic(calculate: (left: number, right: number) => number): Operator {
  return (left, right) => {
    const [a, b] = [numeric(left), numeric(right)];
    if (typeof a !== "number" || typeof b !== "number") return null;
    const result = calculate(a, b);
    return Number.isFinite(result) ? asJavaWrites(result, left, right) : null;
  };
}

/** Java goes on with fractions where one side is one. */
function asJavaWrites(result: number, left: TemplateValue, right: TemplateValue): TemplateValue {
  return isWholeNumber(left) && isWholeNumber(right) ? result : asFraction(result);
}

/** Only numbers have an order; everything else compares as false. */
function comparison(accepts: (order: number) => boolean): Operator {
  return (left, right) => {
    const [a, b] = [numeric(left), numeric(right)];
    return typeof a === "number" && typeof b === "number" && accepts(a - b);
  };
}
