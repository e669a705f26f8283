import { selectEnvironments } from "./environments";
import { synthesize } from "./modules";
import { AccountStack } from "./stacks/account";
import { OrdersApiStack } from "./stacks/orders-api";

synthesize((app) => {
  for (const environment of selectEnvironments(process.env.ENVIRONMENT)) {
    // Once per account and region: environments that share both share the stack.
    const accountStack = `account-${environment.account}-${environment.region}`;
    if (app.node.tryFindChild(accountStack) === undefined) new AccountStack(app, accountStack, environment);
    new OrdersApiStack(app, `orders-${environment.name}`, environment);
  }
});
