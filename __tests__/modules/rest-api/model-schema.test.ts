import { JsonSchemaType, JsonSchemaVersion } from "../../../modules";
import { modelSchema } from "../../../modules/rest-api/model-schema";

/** A member of the model `Body`, in the form of models. */
const rewritten = (it: unknown) => modelSchema("Body", { type: "object", properties: { it } } as never);
const whole = (schema: object) => modelSchema("Body", schema as never);

describe("modelSchema", () => {
  it.each<[string, unknown, unknown]>([
    ["true", true, {}],
    ["false", false, { not: {} }],
    ["nullable", { type: "string", nullable: true }, { anyOf: [{ type: "string" }, { enum: [null] }] }],
    ["not nullable", { type: "string", nullable: false }, { type: "string" }],
    ["type null", { type: JsonSchemaType.NULL }, { enum: [null] }],
    ["a null that an enum excludes", { type: "null", enum: ["a"] }, { not: {} }],
    [
      "several types",
      { type: ["string", "integer"], minLength: 2 },
      {
        anyOf: [
          { type: "string", minLength: 2 },
          { type: "integer", minLength: 2 },
        ],
      },
    ],
    ["a type or null", { type: ["string", "null"] }, { anyOf: [{ type: "string" }, { enum: [null] }] }],
    [
      "a type or null of an enum without null",
      { type: ["string", "null"], enum: ["a"] },
      { type: "string", enum: ["a"] },
    ],
    ["const", { const: "a" }, { enum: ["a"] }],
    ["const null", { const: null }, { enum: [null] }],
    [
      "an integer above a bound of draft 4",
      { type: "integer", minimum: 3, exclusiveMinimum: true },
      { type: "integer", minimum: 4 },
    ],
    ["an integer above a bound of draft 6", { type: "integer", exclusiveMinimum: 3 }, { type: "integer", minimum: 4 }],
    ["an integer above a fraction", { type: "integer", exclusiveMinimum: 3.5 }, { type: "integer", minimum: 4 }],
    [
      "an integer between two bounds",
      { type: "integer", minimum: 9, exclusiveMinimum: 3 },
      { type: "integer", minimum: 9 },
    ],
    [
      "an integer below a bound",
      { type: "integer", maximum: 3, exclusiveMaximum: true },
      { type: "integer", maximum: 2 },
    ],
    [
      "an integer below a negative fraction",
      { type: "integer", exclusiveMaximum: -3.5 },
      { type: "integer", maximum: -4 },
    ],
    [
      "bounds that are not exclusive",
      { type: "number", minimum: 0, exclusiveMinimum: false },
      { type: "number", minimum: 0 },
    ],
    ["a list without items", { type: "array" }, { type: "array", items: {} }],
    ["an empty required", { type: "object", required: [] }, { type: "object" }],
    ["all of one", { allOf: [{ type: "string", nullable: true }] }, { anyOf: [{ type: "string" }, { enum: [null] }] }],
    [
      "all of one with a description",
      { description: "d", allOf: [{ type: "string" }] },
      { type: "string", description: "d" },
    ],
    ["a format beside a pattern", { type: "string", format: "uuid", pattern: "^a" }, { type: "string", pattern: "^a" }],
    ["a format that checks nothing", { type: "number", format: "double" }, { type: "number" }],
    [
      "what says nothing about validity",
      {
        $schema: JsonSchemaVersion.DRAFT7,
        $id: "a",
        $comment: "c",
        default: 1,
        example: 2,
        examples: [3],
        readOnly: true,
        writeOnly: true,
        deprecated: true,
        discriminator: { propertyName: "a" },
        externalDocs: { url: "u" },
        xml: {},
        "x-own": 1,
        type: "integer",
      },
      { type: "integer" },
    ],
    ["a reference to the model", { $ref: "#" }, { $ref: "#/components/schemas/Body" }],
    ["a reference in AWS CDK's word", { ref: "#/components/schemas/Other" }, { $ref: "#/components/schemas/Other" }],
    [
      "API Gateway's reference, whose id may be a token",
      { $ref: "https://apigateway.amazonaws.com/restapis/${TfToken[TOKEN.12]}/models/Other" },
      { $ref: "#/components/schemas/Other" },
    ],
    ["a description beside a reference", { $ref: "#", description: "d" }, { $ref: "#/components/schemas/Body" }],
    ["a type that no value of an enum has", { type: ["null"], enum: ["a"] }, { not: {} }],
    [
      "members named like keywords",
      { properties: { default: { const: 1 }, $ref: {} } },
      { properties: { default: { enum: [1] }, $ref: {} } },
    ],
  ])("rewrites %s", (_, source, expected) => {
    expect(rewritten(source)).toEqual({
      schema: { type: "object", properties: { it: expected } },
      definitions: {},
      problems: [],
    });
  });

  it.each<[string, object, RegExp, RegExp]>([
    ["a tuple", { items: [{}] }, /^items with a schema for each place/, /z\.array\(\) of a union/],
    ["prefixItems", { prefixItems: [{}] }, /^prefixItems$/, /z\.array\(\) of a union/],
    ["patternProperties", { patternProperties: { "^a": {} } }, /^patternProperties$/, /additionalProperties/],
    ["propertyNames", { propertyNames: {} }, /^propertyNames$/, /additionalProperties/],
    ["dependencies", { dependencies: { a: ["b"] } }, /^dependencies$/, /anyOf/],
    ["dependentRequired", { dependentRequired: { a: ["b"] } }, /^dependentRequired$/, /anyOf/],
    ["if", JSON.parse('{ "if": {}, "then": {}, "else": {} }'), /^if$/, /anyOf/],
    ["contains", { contains: {} }, /^contains$/, /handler/],
    ["an unknown keyword", { unevaluatedProperties: false }, /^unevaluatedProperties$/, /handler/],
    [
      "an open bound of a number",
      { type: "number", minimum: 0, exclusiveMinimum: true },
      /^exclusiveMinimum$/,
      /minimum, maximum/,
    ],
    ["an open bound of draft 6", { exclusiveMaximum: 9 }, /^exclusiveMaximum$/, /minimum, maximum/],
    ["a format that nobody checks", { type: "string", format: "uuid" }, /^the format "uuid"$/, /write a pattern/],
    ["an integer of 32 bits", { type: "integer", format: "int32" }, /^the format "int32"$/, /minimum and maximum/],
    ["a pattern that is none", { pattern: "(" }, /^the pattern "\("/, /correct the pattern/],
    ["a type that is none", { type: "any" }, /^the type "any"$/, /array, boolean/],
    ["required of draft 3", { required: true }, /^required: true$/, /beside properties/],
    ["a member that is required twice", { required: ["a", "a"] }, /^required: \["a","a"\]$/, /each once/],
    ["no type at all", { type: [] }, /^the type \[\]$/, /array, boolean/],
    ["a count in words", { type: "string", maxLength: "5" }, /^maxLength: "5"$/, /whole number from 0/],
    ["a negative count", { type: "string", minLength: -1 }, /^minLength: -1$/, /whole number from 0/],
    ["a bound that is none", { type: "number", minimum: null }, /^minimum: null$/, /a number/],
    ["a divisor of 0", { type: "number", multipleOf: 0 }, /^multipleOf: 0$/, /above 0/],
    ["uniqueItems in words", { uniqueItems: "yes" }, /^uniqueItems: "yes"$/, /true or false/],
    ["a title that is no text", { title: 3 }, /^title: 3$/, /a text/],
    ["members as a list", { properties: [] }, /^properties: \[\]$/, /by name/],
    ["additionalProperties in words", { additionalProperties: "no" }, /^additionalProperties: "no"$/, /true or false/],
    ["an empty enum", { enum: [] }, /^an empty enum$/, /at least one/],
    ["an empty union", { anyOf: [] }, /^an empty anyOf$/, /at least one/],
    ["definitions that are not at the top", { definitions: { A: {} } }, /^definitions$/, /top of the schema/],
    [
      "a reference to elsewhere",
      { $ref: "https://example.com/a.json" },
      /^a reference to https/,
      /#\/components\/schemas\/<name>/,
    ],
    ["a reference into a schema", { $ref: "#/properties/a" }, /^a reference to #\/properties\/a$/, /definitions/],
    [
      "a definition that does not exist",
      { $ref: "#/definitions/A" },
      /^a reference to #\/definitions\/A$/,
      /definitions/,
    ],
    [
      "another model in a union",
      { anyOf: [{ $ref: "#/components/schemas/A" }] },
      /another model inside of/,
      /in place/,
    ],
  ])("has no form for %s, and says what to write instead", (_, source, what, instead) => {
    const { problems } = rewritten({ ...source, ...("anyOf" in source && { title: "kept apart", type: "object" }) });

    expect(problems).toEqual([
      {
        path: expect.stringMatching(/^Body\.it/),
        what: expect.stringMatching(what),
        instead: expect.stringMatching(instead),
      },
    ]);
  });

  it("says no schema is one that is neither object nor boolean", () => {
    expect(rewritten(7).problems).toEqual([
      { path: "Body.it", what: "a value that is no schema", instead: "write an object" },
    ]);
  });

  it.each([null, [], "a schema"])("has no form for %j instead of a schema", (source) => {
    expect(modelSchema("Body", source).problems).toEqual([
      { path: "Body", what: "a value that is no schema", instead: "write an object" },
    ]);
  });

  it("finds all problems, each with its path", () => {
    const { problems } = whole({
      properties: {
        list: { type: "array", items: { patternProperties: {} } },
        map: { additionalProperties: { not: { contains: {} } } },
        union: { oneOf: [{}, { if: {} }] },
      },
    });

    expect(problems.map(({ path }) => path)).toEqual([
      "Body.list[]",
      "Body.map.additionalProperties.not",
      "Body.union.oneOf[1]",
    ]);
  });

  it("gives the form of models back as it is", () => {
    const { schema } = whole({
      type: "object",
      properties: { a: { type: ["integer", "null"], exclusiveMinimum: 0 }, b: { $ref: "#" } },
      required: ["a"],
    });

    expect(whole(schema)).toEqual({ schema, definitions: {}, problems: [] });
  });
});

describe("definitions", () => {
  it.each(["definitions", "$defs"])("become models under %s, and may contain each other", (place) => {
    const { schema, definitions, problems } = whole({
      properties: { line: { $ref: `#/${place}/Line` } },
      [place]: {
        Line: { properties: { product: { $ref: `#/${place}/Product` }, order: { $ref: "#" } } },
        Product: { properties: { parts: { type: "array", items: { $ref: `#/${place}/Product` } } } },
      },
    });

    expect(problems).toEqual([]);
    expect(schema).toEqual({ properties: { line: { $ref: "#/components/schemas/Line" } } });
    expect(definitions).toEqual({
      Line: {
        properties: { product: { $ref: "#/components/schemas/Product" }, order: { $ref: "#/components/schemas/Body" } },
      },
      Product: { properties: { parts: { type: "array", items: { $ref: "#/components/schemas/Product" } } } },
    });
  });

  it("are written in place inside of compositions, where AWS resolves no references", () => {
    const { schema } = whole({
      properties: { line: { $ref: "#/definitions/Line", nullable: true } },
      definitions: {
        Line: { type: "object", properties: { size: { $ref: "#/definitions/Size" } } },
        Size: { type: "integer" },
      },
    });

    expect(schema.properties).toEqual({
      line: { anyOf: [{ type: "object", properties: { size: { type: "integer" } } }, { enum: [null] }] },
    });
  });

  it("have no form when they contain themselves inside of a composition", () => {
    const { problems } = whole({
      properties: { next: { $ref: "#/definitions/Node" } },
      definitions: { Node: { type: "object", properties: { next: { $ref: "#/definitions/Node", nullable: true } } } },
    });

    expect(problems).toEqual([
      {
        path: "Node.next.anyOf[0]",
        what: "a schema that contains itself inside of allOf, anyOf, oneOf or not",
        instead: expect.stringMatching(/^take it out of the union or nullable/),
      },
    ]);
  });

  it("are the model itself when it is nothing else", () => {
    const { schema, definitions } = whole({
      $ref: "#/definitions/Node",
      definitions: { Node: { type: "object", properties: { next: { $ref: "#/definitions/Node" } } } },
    });

    expect(schema).toEqual({ type: "object", properties: { next: { $ref: "#/components/schemas/Body" } } });
    expect(definitions).toEqual({});
  });

  it("have no form when they only refer to each other", () => {
    const { problems } = whole({
      properties: { it: { $ref: "#/definitions/A" } },
      definitions: { A: { $ref: "#/definitions/B" }, B: { $ref: "#/definitions/A" } },
    });

    expect(problems).toContainEqual({
      path: "Body.it",
      what: "a reference that leads to itself",
      instead: "say what the value is",
    });
  });

  it("have names of models, and not that of the model around them", () => {
    const { problems } = whole({ definitions: { "order-line": {}, Body: {} } });

    expect(problems).toMatchObject([
      { path: "Body.definitions.order-line", what: 'the model name "order-line"', instead: "use letters and digits" },
      { path: "Body.definitions.Body", what: "a definition with the name of the model" },
    ]);
  });
});
