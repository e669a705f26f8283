import { RestApi } from "../../../../modules";
import { synthApi } from "../../../../modules/testing";

/** How many objects in AWS an API has: each takes one call or more to create, and AWS allows ten a second. */
function resourceCount(routes: number): number {
  const { resource = {} } = synthApi((stack) => {
    const api = new RestApi(stack, "Api", {
      defaultCorsPreflightOptions: { allowOrigins: ["https://shop.example"] },
    });
    api.addModel("Order", { schema: { type: "object" } });
    for (let index = 0; index < routes; index += 1) api.route(`GET /orders-${index}/{orderId}`);
  });
  const inAws = Object.entries(resource).filter(([type]) => type.startsWith("aws_"));
  return inAws.flatMap(([, bodies]) => Object.keys(bodies)).length;
}

it("needs four objects in AWS, the API, its document, its deployment and its stage, however many routes it has", () => {
  expect(resourceCount(1)).toBe(4);
  expect(resourceCount(100)).toBe(4);
});
