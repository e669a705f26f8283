import { MockIntegration, RestApi } from "../../../modules";
import { documentOf, synthApi } from "../../../modules/testing";

function cachedRoute(allowOrigins: readonly string[]) {
  const document = documentOf(
    synthApi((stack) => {
      const api = new RestApi(stack, "Api", { defaultCorsPreflightOptions: { allowOrigins } });
      api.root.addResource("rates").addMethod("GET", new MockIntegration(), { cache: { ttlSeconds: 60 } });
    }),
  );
  return JSON.parse(JSON.stringify(document.paths))["/rates"];
}

describe("a cached route with CORS", () => {
  it("keeps the answers for each exact origin apart", () => {
    const { get } = cachedRoute(["https://shop.example.com", "https://admin.example.com"]);

    expect(get["x-amazon-apigateway-integration"].cacheKeyParameters).toEqual(["method.request.header.Origin"]);
    expect(get.parameters).toEqual([{ in: "header", name: "Origin", required: false, schema: { type: "string" } }]);
  });

  it("shares one answer when any origin may read it", () => {
    const { get } = cachedRoute(["*"]);

    expect(get["x-amazon-apigateway-integration"].cacheKeyParameters).toBeUndefined();
  });

  it("does not offer Origin as a header that pages may set", () => {
    const { options } = cachedRoute(["https://shop.example.com"]);

    expect(JSON.stringify(options)).not.toContain("Origin,");
    expect(JSON.stringify(options["x-amazon-apigateway-integration"])).not.toMatch(/Allow-Headers":"'[^']*Origin/);
  });
});
