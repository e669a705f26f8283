import type { JsonObject } from "../../definition/json";
import { compileModels, modelViolation } from "../../definition/model-validators";

/** What keeps a value from following a schema. */
function violation(schema: JsonObject, value: unknown): string | undefined {
  const model = compileModels({ Body: { contentType: "application/json", schema } }).get("Body");
  if (model === undefined || model instanceof Error) throw new Error("the schema does not compile");
  return modelViolation(model, value);
}

describe("a compiled model", () => {
  it.each([
    [{ id: "a" }, undefined],
    [{ $ref: "#/components/schemas/Other" }, undefined],
    [{}, "body must be equal to one of the allowed values"],
  ])("takes the values of an enum as they are, whatever their members are called: %j", (value, expected) => {
    const schema: JsonObject = { enum: [{ id: "a" }, { $ref: "#/components/schemas/Other" }] };

    expect(violation(schema, value)).toBe(expected);
  });

  it("has members with the names of keywords", () => {
    const schema = { properties: { id: { type: "string" }, $ref: { type: "string" } } };

    expect(violation(schema, { id: 1 })).toBe("/id must be string");
    expect(violation(schema, { $ref: 1 })).toBe("/$ref must be string");
  });
});
