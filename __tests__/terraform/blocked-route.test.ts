import { Duration, MockIntegration, RestApi } from "../../modules";
import { synthApi } from "../../modules/testing";
import { describeTerraform } from "../support/terraform/availability";
import { type Harness, startHarness } from "../support/terraform/harness";
import { onlyChange } from "../support/terraform/plan";

const ONLY_SOME = { require_authorization_for_cache_control: true };
const EVERYBODY = { require_authorization_for_cache_control: false };

/** Why `THROTTLE_ZERO_COMES_LATE` and `CACHE_AUTHORIZATION_COMES_LATE` are warned of. When it turns red, the provider has learned it. */
describeTerraform("a route whose throttle is blocked", (provider) => {
  let harness: Harness;
  beforeAll(async () => {
    harness = await startHarness(provider);
  }, 60_000);
  afterAll(() => harness.stop());

  it("is open after the first apply, and blocked after the second", async () => {
    const terraform = synthApi(
      (stack) => {
        const api = new RestApi(stack, "Api", { restApiName: "blocked", deployOptions: { stageName: "v1" } });
        api.route("GET /health", new MockIntegration(), {
          throttle: "blocked",
          cache: { ttl: Duration.minutes(1), requireAuthorizationForCacheControl: false },
        });
      },
      { region: "eu-west-1", accountId: "111111111111", assumeRoleArn: "arn:aws:iam::111111111111:role/deploy" },
    );
    const root = await harness.root("blocked");
    root.write(JSON.parse(JSON.stringify(terraform)));
    await root.init();

    await root.apply();
    const { change } = onlyChange(await root.plan(), "aws_api_gateway_method_settings");
    await root.applyPlan();

    expect(change.before).toMatchObject({
      settings: [{ throttling_rate_limit: 10_000, throttling_burst_limit: 5_000, ...ONLY_SOME }],
    });
    expect(change.after).toMatchObject({
      settings: [{ throttling_rate_limit: 0, throttling_burst_limit: 0, ...EVERYBODY }],
    });
    expect(await root.planIsEmpty()).toBe(true);
  }, 180_000);
});
