import type { Json, JsonObject } from "../../json";
import { textAt } from "../../json-access";

/** Bodies of the resources of a plan or a state, nested as Terraform JSON has them. */
export function byTypeAndName(blocks: readonly (readonly [resource: JsonObject, body: Json])[]): JsonObject {
  const types = [...new Set(blocks.map(([{ type }]) => textAt(type) ?? ""))];
  const namesOf = (type: string) =>
    blocks
      .filter(([resource]) => resource.type === type)
      .map(([{ name }, body]) => [textAt(name) ?? "", body] as const);
  return Object.fromEntries(types.map((type) => [type, Object.fromEntries(namesOf(type))]));
}
