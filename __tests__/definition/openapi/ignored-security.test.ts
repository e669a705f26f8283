import type { Json, JsonObject } from "../../../definition/json";
import { ignoredSecurity } from "../../../definition/openapi/ignored-security";

const components = {
  securitySchemes: {
    bearer: { type: "http", scheme: "bearer" },
    key: { type: "apiKey", name: "x-api-key", in: "header" },
    signed: { type: "apiKey", name: "Authorization", in: "header", "x-amazon-apigateway-authtype": "awsSigv4" },
    token: { type: "apiKey", name: "Auth", in: "header", "x-amazon-apigateway-authorizer": { type: "token" } },
  },
};

function ignored(operation: JsonObject, security?: Json) {
  const document = { components, paths: { "/a": { get: operation } }, ...(security === undefined ? {} : { security }) };
  return ignoredSecurity(document);
}

describe("security that API Gateway ignores", () => {
  it.each<[string, JsonObject, Json | undefined]>([
    ["by schemes of the standard", { security: [{ bearer: [] }] }, undefined],
    ["by schemes that are not there", { security: [{ bearer: [], gone: [] }] }, undefined],
    ["for the whole document, whatever the schemes", {}, [{ token: [] }]],
  ])("is asked for %s", (_title, operation, security) => {
    const { security: own = security } = operation;

    expect(ignored(operation, security)).toEqual([{ route: "GET /a", schemes: Object.keys((own as [object])[0]) }]);
  });

  it.each<[string, JsonObject, Json | undefined]>([
    ["an authorizer", { security: [{ token: [] }] }, undefined],
    ["an authorizer beside another scheme", { security: [{ token: [], bearer: [] }] }, undefined],
    ["an API key", { security: [{ key: [] }] }, undefined],
    ["a signature", { security: [{ signed: [] }] }, undefined],
    ["the auth extension", { security: [{ bearer: [] }], "x-amazon-apigateway-auth": { type: "AWS_IAM" } }, undefined],
    ["nothing", {}, undefined],
    ["nothing, unlike the document", { security: [] }, [{ bearer: [] }]],
    ["what may be left out", { security: [{ bearer: [] }, {}] }, undefined],
  ])("is not what asks for %s", (_title, operation, security) => {
    expect(ignored(operation, security)).toEqual([]);
  });
});
