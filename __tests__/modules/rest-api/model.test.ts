import { z } from "zod";
import { ConfigurationError } from "../../../definition/configuration-error";
import type { JsonObject } from "../../../definition/json";
import { fromOpenApi } from "../../../definition/openapi/read";
import type { RestApiDefinition } from "../../../definition/rest-api";
import { JsonSchemaType, JsonSchemaVersion, Model } from "../../../modules";
import { documentOf, type TerraformJson } from "../../../modules/testing";
import { member, operation, synthMethod, synthWithApi } from "../support/api";

function properties(shape: z.ZodRawShape): unknown {
  return Model.fromZod("Body", z.object(shape)).schema.properties;
}

function schemasOf(terraform: TerraformJson): JsonObject {
  return member(documentOf(terraform), "components", "schemas");
}

function refusal(build: () => unknown): ConfigurationError {
  try {
    build();
  } catch (error) {
    if (error instanceof ConfigurationError) return error;
    throw error;
  }
  throw new Error("nothing was refused");
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
    ["a format with a pattern", z.iso.datetime(), { type: "string", pattern: expect.any(String) }],
    ["a format without a pattern", z.url(), { type: "string", format: "uri" }],
    [
      "several patterns",
      z.string().startsWith("a").endsWith("b"),
      {
        type: "string",
        allOf: [
          { type: "string", pattern: "^a.*" },
          { type: "string", pattern: ".*b$" },
        ],
      },
    ],
    ["a null among literals", z.literal(["a", null]), { enum: ["a", null] }],
    [
      "alternatives by a member",
      z.discriminatedUnion("k", [z.object({ k: z.literal("a") }), z.object({ k: z.literal("b") })]),
      {
        oneOf: [
          { type: "object", properties: { k: { type: "string", enum: ["a"] } }, required: ["k"] },
          { type: "object", properties: { k: { type: "string", enum: ["b"] } }, required: ["k"] },
        ],
      },
    ],
    [
      "a record of known names",
      z.record(z.enum(["a", "b"]), z.int()),
      {
        type: "object",
        properties: { a: { type: "integer" }, b: { type: "integer" } },
        required: ["a", "b"],
        additionalProperties: false,
      },
    ],
    [
      "a record of some known names",
      z.partialRecord(z.enum(["a"]), z.int()),
      { type: "object", properties: { a: { type: "integer" } }, additionalProperties: false },
    ],
    ["a member that must be absent", z.never(), { not: {} }],
    ["what is read from a text", z.stringbool(), { type: "string" }],
    ["a change after the checks", z.string().max(3).trim(), { type: "string", maxLength: 3 }],
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

  it.each<[string, z.ZodType, string, RegExp]>([
    ["a tuple", z.tuple([z.string(), z.int()]), "Body.it needs items with a schema for each place", /^use z\.array/],
    ["an open number range", z.number().gt(1), "Body.it needs exclusiveMinimum", /^use min\(\) and max\(\)/],
    ["a list of open ranges", z.array(z.number().lt(1)), "Body.it[] needs exclusiveMaximum", /^use min\(\)/],
    ["an open range in a union", z.string().or(z.number().gt(0)), "Body.it.anyOf[1] needs exclusiveMinimum", /^use/],
    ["a pattern with flags", z.string().regex(/^a$/i), "Body.it needs the pattern /^a$/i with its flags", /\[Aa\]/],
    ["a pattern of emoji", z.emoji(), "with its flags", /\[Aa\]/],
    ["a format without a pattern", z.jwt(), 'Body.it needs the format "jwt"', /^write a pattern/],
    ["a date", z.date(), "Body.it needs z.date()", /^use z\.iso\.datetime\(\)$/],
    ["a bigint", z.bigint(), "Body.it needs z.bigint()", /^use z\.int\(\)/],
    [
      "a literal that JSON does not have",
      z.literal(5n),
      "Body.it needs a literal that JSON does not have",
      /^use a text/,
    ],
    ["a map", z.map(z.string(), z.string()).optional(), "Body.it needs z.map()", /^use z\.record\(\)$/],
    ["a set in a union", z.string().or(z.set(z.string())), "Body.it.anyOf[1] needs z.set()", /^use z\.array\(\)$/],
    ["an instance", z.instanceof(URL), "Body.it needs z.custom()", /JSON$/],
    ["a coercion", z.coerce.number(), "Body.it needs z.coerce.number()", /^use z\.number\(\)/],
    ["a value in place of a wrong one", z.string().catch("x"), "Body.it needs z.catch()", /^use default\(\)/],
    ["a change before the schema", z.preprocess((it) => it, z.string()), "Body.it needs z.preprocess()", /afterwards$/],
    ["a check after a change", z.string().trim().max(3), "Body.it needs a check after trim()", /^put the checks first/],
    [
      "a record with checked names",
      z.record(z.string().min(2), z.int()),
      "Body.it needs names of members",
      /z\.enum\(\)/,
    ],
    ["a record with patterns of names", z.looseRecord(z.string().regex(/^a/), z.int()), "Body.it needs", /z\.record/],
    [
      "recursion in a union",
      z.json(),
      "contains itself inside of allOf, anyOf, oneOf or not",
      /take it out of the union/,
    ],
  ])("fails when %s is used, with path and alternative", (_name, schema, problem, fix) => {
    const error = refusal(() => properties({ it: schema }));

    expect(error).toMatchObject({ code: "MODEL_NOT_EXPRESSIBLE", place: 'Model.fromZod("Body")' });
    expect(error.problem).toContain(problem);
    expect(error.fix).toMatch(fix);
  });

  it("fails when several parts have no form, and names all of them", () => {
    const error = refusal(() => properties({ a: z.date(), b: z.array(z.number().gt(0)), c: z.string() }));

    expect(error.message).toBe(`MODEL_NOT_EXPRESSIBLE: Body needs what JSON Schema draft 4 and OpenAPI 3.0 do not share:
    Body.a: z.date()
    Body.b[]: exclusiveMinimum
  at Model.fromZod("Body")
  fix: change each of them:
    Body.a: use z.iso.datetime()
    Body.b[]: use min() and max() on numbers that are no integers (minimum, maximum), and check the open bound in the handler`);
  });

  it("fails when something else than a schema of zod 4 is given", () => {
    const error = refusal(() => Model.fromZod("Body", JSON.parse('{ "_def": {} }')));

    expect(error.message).toMatch(/^MODEL_NOT_EXPRESSIBLE: the schema has no form in JSON: it is no schema of zod 4\n/);
  });

  it("makes models of schemas with an id", () => {
    const line = z.strictObject({ sku: z.string() }).meta({ id: "OrderLine", description: "One line" });
    const model = Model.fromZod(
      "Order",
      z.object({ first: line, lines: z.array(line).optional(), gift: line.optional() }),
    );

    const reference = { $ref: "#/components/schemas/OrderLine" };
    expect(model.schema.properties).toEqual({
      first: reference,
      lines: { type: "array", items: reference },
      gift: reference,
    });
    expect(model.definitions).toEqual([
      {
        modelName: "OrderLine",
        contentType: "application/json",
        description: "One line",
        schema: {
          type: "object",
          properties: { sku: { type: "string" } },
          required: ["sku"],
          additionalProperties: false,
        },
      },
    ]);
  });

  it("lets a model contain itself", () => {
    const tree = z.object({
      get children() {
        return z.array(tree);
      },
    });

    expect(Model.fromZod("Tree", tree)).toEqual({
      modelName: "Tree",
      contentType: "application/json",
      schema: {
        type: "object",
        properties: { children: { type: "array", items: { $ref: "#/components/schemas/Tree" } } },
        required: ["children"],
      },
    });
  });

  it("names parts that contain themselves and have no id", () => {
    const tree = z.object({
      get children() {
        return z.array(tree);
      },
    });
    const model = Model.fromZod("Forest", z.object({ trees: z.array(tree) }));

    expect(model.schema.properties).toEqual({
      trees: { type: "array", items: { $ref: "#/components/schemas/ForestPart1" } },
    });
    expect(model.definitions).toMatchObject([{ modelName: "ForestPart1" }]);
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
      const { modelName, modelId } = api.addModel("Create-Order", {
        schema: { type: "object" },
        description: "An order",
      });
      api.root.addMethod("GET");

      expect([modelName, modelId]).toEqual(["CreateOrder", "CreateOrder"]);
    });

    expect(schemasOf(terraform)).toEqual({ CreateOrder: { type: "object", description: "An order" } });
  });

  it("takes schemas as AWS CDK writes them, and their definitions as models", () => {
    const terraform = synthWithApi((api) => {
      api.addModel("Order", {
        schema: {
          schema: JsonSchemaVersion.DRAFT4,
          title: "order",
          description: "What was bought",
          type: JsonSchemaType.OBJECT,
          properties: {
            state: { type: JsonSchemaType.STRING },
            lines: { type: JsonSchemaType.ARRAY, items: { ref: "#/definitions/Line" } },
          },
          definitions: { Line: { type: JsonSchemaType.OBJECT, properties: { order: { ref: "#" } } } },
        },
      });
      api.root.addMethod("GET");
    });

    expect(schemasOf(terraform)).toEqual({
      Line: { type: "object", properties: { order: { $ref: "#/components/schemas/Order" } } },
      Order: {
        title: "order",
        description: "What was bought",
        type: "object",
        properties: {
          state: { type: "string" },
          lines: { type: "array", items: { $ref: "#/components/schemas/Line" } },
        },
      },
    });
  });

  it("lets models refer to others by API Gateway's URL, with the id as a reference", () => {
    const terraform = synthWithApi((api) => {
      const line = api.addModel("Line", { schema: { type: "object" } });
      const ref = `https://apigateway.amazonaws.com/restapis/${api.restApiId}/models/${line.modelName}`;
      api.addModel("Order", { schema: { type: "object", properties: { line: { ref } } } });
      api.root.addMethod("GET");
    });

    expect(schemasOf(terraform).Order).toEqual({
      type: "object",
      properties: { line: { $ref: "#/components/schemas/Line" } },
    });
  });

  it("reads back as it was declared", () => {
    let declared: unknown;
    const terraform = synthWithApi((api) => {
      const tree = z.object({
        get children() {
          return z.array(tree).optional();
        },
      });
      api.root.addMethod("POST", undefined, {
        requestBody: Model.fromZod(
          "Forest",
          z.object({ trees: z.array(tree), note: z.string().nullable() }).describe("Trees"),
        ),
        methodResponses: [{ statusCode: "200", responseModels: { "application/json": Model.fromZod("Tree", tree) } }],
      });
      declared = api.definition();
    });

    const outside = { endpointType: "REGIONAL", tags: {} } as const;
    expect(fromOpenApi(documentOf(terraform), outside)).toMatchObject({
      models: (declared as RestApiDefinition).models,
    });
  });
});

describe("response models", () => {
  it("are referred to by name, which is how AWS takes models of lists and texts, too", () => {
    const terraform = synthMethod(undefined, {
      methodResponses: [
        {
          statusCode: "200",
          responseModels: { "application/json": Model.fromZod("Orders", z.array(z.object({ id: z.string() }))) },
        },
        { statusCode: "400", responseModels: { "application/json": Model.ERROR_MODEL } },
      ],
    });

    expect(operation(terraform, "GET /items/{id}").responses).toMatchObject({
      200: { content: { "application/json": { schema: { $ref: "#/components/schemas/Orders" } } } },
      400: { content: { "application/json": { schema: { $ref: "#/components/schemas/Error" } } } },
    });
    expect(Object.keys(schemasOf(terraform))).toEqual(["Error", "Orders"]);
  });
});

describe("Model.fromModelName", () => {
  it.each([
    ["Empty", Model.EMPTY_MODEL],
    ["Error", Model.ERROR_MODEL],
  ])("knows the model %s, which every API has", (name, model) => {
    const terraform = synthWithApi((api, stack) => {
      const responseModels = { "application/json": Model.fromModelName(stack, "Model", name) };
      api.root.addMethod("GET", undefined, { methodResponses: [{ statusCode: "200", responseModels }] });
    });

    expect(schemasOf(terraform)).toEqual({ [name]: model.schema });
  });

  it("stands for a model that the API has, whichever is declared first", () => {
    const terraform = synthWithApi((api, stack) => {
      api.root.addMethod("POST", undefined, { requestBody: Model.fromModelName(stack, "Model", "Order") });
      api.addModel("Order", { schema: { type: "object" } });
    });

    expect(operation(terraform, "POST /").requestBody).toMatchObject({
      content: { "application/json": { schema: { $ref: "#/components/schemas/Order" } } },
    });
    expect(schemasOf(terraform)).toEqual({ Order: { type: "object" } });
  });
});
