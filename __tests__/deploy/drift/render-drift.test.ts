import type { DriftReport } from "../../../deploy/drift/find-drift";
import { renderDrift } from "../../../deploy/drift/render-drift";

const report = (members: Partial<DriftReport> = {}): DriftReport => ({
  stack: "orders-dev",
  account: "111111111111",
  region: "eu-west-1",
  isCompared: true,
  repairs: [],
  differences: [],
  notCompared: [],
  advice: [],
  ...members,
});

describe("renderDrift", () => {
  it("says that there is none", () => {
    expect(renderDrift(report())).toBe("orders-dev in 111111111111 eu-west-1: no drift");
  });

  it("says so where nothing of a stack is compared", () => {
    expect(renderDrift(report({ isCompared: false }))).toBe(
      "orders-dev in 111111111111 eu-west-1: nothing of this stack is compared",
    );
  });

  it("says in words what is missing, and what nobody declared", () => {
    const differences = [
      { place: "read:live", field: "alias", declared: "declared", deployed: "missing" },
      { place: "shop/test", field: "stage", deployed: "deployed" },
    ];

    expect(renderDrift(report({ differences })).split("\n").slice(0, 4)).toEqual([
      "read:live",
      "  alias is missing",
      "shop/test",
      "  stage is deployed and not declared",
    ]);
  });

  it("shows differences by route, with what is declared and what is deployed, and what to do", () => {
    const place = "shop/v1 GET /orders";
    const differences = [
      { place, field: "integration.timeoutMillis", declared: 5000, deployed: 29000 },
      { place: "shop/v1", field: "description", declared: "Gold" },
      { place, field: "apiKeyRequired", declared: true, deployed: false },
    ];

    expect(renderDrift(report({ differences, advice: ["all else: terraform apply"] })).split("\n")).toEqual([
      "shop/v1 GET /orders",
      "  integration.timeoutMillis: declared 5000, deployed 29000",
      "  apiKeyRequired: declared true, deployed false",
      "shop/v1",
      '  description: declared "Gold", deployed nothing',
      "orders-dev in 111111111111 eu-west-1: 3 differences",
      "next: all else: terraform apply",
    ]);
  });

  it("cuts what is too long to read", () => {
    const differences = [{ place: "shop", field: "policy", declared: "x".repeat(1000), deployed: "y" }];

    expect(renderDrift(report({ differences }))).toMatch(
      /^ {2}policy: declared "x{199}… \(1002 characters, --json shows all\), deployed "y"$/m,
    );
  });

  it("lists what was not compared below the result, the same of several places once", () => {
    const prose = { field: "descriptions", reason: "an export carries none" };
    const canary = { place: "shop/next", field: "definition", reason: "AWS exports no canary" };
    const notCompared = [{ place: "shop/v1", ...prose }, canary, { place: "shop/next", ...prose }];

    expect(renderDrift(report({ notCompared })).split("\n")).toEqual([
      "orders-dev in 111111111111 eu-west-1: no drift",
      "not compared:",
      "  shop/v1, shop/next",
      "    descriptions: an export carries none",
      "  shop/next",
      "    definition: AWS exports no canary",
    ]);
  });

  it("names five places of one reason, and counts the others", () => {
    const places = ["a", "b", "c", "d", "e", "f", "g"];
    const notCompared = places.map((place) => ({ place, field: "code", reason: "it stands in no zip" }));

    expect(renderDrift(report({ notCompared }))).toContain("  a, b, c, d, e and 2 more\n    code: it stands in no zip");
  });

  it("says what was repaired, what was left alone, and what mends the rest", () => {
    const repairs = [
      { functionName: "read", done: ["uploaded read.zip", "published version 2"] },
      { functionName: "list", done: [], left: "its new code was not applied yet: run `terraform apply`" },
    ];

    expect(renderDrift(report({ repairs })).split("\n")).toEqual([
      "repaired read: uploaded read.zip, published version 2",
      "left alone: list, because its new code was not applied yet: run `terraform apply`",
      "orders-dev in 111111111111 eu-west-1: no drift",
      "next: terraform apply mends whatever else a failed apply left behind",
    ]);
  });
});
