import type { Json, JsonObject } from "../json";
import { isList, isObject } from "../json-access";
import { unknownsIn } from "../unknown";
import { InvalidExpression } from "./builtins/terraform-function";

/** How the attributes of whole blocks are found, by the object that stands for the block. */
const ATTRIBUTES = new WeakMap<JsonObject, (name: string) => Json>();

/** The value of a whole block, as in `aws_sqs_queue.events`: its attributes are evaluated when somebody asks for them. */
export function blockValue(attribute: (name: string) => Json): JsonObject {
  const value = {};
  ATTRIBUTES.set(value, attribute);
  return value;
}

/**
 * A member of a list or object. What comes out of an unknown is that unknown.
 *
 * @throws InvalidExpression for a member that is not there
 */
export function memberOf(value: Json | undefined, step: string | number): Json | undefined {
  if (value === undefined) return undefined;
  if (typeof value === "string" && unknownsIn(value).length > 0) return value;
  const member = isList(value) ? value[Number(step)] : isObject(value) ? memberOfObject(value, step) : undefined;
  if (member === undefined) throw new InvalidExpression(`there is no ${step}`);
  return member;
}

function memberOfObject(value: JsonObject, step: string | number): Json | undefined {
  const attribute = ATTRIBUTES.get(value);
  if (attribute !== undefined) return typeof step === "string" ? attribute(step) : step === 0 ? value : undefined;
  if (Object.hasOwn(value, step)) return value[step];
  // A block that occurs once may be written as an object instead of a list of one.
  return step === 0 ? value : undefined;
}
