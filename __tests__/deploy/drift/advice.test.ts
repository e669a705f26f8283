import { adviceOn } from "../../../deploy/drift/advice";
import { restApiWith } from "../../support/definition-builders";

const STACK = {
  definition: {
    name: "orders-dev",
    region: "eu-west-1",
    apis: [
      { address: "aws_api_gateway_rest_api.shop", id: "a1", api: restApiWith({ name: "shop" }), stages: [] },
      { address: "aws_api_gateway_rest_api.stall", id: "b2", api: restApiWith({ name: "stall" }), stages: [] },
    ],
    usagePlans: [],
    apiKeys: [],
    functions: [],
    tables: [],
    queues: [],
    domains: [],
    firewalls: [],
  },
  imports: new Map([["a1", "aws_api_gateway_rest_api_put.shop"]]),
};
const REST = "all else: terraform apply";
const CODE = "code that Terraform takes for deployed: headgate drift --repair";
const BY_HAND = "what is deployed and not declared: delete it by hand, Terraform knows nothing of it";
const IMPORT =
  "the API itself, by an import of its document: terraform apply -replace=aws_api_gateway_rest_api_put.shop";

describe("adviceOn", () => {
  it.each([
    ["code", { place: "read:live", field: "code", declared: "a", deployed: "b" }, [CODE]],
    ["a property of an imported API", { place: "shop", field: "policy", declared: "a" }, [IMPORT]],
    ["a property of an API of single resources", { place: "stall", field: "policy", declared: "a" }, [REST]],
    ["an API that is not there", { place: "shop", field: "api", declared: "declared", deployed: "missing" }, [REST]],
    ["a route", { place: "shop/v1 GET /orders", field: "route", deployed: "deployed" }, [REST]],
    ["a stage that nobody declared", { place: "shop/test", field: "stage", deployed: "deployed" }, [BY_HAND]],
    ["settings that nobody declared", { place: "shop/v1 GET /", field: "methodSettings", deployed: {} }, [BY_HAND]],
  ])("says what ends a difference of %s", (_what, difference, advice) => {
    expect(adviceOn([difference], STACK)).toEqual(advice);
  });

  it("says each command once", () => {
    const policy = { place: "shop", field: "policy", declared: "a" };

    expect(adviceOn([policy, { ...policy, field: "name" }, { ...policy, place: "shop/v1" }], STACK)).toEqual([
      IMPORT,
      REST,
    ]);
    expect(adviceOn([], STACK)).toEqual([]);
  });
});
