import { canonicalJson, compareCodeUnits } from "../../definition/canonical-json";
import type { Json } from "../../definition/json";
import { isObject } from "../../definition/json-access";
import { present } from "../../definition/present";
import { unknownsIn } from "../../definition/unknown";
import type { Comparison, Difference, NotCompared } from "./difference";

/**
 * Compares two values member by member; lists are compared as a whole. What is declared by an unknown is not compared.
 *
 * @param field name of the value, as in `integration`; empty for the place itself
 */
export function compareValues(
  place: string,
  field: string,
  declared: Json | undefined,
  deployed: Json | undefined,
): Comparison {
  const differences: Difference[] = [];
  const notCompared: NotCompared[] = [];
  const visit = (name: string, left: Json | undefined, right: Json | undefined): void => {
    if (isObject(left) && isObject(right)) {
      const names = new Set([...Object.keys(left), ...Object.keys(right)]);
      for (const member of [...names].sort(compareCodeUnits))
        visit(joinedName(name, member), left[member], right[member]);
      return;
    }
    if (isEqual(left, right)) return;
    const [unknown] = unknownsIn(left);
    if (unknown === undefined) differences.push(present({ place, field: name, declared: left, deployed: right }));
    else notCompared.push({ place, field: name, reason: `only AWS knows ${unknown.address}.${unknown.attribute}` });
  };
  visit(field, declared, deployed);
  return { differences, notCompared };
}

function joinedName(field: string, member: string): string {
  return field === "" ? member : `${field}.${member}`;
}

/** An empty object is the same as none. */
function isEqual(left: Json | undefined, right: Json | undefined): boolean {
  if (left === undefined || right === undefined) return isNothing(left) && isNothing(right);
  return canonicalJson(left) === canonicalJson(right);
}

function isNothing(value: Json | undefined): boolean {
  return value === undefined || (isObject(value) && Object.keys(value).length === 0);
}
