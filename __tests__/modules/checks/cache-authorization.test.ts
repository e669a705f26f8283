import { Duration, type MethodOptions, RestApi, type StageOptions } from "../../../modules";
import { warningsOf } from "../support/warnings";

const warnings = (deployOptions: StageOptions, method: MethodOptions) =>
  warningsOf((stack) => new RestApi(stack, "Api", { deployOptions }).route("GET /", undefined, method));
const ttl = Duration.minutes(1);

describe("a cache that everybody may empty", () => {
  it.each<[string, StageOptions, MethodOptions]>([
    ["a route", {}, { cache: { ttl, requireAuthorizationForCacheControl: false } }],
    ["a stage", { requireAuthorizationForCacheControl: false }, { cache: { ttl } }],
  ])("is warned of on %s, because the provider sends it with the second apply only", (_where, stage, method) => {
    expect(warnings(stage, method)).toEqual([
      expect.stringMatching(
        /^CACHE_AUTHORIZATION_COMES_LATE: .*"GET \/" on stage "prod", .*\n.*\n {2}fix: apply twice/,
      ),
    ]);
  });

  it("is not warned of where nothing is cached, or only some may empty it", () => {
    expect(warnings({}, { cache: { ttl } })).toEqual([]);
  });
});
