import { selectStages } from "../../../cli/local/select-stages";
import { deployed, stack, stage } from "../../support/gateway";

const ORDERS = stack({
  apis: [
    deployed({ name: "orders" }, [stage({ name: "v1" }), stage({ name: "v2" })]),
    deployed({ name: "users" }, [stage({ name: "users" })]),
  ],
});

const named = (names: readonly string[]) =>
  selectStages(ORDERS, names).apis.map(({ api, stages }) => [api.name, ...stages.map(({ name }) => name)]);

describe("selectStages", () => {
  it("serves all stages when none is named", () => {
    expect(selectStages(ORDERS, [])).toBe(ORDERS);
  });

  it("serves the stages that are named, and no API without one", () => {
    expect(named(["v2"])).toEqual([["orders", "v2"]]);
    expect(named(["users", "v1"])).toEqual([
      ["orders", "v1"],
      ["users", "users"],
    ]);
  });

  it("fails when there is no such stage", () => {
    expect(() => selectStages(ORDERS, ["v1", "v3"])).toThrow(
      expect.objectContaining({
        code: "STAGE_NOT_THERE",
        message: expect.stringMatching(/"v3"[\s\S]*fix: use v1, v2, users/),
      }),
    );
  });

  it("fails when there is no stage at all", () => {
    expect(() => selectStages(stack(), ["v1"])).toThrow("add a stage to an API");
  });
});
