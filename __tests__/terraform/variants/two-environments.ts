import { selectEnvironments } from "../../../environments";
import { ApiAlarms, ApiDashboard, synthesize } from "../../../modules";
import { AccountStack } from "../../../stacks/account";
import { OrdersApiStack } from "../../../stacks/orders-api";

/** Two environments in the account of the first, each with all that has a name of its own in an account. */
synthesize((app) => {
  const [dev] = selectEnvironments("dev");
  const [staging] = selectEnvironments("staging");
  if (dev === undefined || staging === undefined) throw new Error("the reference project has lost an environment");
  const { account, region, deployRoleArn, stateBucket } = dev;
  new AccountStack(app, `account-${account}-${region}`, dev);
  for (const environment of [dev, { ...staging, account, region, deployRoleArn, stateBucket }]) {
    const stack = new OrdersApiStack(app, `orders-${environment.name}`, environment);
    const { all } = new ApiAlarms(stack, "Alarms", { api: stack.api });
    new ApiDashboard(stack, "Dashboard", { api: stack.api, alarms: all });
  }
});
