import type { JsonObject } from "../../../definition/json";
import { compileModels } from "../../../definition/model-validators";
import { modelProblem } from "../../../local/patterns/model-problem";

function problemOf(schema: JsonObject, value: unknown): string | undefined {
  const model = compileModels({ M: { contentType: "application/json", schema } }).get("M");
  if (!model || model instanceof Error) throw new Error("the schema does not compile");
  return modelProblem(model, value);
}

describe("what is wrong with a body", () => {
  it.each<[schema: JsonObject, value: unknown, problem: string]>([
    [{ required: ["b", "a"] }, {}, 'object has missing required properties (["a","b"])'],
    [
      { properties: { a: {} }, additionalProperties: false },
      { a: 1, c: 1, b: 1 },
      'object instance has properties which are not allowed by the schema: ["b","c"]',
    ],
    [
      { patternProperties: { "^x": {} }, additionalProperties: false },
      { xa: 1, b: 1 },
      'object instance has properties which are not allowed by the schema: ["b"]',
    ],
    [{ type: "object" }, [], 'instance type (array) does not match any allowed primitive type (allowed: ["object"])'],
    [
      { type: ["string", "null"] },
      1,
      'instance type (integer) does not match any allowed primitive type (allowed: ["null","string"])',
    ],
    [
      { type: "integer" },
      1.5,
      'instance type (number) does not match any allowed primitive type (allowed: ["integer"])',
    ],
    [
      { type: "number" },
      null,
      'instance type (null) does not match any allowed primitive type (allowed: ["integer","number"])',
    ],
    [{ enum: ["dog", "cat"] }, "toy", 'instance value ("toy") not found in enum (possible values: ["dog","cat"])'],
    [{ minLength: 3 }, "é", 'string "é" is too short (length: 1, required minimum: 3)'],
    [{ maxLength: 1 }, "ab", 'string "ab" is too long (length: 2, maximum allowed: 1)'],
    [{ pattern: "^a$" }, "b", 'ECMA 262 regex "^a$" does not match input string "b"'],
    [{ minimum: 25 }, 3, "numeric instance is lower than the required minimum (minimum: 25, found: 3)"],
    [{ maximum: 500 }, 600, "numeric instance is greater than the required maximum (maximum: 500, found: 600)"],
    [{ minimum: 0, exclusiveMinimum: true }, 0, "numeric instance is not strictly greater than the required minimum 0"],
    [{ maximum: 9, exclusiveMaximum: true }, 9, "numeric instance is not strictly lower than the required maximum 9"],
    [{ multipleOf: 2 }, 3, "remainder of division is not zero (3 / 2)"],
    [{ minItems: 1 }, [], "array is too short: must have at least 1 elements but instance has 0 elements"],
    [{ maxItems: 1 }, [1, 2], "array is too long: must have at most 1 elements but instance has 2 elements"],
    [{ uniqueItems: true }, [1, 1], "array must not contain duplicate elements"],
    [{ minProperties: 1 }, {}, "object has not enough properties (found 0 but schema requires at least 1)"],
    [{ maxProperties: 0 }, { a: 1 }, "object has too many properties (found 1 but schema requires at most 0)"],
    [
      { anyOf: [{ type: "string" }, { type: "null" }] },
      1,
      "instance failed to match at least one required schema among 2",
    ],
    [
      { oneOf: [{ type: "string" }, { type: "null" }] },
      1,
      "instance failed to match exactly one schema (matched 0 out of 2)",
    ],
    [{ oneOf: [{}, {}] }, 1, "instance failed to match exactly one schema (matched 2 out of 2)"],
    [{ not: {} }, 1, "instance matched a schema which it should not have"],
    [{ format: "email" }, "x", 'string "x" is not a valid email address'],
    [{ format: "hostname" }, "a b", 'string "a b" is not a valid hostname'],
    [
      { properties: { a: { minimum: 1 } } },
      { a: 0 },
      "numeric instance is lower than the required minimum (minimum: 1, found: 0)",
    ],
  ])("%j does not let %j in", (schema, value, problem) => {
    expect(problemOf(schema, value)).toBe(problem);
  });

  it("is nothing for a body that follows its model", () => {
    expect(problemOf({ type: "object" }, {})).toBeUndefined();
  });
});
