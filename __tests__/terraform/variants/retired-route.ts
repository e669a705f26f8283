import { MockIntegration } from "../../../modules";
import { synthesizeOrdersWith } from "./orders-with";

/** The state before: a route that will be removed, and a function that will be renamed. */
synthesizeOrdersWith("orders-dev-list-promotions", (stack) => {
  const retired = new MockIntegration({ integrationResponses: [{ statusCode: "200" }] });
  stack.api.root.addResource("retired").addMethod("GET", retired);
});
