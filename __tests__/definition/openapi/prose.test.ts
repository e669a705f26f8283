import type { JsonObject } from "../../../definition/json";
import { withoutProse } from "../../../definition/openapi/prose";

/** A document with prose at every place where the standard has it. */
function documentWith(prose: { readonly text?: string; readonly example?: JsonObject; readonly list?: JsonObject[] }) {
  const { text, example, list } = prose;
  const described = text === undefined ? {} : { description: text };
  const examples = example === undefined ? {} : { example, examples: { one: example } };
  const linked = list === undefined ? {} : { externalDocs: list, tags: list };
  const schema = {
    ...described,
    ...(example === undefined ? {} : { example }),
    type: "object",
    properties: { description: { type: "string", ...described } },
    additionalProperties: { type: "string", ...described },
    allOf: [{ ...described, items: { ...described, type: "string" } }],
  };
  const parameter = { name: "limit", in: "query", schema, ...described, ...examples };
  const response = {
    description: text ?? "",
    headers: { Location: { schema, ...described } },
    content: { "application/json": { schema, ...examples } },
  };
  const operation = {
    ...described,
    ...linked,
    ...(text === undefined ? {} : { summary: text, "x-note": text }),
    operationId: "get",
    parameters: [parameter],
    requestBody: { ...described, content: { "application/json": { schema, ...examples } } },
    responses: { 200: response },
    "x-amazon-apigateway-integration": { type: "mock", requestTemplates: { description: "kept" } },
  };
  return {
    openapi: "3.0.1",
    info: { title: "pets", ...described },
    ...linked,
    servers: [{ url: "/", ...described }],
    paths: { "/description": { ...described, get: operation, "x-amazon-apigateway-any-method": operation } },
    components: { schemas: { description: schema }, parameters: { a: parameter }, responses: { b: response } },
    definitions: { Pet: schema },
    ...(text === undefined ? {} : { "x-tool": text, "x-amazon-apigateway-documentation": { version: text } }),
  } as JsonObject;
}

describe("withoutProse", () => {
  it("leaves nothing that only people and other tools read", () => {
    const prose = { text: "prose", example: { description: "prose" }, list: [{ name: "prose" }] };

    const left = withoutProse(documentWith(prose));

    expect(JSON.stringify(left)).not.toContain("prose");
    expect(left).toEqual(withoutProse(documentWith({})));
  });

  it("keeps properties, paths, schemas and templates that are called description", () => {
    const left = withoutProse(documentWith({ text: "prose" }));

    expect(left).toMatchObject({
      paths: {
        "/description": {
          get: { "x-amazon-apigateway-integration": { requestTemplates: { description: "kept" } } },
        },
      },
      components: { schemas: { description: { properties: { description: { type: "string" } } } } },
    });
  });
});
