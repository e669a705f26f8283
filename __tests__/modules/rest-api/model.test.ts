import { z } from "zod";
import { Model } from "../../../modules";
import { documentOf } from "../../../modules/testing";
import { member, synthWithApi } from "../support/api";

function properties(shape: z.ZodRawShape): unknown {
  return Model.fromZod("Body", z.object(shape)).schema.properties;
}

describe("Model.fromZod", () => {
  it("describes what a client sends", () => {
    const model = Model.fromZod(
      "CreateOrder",
      z.strictObject({
        customerId: z.string().min(1).max(64),
        note: z.string().optional(),
        kind: z.enum(["a", "b"]).default("a"),
      }),
    );

    expect(model).toEqual({
      modelName: "CreateOrder",
      contentType: "application/json",
      schema: {
        type: "object",
        additionalProperties: false,
        properties: {
          customerId: { type: "string", minLength: 1, maxLength: 64 },
          note: { type: "string" },
          kind: { type: "string", enum: ["a", "b"] },
        },
        required: ["customerId"],
      },
    });
  });

  it.each<[string, z.ZodType, object]>([
    ["nullable", z.string().min(1).nullable(), { anyOf: [{ type: "string", minLength: 1 }, { enum: [null] }] }],
    ["nullish", z.string().nullish(), { anyOf: [{ type: "string" }, { enum: [null] }] }],
    ["null", z.null(), { enum: [null] }],
    ["an open integer range", z.int().gt(3).lt(9), { type: "integer", minimum: 4, maximum: 8 }],
    ["a positive integer", z.int().positive(), { type: "integer", minimum: 1 }],
    ["any integer", z.int(), { type: "integer" }],
    ["a closed number range", z.number().min(0.5).max(1.5), { type: "number", minimum: 0.5, maximum: 1.5 }],
    [
      "a list",
      z.array(z.string()).min(1).max(3),
      { type: "array", items: { type: "string" }, minItems: 1, maxItems: 3 },
    ],
    ["a record", z.record(z.string(), z.number()), { type: "object", additionalProperties: { type: "number" } }],
    ["a literal", z.literal("x"), { type: "string", enum: ["x"] }],
    ["a union", z.union([z.string(), z.int()]), { anyOf: [{ type: "string" }, { type: "integer" }] }],
    ["a pattern", z.string().regex(/^[A-Z]+$/), { type: "string", pattern: "^[A-Z]+$" }],
    ["a zod format", z.uuid(), { type: "string", pattern: expect.any(String) }],
    ["a known format", z.iso.datetime(), { type: "string", format: "date-time", pattern: expect.any(String) }],
    ["a description", z.string().describe("in cents"), { type: "string", description: "in cents" }],
    [
      "an object with optional members",
      z.object({ a: z.string().optional() }),
      { type: "object", properties: { a: { type: "string" } } },
    ],
    ["anything", z.unknown(), {}],
  ])("writes %s in the form that draft 4 and OpenAPI 3.0 share", (_name, schema, expected) => {
    expect(properties({ it: schema.optional() })).toEqual({ it: expected });
  });

  it.each<[string, z.ZodType, RegExp]>([
    ["a tuple", z.tuple([z.string(), z.int()]), /Body\.it needs items, .*\n.*\n {2}fix: use z\.array/],
    [
      "an open number range",
      z.number().gt(1),
      /Body\.it needs exclusiveMinimum, .*\n.*\n {2}fix: use min\(\) and max\(\)/,
    ],
    ["a pattern with flags", z.string().regex(/^a$/i), /\/\^a\$\/i at .* has flags/],
    ["a date", z.date(), /the schema has no form in JSON: Date cannot be represented/],
    ["a list of open ranges", z.array(z.number().lt(1)), /Body\.it\[\] needs exclusiveMaximum/],
    [
      "an open range in a union",
      z.union([z.string(), z.number().gt(0)]),
      /Body\.it\.anyOf\[1\] needs exclusiveMinimum/,
    ],
  ])("fails when %s is used, with path and alternative", (_name, schema, message) => {
    const build = () => properties({ it: schema });

    expect(build).toThrow(/^MODEL_NOT_EXPRESSIBLE: /);
    expect(build).toThrow(message);
  });

  it("fails when a schema is recursive", () => {
    interface Tree {
      children: Tree[];
    }
    const tree: z.ZodType<Tree> = z.lazy(() => z.object({ children: z.array(tree) }));

    expect(() => Model.fromZod("Tree", tree)).toThrow(/MODEL_NOT_EXPRESSIBLE: .* needs \$ref/);
  });

  it("fails when the name has other characters than letters and digits", () => {
    expect(() => Model.fromZod("create-order", z.object({}))).toThrow(
      'MODEL_NAME_INVALID: the name of a model must be letters and digits, got "create-order"',
    );
  });
});

describe("addModel", () => {
  it("names the model after its id", () => {
    const terraform = synthWithApi((api) => {
      api.addModel("Create-Order", { schema: { type: "object" }, description: "An order" });
      api.root.addMethod("GET");
    });

    expect(member(documentOf(terraform), "components").schemas).toEqual({
      CreateOrder: { type: "object", description: "An order" },
    });
  });
});
