import { MockIntegration, RestApi } from "../../../modules";
import { documentOf, onlyResource, synthApi } from "../../../modules/testing";

/** A stack with an API of each name. */
const withApis = (...names: readonly string[]) =>
  synthApi((stack) => {
    for (const name of names) {
      new RestApi(stack, `${name}Api`, {
        restApiName: name,
        deployOptions: { stageName: name.toLowerCase() },
      }).route(`GET /${name}`, new MockIntegration());
    }
  });
const API = "aws_api_gateway_rest_api";

describe("documentOf", () => {
  it("gives the document of the only API", () => {
    expect(documentOf(withApis("Orders"))).toMatchObject({ info: { title: "Orders" } });
  });

  it("gives that of the API with the name, of several", () => {
    expect(documentOf(withApis("Orders", "Pets"), "Pets").paths).toHaveProperty("/Pets");
  });

  it.each<[title: string, apis: readonly string[], name: string | undefined, message: string]>([
    [
      "there are several",
      ["Orders", "Pets"],
      undefined,
      'expected one document, found 2; choose with documentOf(terraform, "<restApiName>"); there are: Orders, Pets',
    ],
    [
      "none has the name",
      ["Orders"],
      "orders",
      'of an API named "orders", found 0; choose with documentOf(terraform, "<restApiName>"); there are: Orders',
    ],
    ["there is none", [], undefined, "expected one document, found 0; the stack has none"],
  ])("fails when %s, with the choice", (_title, apis, name, message) => {
    expect(() => documentOf(withApis(...apis), name)).toThrow(message);
  });
});

describe("onlyResource", () => {
  it("gives the only resource of a type", () => {
    expect(onlyResource(withApis("Orders"), API)).toMatchObject({ name: "Orders" });
  });

  it("gives that whose id begins so, of several", () => {
    expect(onlyResource(withApis("Orders", "Pets"), API, "PetsApi_")).toMatchObject({ name: "Pets" });
  });

  it.each<[title: string, apis: readonly string[], idPrefix: string | undefined, message: RegExp]>([
    [
      "there are several",
      ["Orders", "Pets"],
      undefined,
      /^expected one aws_api_gateway_rest_api, found 2; choose with .*; there are: OrdersApi_\S+, PetsApi_\S+$/,
    ],
    ["no id begins so", ["Orders"], "Pets", /whose id begins with "Pets", found 0; choose with .*: OrdersApi_\S+$/],
    ["there is none", [], undefined, /^expected one aws_api_gateway_rest_api, found 0; the stack has none$/],
  ])("fails when %s, with the choice", (_title, apis, idPrefix, message) => {
    expect(() => onlyResource(withApis(...apis), API, idPrefix)).toThrow(message);
  });
});
