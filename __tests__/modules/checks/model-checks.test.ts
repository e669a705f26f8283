import { z } from "zod";
import { Model, RestApi } from "../../../modules";
import { synthWithApi } from "../support/api";
import { api, expectRefusal, findingsOf, route } from "../support/refusals";
import { warningsOf } from "../support/warnings";

const ORDER = Model.fromZod("Order", z.object({ lines: z.array(z.string()).min(1) }));

describe("models that are refused", () => {
  it("fails when a model's name has others than letters and digits", () => {
    expectRefusal({
      code: "MODEL_NAME_INVALID",
      problem: 'got "create-order"',
      build: api({}, (it) => {
        it.root.addMethod("GET");
        it.addModel("Order", { modelName: "create-order", schema: {} });
      }),
    });
  });

  it("fails when models have no form, with all of them and everything in them", () => {
    const findings = findingsOf(
      api({}, (it) => {
        it.root.addMethod("GET");
        it.addModel("One", { schema: { type: "object", patternProperties: {}, dependencies: {} } });
        it.addModel("Two", { schema: { type: "number", minimum: 0, exclusiveMinimum: true } });
      }),
    );

    expect(findings).toEqual([
      expect.stringMatching(
        /^MODEL_NOT_EXPRESSIBLE: One needs .*\n {4}One: patternProperties\n {4}One: dependencies\n {2}at test\/Api\/One\n/,
      ),
      expect.stringMatching(
        /^MODEL_NOT_EXPRESSIBLE: Two needs exclusiveMinimum, .*\n {2}at test\/Api\/Two\n {2}fix: use min/,
      ),
    ]);
  });

  it("fails when a schema contains itself as an object", () => {
    const schema: { properties: Record<string, object> } = { properties: {} };
    schema.properties.self = schema;

    expectRefusal({
      code: "MODEL_NOT_EXPRESSIBLE",
      problem: "the schema has no form in JSON: Converting circular structure to JSON",
      build: api({}, (it) => it.addModel("One", { schema })),
    });
  });

  it("fails when the models of an API have more than 400 KB together", () => {
    const schema = (size: number) => ({ title: "x".repeat(size - '{"title":""}'.length) });
    const models = (size: number) =>
      api({}, (it) => {
        it.root.addMethod("GET");
        it.addModel("One", { schema: schema(204_800) });
        it.addModel("Two", { schema: schema(size) });
      });

    expect(models(204_800)).not.toThrow();
    expectRefusal({
      code: "MODELS_TOO_LARGE",
      problem: "the models of an API may have 409600 bytes together, got 409601",
      build: models(204_801),
    });
  });

  it.each<[string, Parameters<typeof api>[1] & object]>([
    [
      "a model that the API does not have",
      (it) => it.addModel("Order", { schema: { properties: { line: { ref: "#/components/schemas/Line" } } } }),
    ],
    [
      "a name that no model of the API has",
      (it) => it.root.addMethod("POST", undefined, { requestBody: Model.fromModelName(it, "Line", "Line") }),
    ],
  ])("fails when there is a reference to %s", (_, extend) => {
    expectRefusal({
      code: "MODEL_UNKNOWN",
      problem: "the API has no model named Line",
      build: api({}, (it) => {
        it.root.addMethod("GET");
        extend(it);
      }),
    });
  });

  it("fails when two models bring different definitions of one name", () => {
    const brings = (name: string, line: z.ZodType) => Model.fromZod(name, z.object({ line }));

    expectRefusal({
      code: "DUPLICATE_MODEL",
      problem: 'two models with different schemas are named "Line"',
      build: route({
        requestModels: {
          "application/json": brings("One", z.string().meta({ id: "Line" })),
          "application/xml": { ...brings("Two", z.string()), definitions: [{ ...ORDER, modelName: "Line" }] },
        },
      }),
    });
  });
});

describe("MODEL_ITEMS_UNCOUNTED", () => {
  it("warns of bodies whose items AWS may not count, also in models that they refer to", () => {
    const warnings = warningsOf((stack) => {
      const { root } = new RestApi(stack, "Api");
      const list = z.array(z.string()).max(3).meta({ id: "List" });
      root.addMethod("PUT", undefined, { requestBody: ORDER });
      root.addMethod("POST", undefined, { requestBody: Model.fromZod("Body", z.object({ list })) });
    });

    expect(warnings).toEqual([
      expect.stringMatching(/^MODEL_ITEMS_UNCOUNTED: .*: List, Order\n {2}at test\/Api\n {2}fix: count the items/),
    ]);
  });

  it.each<[string, Parameters<RestApi["root"]["addMethod"]>[2] & object]>([
    ["only answers", { methodResponses: [{ statusCode: "200", responseModels: { "application/json": ORDER } }] }],
    ["bodies that are not validated", { requestBody: ORDER, requestValidatorOptions: {} }],
    ["bodies without lists", { requestBody: Model.fromZod("Body", z.object({ minItems: z.int() })) }],
  ])("says nothing of %s", (_, options) => {
    const warnings = warningsOf((stack) => new RestApi(stack, "Api").root.addMethod("PUT", undefined, options));

    expect(warnings).toEqual([]);
  });
});

describe("request validators", () => {
  it("are shared by methods that check the same, with one for each combination", () => {
    const terraform = synthWithApi((it) => {
      const requestParameters = { "method.request.querystring.q": true };
      for (const path of ["a", "b", "c"]) {
        const resource = it.root.addResource(path);
        resource.addMethod("POST", undefined, { requestBody: ORDER });
        resource.addMethod("PUT", undefined, { requestBody: ORDER, requestParameters });
        resource.addMethod("GET", undefined, { requestParameters });
        resource.addMethod("DELETE");
      }
    });

    expect(JSON.stringify(terraform).match(/x-amazon-apigateway-request-validators\\":(\{.*?\}\})/)?.[1]).toBe(
      JSON.stringify({
        body: { validateRequestBody: true, validateRequestParameters: false },
        "body-and-parameters": { validateRequestBody: true, validateRequestParameters: true },
        parameters: { validateRequestBody: false, validateRequestParameters: true },
      }).replaceAll('"', '\\"'),
    );
  });
});
