import { markUnknown } from "../../../definition/unknown";
import { compareValues } from "../../../deploy/drift/compare-values";

const fieldsOf = (...args: Parameters<typeof compareValues>) =>
  compareValues(...args).differences.map(({ field }) => field);

describe("compareValues", () => {
  it("names each member that differs, by its path", () => {
    expect(fieldsOf("shop", "", { a: { b: 1, c: 2 }, d: "x" }, { a: { b: 1, c: 3 }, d: "y" })).toEqual(["a.c", "d"]);
  });

  it("compares lists as a whole, and takes the order of members for nothing", () => {
    expect(fieldsOf("shop", "list", [{ a: 1, b: 2 }], [{ b: 2, a: 1 }])).toEqual([]);
    expect(fieldsOf("shop", "list", ["a", "b"], ["b", "a"])).toEqual(["list"]);
  });

  it.each([
    [undefined, {}],
    [{}, undefined],
  ])("takes an empty object for none: %j and %j", (declared, deployed) => {
    expect(fieldsOf("shop", "variables", declared, deployed)).toEqual([]);
  });

  it("does not say what is absent on one side", () => {
    expect(compareValues("shop", "", { a: 1 }, { b: 2 }).differences).toEqual([
      { place: "shop", field: "a", declared: 1 },
      { place: "shop", field: "b", deployed: 2 },
    ]);
  });

  it("lists what only AWS knows as not compared", () => {
    const declared = `https://${markUnknown({ address: "aws_vpc_link.main", attribute: "id" })}`;

    expect(compareValues("shop", "uri", declared, "https://abc")).toEqual({
      differences: [],
      notCompared: [{ place: "shop", field: "uri", reason: "only AWS knows aws_vpc_link.main.id" }],
    });
  });
});
