import { type MethodOptions, RestApi, type StageOptions } from "../../../modules";
import { warningsOf } from "../support/warnings";

const warnings = (deployOptions: StageOptions, method: MethodOptions = {}) =>
  warningsOf((stack) => new RestApi(stack, "Api", { deployOptions }).route("GET /", undefined, method));

describe("a throttle of 0", () => {
  it.each<[string, StageOptions, MethodOptions]>([
    ['"GET /"', {}, { throttle: "blocked" }],
    ['"GET /"', {}, { throttle: { rateLimit: 5, burstLimit: 0 } }],
    ['stage "prod"', { throttle: "blocked" }, {}],
  ])("is warned of on %s, because the provider sends it with the second apply only", (place, stage, method) => {
    expect(warnings(stage, method)).toEqual([
      expect.stringMatching(
        new RegExp(`^THROTTLE_ZERO_COMES_LATE: .*${place} is to let nothing through[^]*\\n  fix: apply twice`),
      ),
    ]);
  });

  it("is not warned of where there is none", () => {
    expect(warnings({ throttle: { rateLimit: 5, burstLimit: 5 } }, { throttle: "account-limit" })).toEqual([]);
  });
});
