import type { JsonObject } from "../../../definition/json";
import type { StackDefinition } from "../../../definition/stack";
import { readStackJson } from "../../../definition/terraform/read-stack";

/** The smallest document that can be imported. */
export const openapi = { openapi: "3.0.1", info: { title: "orders", version: "1.0" }, paths: {} };

/** How other resources refer to the API of `apiResources`. */
export const apiId = "${aws_api_gateway_rest_api.orders.id}";

/** An API without routes. */
export const apiResources = {
  aws_api_gateway_rest_api: {
    orders: { name: "orders", endpoint_configuration: { types: ["REGIONAL"] }, tags: { team: "shop" } },
  },
  aws_api_gateway_rest_api_put: { document: { rest_api_id: apiId, body: JSON.stringify(openapi) } },
};

/** Reads a root with these resources. */
export function readResources(resource: JsonObject, root: JsonObject = {}): Promise<StackDefinition> {
  return readStackJson({ resource, ...root }, "orders-dev");
}
