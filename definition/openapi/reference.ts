import type { Json, JsonObject } from "../json";
import { objectAt, textAt } from "../json-access";

/** The object, or the one inside the document that its `$ref` points to. Chains end after a few links, so loops do too. */
export function resolveReference(value: Json | undefined, document: JsonObject, links = 8): JsonObject {
  const object = objectAt(value);
  const reference = textAt(object.$ref);
  if (reference === undefined || !reference.startsWith("#/") || links === 0) return object;
  const target = reference
    .slice(2)
    .split("/")
    .map((token) => token.replaceAll("~1", "/").replaceAll("~0", "~"))
    .reduce<Json | undefined>((parent, token) => objectAt(parent)[token], document);
  return resolveReference(target, document, links - 1);
}
