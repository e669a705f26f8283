import { failedText, liveFunctions, liveStack, liveText } from "../../../cli/dev/report";

const at = new Date(2026, 0, 2, 10, 32, 5);

describe("what is said of a change", () => {
  it("is what is live, since when, and how long it took", () => {
    expect(liveText("functions", liveFunctions(["get-order"]), { at, millis: 83.6, wasBroken: false })).toBe(
      "10:32:05  get-order is live (84 ms)",
    );
  });

  it("is that it is mended", () => {
    expect(liveText("functions", undefined, { at, millis: 1, wasBroken: true })).toBe(
      "10:32:05  functions mended (1 ms)",
    );
  });

  it("is which routes came and went", () => {
    const text = liveStack("orders-dev", ["GET /v1/a", "GET /v1/b"], ["GET /v1/b", "GET /v1/c"]);

    expect(liveText("stack", text, { at, millis: 700, wasBroken: false })).toBe(
      "10:32:05  orders-dev is live (700 ms)\n    + GET /v1/c\n    - GET /v1/a",
    );
  });

  it("is what failed, and what is served in its place", () => {
    const servedSince = new Date(2026, 0, 2, 9, 8, 7);

    expect(failedText("settings", "CODE: problem\n  at place", { at, servedSince })).toBe(
      "10:32:05  headgate.local.json cannot be renewed\n  CODE: problem\n    at place\n  still serving the version of 09:08:07",
    );
  });
});
