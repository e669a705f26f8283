import * as fc from "fast-check";

import { canonicalJson } from "../../definition/canonical-json";
import type { Json } from "../../definition/json";

describe("canonicalJson", () => {
  it.each<[string, Json, string]>([
    ["sorts keys", { b: 1, a: 2 }, '{"a":2,"b":1}'],
    ["sorts keys that look like numbers as text", { 10: 1, 9: 2, a: 3 }, '{"10":1,"9":2,"a":3}'],
    ["sorts at every depth and keeps the order of lists", [{ b: [], a: {} }, 1], '[{"a":{},"b":[]},1]'],
    ["sorts by code unit, not by language", { é: 1, z: 2, Z: 3 }, '{"Z":3,"z":2,"é":1}'],
    ["escapes texts as JSON does", { 'a"': "\n\\" }, '{"a\\"":"\\n\\\\"}'],
    ["writes null, booleans and minus zero", [null, true, -0], "[null,true,0]"],
  ])("%s", (_title, value, expected) => {
    expect(canonicalJson(value)).toBe(expected);
  });

  it("gives the same text for the same value in another order, and a text that parses to the value", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const json = JSON.parse(JSON.stringify(value)) as Json;

        expect(canonicalJson(reversed(json))).toBe(canonicalJson(json));
        expect(JSON.parse(canonicalJson(json))).toEqual(json);
      }),
    );
  });
});

function reversed(value: Json): Json {
  if (Array.isArray(value)) return value.map(reversed);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, member]) => [key, reversed(member)]),
  );
}
