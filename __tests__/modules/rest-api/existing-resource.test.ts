import { type HeadgateStack, type ImportedRestApi, MockIntegration, Resource, RestApi } from "../../../modules";
import { onlyResource, resourcesOf, synthApi } from "../../../modules/testing";
import { expectRefusal } from "../support/refusals";

type Build = (api: ImportedRestApi, stack: HeadgateStack) => void;

const theirs = (build: Build) =>
  synthApi((stack) => {
    build(RestApi.fromRestApiAttributes(stack, "Theirs", { restApiId: "abc123", rootResourceId: "root1" }), stack);
  });

function existing(stack: HeadgateStack, restApi: ImportedRestApi, path: string): Resource {
  return Resource.fromResourceAttributes(stack, `Existing ${path}`, { restApi, path, resourceId: `id of ${path}` });
}

describe("a resource that is owned elsewhere", () => {
  it("takes methods without being created again", () => {
    const terraform = theirs((api, stack) => {
      existing(stack, api, "/orders/{orderId}").addMethod("GET", new MockIntegration());
    });

    const [local = "", ids] = Object.entries(Object(terraform.locals))[0] ?? [];
    expect(Object(ids).resource_ids).toEqual({ "/orders/{orderId}": "id of /orders/{orderId}" });
    expect(resourcesOf(terraform, "aws_api_gateway_resource")).toEqual({});
    expect(onlyResource(terraform, "aws_api_gateway_method").resource_id).toBe(
      `\${local.${local}.resource_ids["/orders/{orderId}"]}`,
    );
  });

  it("takes resources below it, which alone are created", () => {
    const terraform = theirs((api, stack) => {
      existing(stack, api, "/orders").addResource("{orderId}").addResource("lines").addMethod("GET");
      api.route("GET /orders");
    });

    const parents = Object.values(resourcesOf(terraform, "aws_api_gateway_resource")).map((it) => it.path_part);
    expect(parents).toEqual(["{orderId}", "lines"]);
    expect(JSON.stringify(terraform.resource)).toContain('resource_ids[\\"/orders\\"]');
  });

  it("needs no root: only its own id", () => {
    const terraform = synthApi((stack) => {
      const api = RestApi.fromRestApiId(stack, "Theirs", "abc123");
      existing(stack, api, "/orders").addMethod("GET");
    });

    expect(onlyResource(terraform, "aws_api_gateway_method").http_method).toBe("GET");
  });

  it("fails when another resource would be created that must be there", () => {
    expectRefusal({
      code: "RESOURCE_ID_UNKNOWN",
      problem: 'has "/shop/orders" and so has "/shop"',
      build: () =>
        theirs((api, stack) => {
          existing(stack, api, "/shop/orders");
          api.route("GET /shop/carts");
        }),
    });
  });

  it("fails when the root is needed and not known", () => {
    expectRefusal({
      code: "API_ROOT_UNKNOWN",
      problem: '"GET /carts" cannot be added',
      build: () =>
        synthApi((stack) => {
          const api = RestApi.fromRestApiId(stack, "Theirs", "abc123");
          existing(stack, api, "/orders");
          api.route("GET /carts");
        }),
    });
  });
});
