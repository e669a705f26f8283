import type { Json } from "../../json";
import {
  booleanOf,
  changing,
  type FunctionTable,
  InvalidExpression,
  listOf,
  numberOf,
  textOf,
} from "./terraform-function";

/** Numbers and truth. Source: https://developer.hashicorp.com/terraform/language/functions/abs */
export const NUMBER_FUNCTIONS: FunctionTable = {
  abs: changing(([value]) => Math.abs(numberOf(value))),
  ceil: changing(([value]) => Math.ceil(numberOf(value))),
  floor: changing(([value]) => Math.floor(numberOf(value))),
  log: changing(([value, base]) => Math.log(numberOf(value)) / Math.log(numberOf(base))),
  max: changing((args) => Math.max(...numbers(args))),
  min: changing((args) => Math.min(...numbers(args))),
  pow: changing(([value, exponent]) => numberOf(value) ** numberOf(exponent)),
  signum: changing(([value]) => Math.sign(numberOf(value))),
  sum: changing(([list]) => numbers(listOf(list)).reduce((total, value) => total + value)),
  parseint: changing(([value, base]) => parseInteger(textOf(value), numberOf(base))),
  alltrue: changing(([list]) => listOf(list).every((value) => value !== null && booleanOf(value))),
  anytrue: changing(([list]) => listOf(list).some((value) => value !== null && booleanOf(value))),
};

function numbers(values: readonly Json[]): readonly number[] {
  if (values.length === 0) throw new InvalidExpression("there is no number");
  return values.map(numberOf);
}

function parseInteger(text: string, base: number): number {
  const digits = "0123456789abcdefghijklmnopqrstuvwxyz".slice(0, base);
  const isNumber = [...text.toLowerCase().replace(/^[+-]/, "")].every((digit) => digits.includes(digit));
  if (!isNumber || !/[^+-]/.test(text)) throw new InvalidExpression(`${text} is no number of base ${base}`);
  return Number.parseInt(text, base);
}
