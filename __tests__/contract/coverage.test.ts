import { selectEnvironments } from "../../environments";
import { documentOf, synthStack } from "../../modules/testing";
import { OrdersApiStack } from "../../stacks/orders-api";
import { EXCHANGES } from "./exchanges";

describe("the contract tests", () => {
  const [environment] = selectEnvironments("dev");
  if (!environment) throw new Error("no environment");
  const paths = documentOf(synthStack((app) => new OrdersApiStack(app, "orders-dev", environment))).paths ?? {};
  const declared = Object.entries(paths).flatMap(([path, item]) =>
    Object.keys(item as object).map((verb) => `${verb.toUpperCase()} ${path}`),
  );

  const statuses = (route: string) => EXCHANGES[route]?.map(({ answer }) => answer.status) ?? [];

  it("send a request that works to each route that the reference API declares", () => {
    expect(declared.filter((route) => !statuses(route).some((status) => status < 300))).toEqual([]);
  });

  it("send one that is refused to each route that can refuse", () => {
    const canRefuse = declared.filter((route) => !/^OPTIONS|\/health$|\/exchange-rates$/.test(route));

    expect(canRefuse.filter((route) => !statuses(route).some((status) => status >= 400))).toEqual([]);
  });
});
