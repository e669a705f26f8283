import type { JsonObject } from "../../../definition/json";
import { definitionHash } from "../../../definition/openapi/hash";
import { toOpenApi } from "../../../definition/openapi/write";
import { methodWith, restApiWith } from "../../support/definition-builders";

const document = toOpenApi(restApiWith({ description: "a", methods: [methodWith()] }));
const operation = { operationId: "getOrders", responses: { 200: { description: "200 response" } } };

describe("definitionHash", () => {
  it.each<[string, JsonObject]>([
    ["title and description", { ...document, info: { title: "other", description: "other", version: "1.0" } }],
    ["tags", { ...document, tags: [{ name: "orders" }] }],
    ["documentation", { ...document, "x-amazon-apigateway-documentation": { version: "1" } }],
    ["the order of keys", Object.fromEntries(Object.entries(document).reverse())],
  ])("does not depend on %s", (_title, other) => {
    expect(definitionHash(other)).toBe(definitionHash(document));
  });

  it("does not depend on the prose of operations", () => {
    const plain = { paths: { "/orders": { get: operation } } };
    const described = { paths: { "/orders": { get: { ...operation, summary: "s", description: "d", tags: ["t"] } } } };

    expect(definitionHash(described)).toBe(definitionHash(plain));
  });

  it.each([
    ["a route", restApiWith({ description: "a", methods: [] })],
    ["whether a key is required", restApiWith({ description: "a", methods: [methodWith({ apiKeyRequired: true })] })],
    ["the key source", restApiWith({ description: "a", methods: [methodWith()], apiKeySource: "AUTHORIZER" })],
  ])("depends on %s", (_title, api) => {
    expect(definitionHash(toOpenApi(api))).not.toBe(definitionHash(document));
  });

  it("depends on a property of a model that is called description", () => {
    const withType = (type: string) => ({ components: { schemas: { A: { properties: { description: { type } } } } } });

    expect(definitionHash(withType("string"))).not.toBe(definitionHash(withType("number")));
  });
});
