import type { Json, JsonObject } from "../json";
import { isList, isObject, textAt } from "../json-access";
import { blocksOf } from "./blocks";
import { dynamicBlocks, dynamicNames } from "./dynamic-blocks";

/** How the templates of a body are evaluated. */
export interface BodyContext {
  /** Evaluates a template; iterators are names that dynamic blocks declare. */
  readonly evaluate: (template: Json, iterators: JsonObject) => Json;
  /** A dynamic block whose number nobody knows. */
  readonly leaveOut: (name: string) => void;
}

/** A body with its dynamic blocks, also those inside of blocks. */
export function evaluateBody(value: Json, context: BodyContext, iterators: JsonObject = {}): Json {
  if (isList(value)) return value.map((item) => evaluateBody(item, context, iterators));
  if (!isObject(value)) return context.evaluate(value, iterators);
  const names = dynamicNames(value);
  const { dynamic: _expanded, ...rest } = value;
  const members: Record<string, Json> = Object.fromEntries(
    Object.entries(names.length > 0 ? rest : value).map(([key, member]) => [
      textAt(context.evaluate(key, iterators)) ?? key,
      evaluateBody(member, context, iterators),
    ]),
  );
  for (const name of names) {
    const made = dynamicBlocks(value, name, {
      evaluate: (forEach) => evaluateBody(forEach, context, iterators),
      content: (content, iterator, at) => evaluateBody(content, context, { ...iterators, [iterator]: at }),
    });
    if (made === undefined) context.leaveOut(name);
    members[name] = [...blocksOf(members[name]), ...(made ?? [])];
  }
  return members;
}
