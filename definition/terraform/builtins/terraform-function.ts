import type { Json, JsonObject } from "../../json";
import { booleanAt, isList, isObject, numberAt, textAt } from "../../json-access";

/** Terraform itself would refuse the expression. `try` and `can` go on after it; everywhere else it is an unknown. */
export class InvalidExpression extends Error {
  override readonly name = "InvalidExpression";
}

/** What functions can reach besides their arguments. */
export interface FunctionContext {
  /** Content of a file by a path as the expression names it; absent if nothing is there or nothing may be read. */
  readFile(path: string): Buffer | undefined;
  /** Absolute form of a path; absent where there are no files. */
  absolutePath(path: string): string | undefined;
  /** Value of a template that sees these variables and nothing else. */
  renderTemplate(template: string, variables: JsonObject): Json | undefined;
}

/** A Terraform function; gives nothing for what it does not evaluate. @throws InvalidExpression */
export interface TerraformFunction {
  readonly call: (args: readonly Json[], context: FunctionContext) => Json | undefined;
  /** True if an unknown inside an argument may travel on inside the result. */
  readonly keepsUnknowns: boolean;
}

/** Functions by name. */
export type FunctionTable = Readonly<Record<string, TerraformFunction>>;

/** A function that hands its arguments on as they are, so that unknowns inside stay what they are. */
export function keeping(call: TerraformFunction["call"]): TerraformFunction {
  return { call, keepsUnknowns: true };
}

/** A function that looks into its arguments, and so has no value while they have none. */
export function changing(call: TerraformFunction["call"]): TerraformFunction {
  return { call, keepsUnknowns: false };
}

/** The argument as text. @throws InvalidExpression */
export function textOf(value: Json | undefined): string {
  return textAt(value) ?? refuse("text", value);
}

/** The argument as number. @throws InvalidExpression */
export function numberOf(value: Json | undefined): number {
  return typeof value === "boolean" ? refuse("a number", value) : (numberAt(value) ?? refuse("a number", value));
}

/** The argument as boolean. @throws InvalidExpression */
export function booleanOf(value: Json | undefined): boolean {
  return booleanAt(value) ?? refuse("true or false", value);
}

/** The argument as list. @throws InvalidExpression */
export function listOf(value: Json | undefined): readonly Json[] {
  return isList(value) ? value : refuse("a list", value);
}

/** The argument as map or object. @throws InvalidExpression */
export function objectOf(value: Json | undefined): JsonObject {
  return isObject(value) ? value : refuse("an object", value);
}

function refuse(expected: string, value: Json | undefined): never {
  throw new InvalidExpression(`${JSON.stringify(value)} is not ${expected}`);
}
