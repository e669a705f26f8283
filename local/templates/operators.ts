import { isRecord, printed, type TemplateValue } from "./values";

/** `#if`: null and false do not hold, everything else does, the empty string too. */
export function holds(value: TemplateValue): boolean {
  return value !== undefined && value !== null && value !== false;
}

/** `==`: what does not exist equals both null and the empty string; values of different kinds are compared as text. */
export function equal(left: TemplateValue, right: TemplateValue): boolean {
  if (typeof left === "number" && typeof right === "number") return left === right;
  if (isRecord(left) && isRecord(right) && left === right) return true;
  return printed(left) === printed(right);
}

type Operator = (left: TemplateValue, right: TemplateValue) => TemplateValue;

const OPERATORS: Readonly<Record<string, Operator>> = {
  "+": (left, right) =>
    typeof left === "number" && typeof right === "number" ? left + right : printed(left) + printed(right),
  "-": arithmetic((left, right) => left - right),
  "*": arithmetic((left, right) => left * right),
  "/": arithmetic((left, right) =>
    Number.isInteger(left) && Number.isInteger(right) ? Math.trunc(left / right) : left / right,
  ),
  "%": arithmetic((left, right) => left % right),
  "==": equal,
  "!=": (left, right) => !equal(left, right),
  ">": comparison((order) => order > 0),
  ">=": comparison((order) => order >= 0),
  "<": comparison((order) => order < 0),
  "<=": comparison((order) => order <= 0),
};

/** Applies an operator whose both sides are always evaluated. */
export function operate(operator: string, left: TemplateValue, right: TemplateValue): TemplateValue {
  return OPERATORS[operator]?.(left, right);
}

/** Arithmetic on anything but numbers, or by zero, has no value. */
function arithmetic(calculate: (left: number, right: number) => number): Operator {
  return (left, right) => {
    if (typeof left !== "number" || typeof right !== "number") return null;
    const result = calculate(left, right);
    return Number.isFinite(result) ? result : null;
  };
}

/** Only numbers have an order; everything else compares as false. */
function comparison(accepts: (order: number) => boolean): Operator {
  return (left, right) => typeof left === "number" && typeof right === "number" && accepts(left - right);
}
