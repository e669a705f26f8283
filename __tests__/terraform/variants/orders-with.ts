import { selectEnvironments } from "../../../environments";
import { LambdaIntegration, NodejsFunction, synthesize } from "../../../modules";
import { OrdersApiStack } from "../../../stacks/orders-api";

/** Synthesizes `orders-dev` with `GET /promotions` behind a function of this name, and what `extend` adds. */
export function synthesizeOrdersWith(functionName: string, extend: (stack: OrdersApiStack) => void = () => {}): void {
  synthesize((app) => {
    for (const environment of selectEnvironments("dev")) {
      const stack = new OrdersApiStack(app, "orders-dev", environment);
      const handler = new NodejsFunction(stack, functionName, { bundle: "list-products", functionName });
      stack.api.root.addResource("promotions").addMethod("GET", new LambdaIntegration(handler));
      extend(stack);
    }
  });
}
