import type { Json, JsonObject } from "../json";
import { isList, isObject, textAt } from "../json-access";
import { blocksOf } from "./blocks";
import { entriesOf } from "./builtins/collection-functions";

/** What a `dynamic` block is expanded with. */
export interface DynamicExpansion {
  /** Value of `for_each`. */
  readonly evaluate: (value: Json) => Json;
  /** The content of one block, where the iterator's name stands for this key and value. */
  readonly content: (content: JsonObject, iterator: string, at: { readonly key: Json; readonly value: Json }) => Json;
}

/**
 * The blocks that the `dynamic` blocks of a body make, by name. Unknown, and so absent, if what they go through is.
 * Source: https://developer.hashicorp.com/terraform/language/expressions/dynamic-blocks
 */
export function dynamicBlocks(
  body: JsonObject,
  name: string,
  expansion: DynamicExpansion,
): readonly Json[] | undefined {
  const declared = blocksOf(body.dynamic).flatMap((names) => blocksOf(names[name]));
  const blocks = declared.map((block) => {
    const forEach = expansion.evaluate(block.for_each ?? null);
    if (!isObject(forEach) && !isList(forEach)) return undefined;
    const iterator = textAt(block.iterator) ?? name;
    const [content = {}] = blocksOf(block.content);
    return entriesOf(forEach).map(([key, value]) => expansion.content(content, iterator, { key, value }));
  });
  return blocks.every((made) => made !== undefined) ? blocks.flat() : undefined;
}

/** Names of the blocks that are declared as dynamic. */
export function dynamicNames(body: JsonObject): readonly string[] {
  return blocksOf(body.dynamic).flatMap((names) => Object.keys(names));
}
