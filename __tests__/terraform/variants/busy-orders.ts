import { selectEnvironments } from "../../../environments";
import { synthesize } from "../../../modules";
import { OrdersApiStack } from "../../../stacks/orders-api";

/** The reference API after changes of many kinds: origins (document and functions), stage variable, retention. */
synthesize((app) => {
  for (const environment of selectEnvironments("dev")) {
    new OrdersApiStack(app, "orders-dev", {
      ...environment,
      allowedOrigins: ["https://shop.example.com"],
      ratesHost: "rates.example.com",
      logRetentionDays: 30,
    });
  }
});
