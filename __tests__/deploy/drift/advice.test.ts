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
const APPLY = "terraform apply";
const REST = "all else: terraform apply";
const RECOVER = "what is missing: headgate recover orders-dev, in case an apply was killed; then terraform apply";
const CODE = "code that Terraform takes for deployed: headgate drift --repair";
const MISSING = { declared: "declared", deployed: "missing" };
const BY_HAND = "what is deployed and not declared: delete it by hand, Terraform knows nothing of it";
const IMPORT =
  "what the document of an API says: terraform apply -replace=aws_api_gateway_rest_api_put.shop, which imports it again";

describe("adviceOn", () => {
  it.each([
    ["code", { place: "read:live", field: "code", declared: "a", deployed: "b" }, [CODE]],
    ["a property of an imported API", { place: "shop", field: "policy", declared: "a" }, [IMPORT]],
    ["a property of an API of single resources", { place: "stall", field: "policy", declared: "a" }, [APPLY]],
    ["a route of an imported API", { place: "shop/v1 GET /orders", field: "route", deployed: "deployed" }, [IMPORT]],
    [
      "another document's snapshot",
      { place: "shop/v1", field: "deploymentId", declared: "a", deployed: "b" },
      [IMPORT],
    ],
    ["a model of a snapshot", { place: "shop/v1", field: "models.Order.type", deployed: "b" }, [IMPORT]],
    ["a route of an API of single resources", { place: "stall/v1 GET /", field: "route", deployed: "b" }, [APPLY]],
    ["what a stage keeps itself", { place: "shop/v1", field: "variables.backend", declared: "a" }, [APPLY]],
    ["settings", { place: "shop/v1 GET /", field: "methodSettings.cachingEnabled", declared: true }, [APPLY]],
    ["a permission", { place: "read:live", field: "permissions.a", ...MISSING }, [APPLY]],
    ["an API that is not there", { place: "shop", field: "api", ...MISSING }, [RECOVER]],
    ["an API that no state knows", { place: "shop", field: "api", declared: "declared", deployed: "no" }, [RECOVER]],
    ["a stage that is not there", { place: "shop/v1", field: "stage", ...MISSING }, [RECOVER]],
    ["a function that is not there", { place: "read", field: "function", ...MISSING }, [RECOVER]],
    ["an alias that is not there", { place: "read:live", field: "alias", ...MISSING }, [RECOVER]],
    ["a stage that nobody declared", { place: "shop/test", field: "stage", deployed: "deployed" }, [BY_HAND]],
    ["settings that nobody declared", { place: "shop/v1 GET /", field: "methodSettings", deployed: {} }, [BY_HAND]],
  ])("says what ends a difference of %s", (_what, difference, advice) => {
    expect(adviceOn([difference], STACK)).toEqual(advice);
  });

  it("says each command once", () => {
    const policy = { place: "shop", field: "policy", declared: "a" };

    expect(adviceOn([policy, { ...policy, field: "name" }, { ...policy, place: "shop/v1" }], STACK)).toEqual([IMPORT]);
    expect(adviceOn([], STACK)).toEqual([]);
  });

  it("says what ends the rest, unless a command above it ends that, too", () => {
    const rest = { place: "stall", field: "policy", declared: "a" };
    const code = { place: "read:live", field: "code", declared: "a", deployed: "b" };

    expect(adviceOn([rest, code], STACK)).toEqual([CODE, REST]);
    expect(adviceOn([rest, { place: "read", field: "function", ...MISSING }], STACK)).toEqual([RECOVER]);
  });
});
