import type { JsonObject } from "../../definition/json";
import { countCalls } from "../../deploy/budget/count-calls";
import { minimumTime } from "../../deploy/budget/minimum-time";
import { type EmissionName, HttpIntegration, RestApi } from "../../modules";
import { synthApi } from "../../modules/testing";
import { describeTerraform } from "../support/terraform/availability";
import { type Harness, startHarness } from "../support/terraform/harness";
import { conflicts } from "../support/twin/conflicts";
import { controlPlaneRates } from "../support/twin/rates";

interface Row {
  readonly emission: EmissionName;
  readonly routes: number;
}

const SMALL: readonly Row[] = [
  { emission: "openapi", routes: 10 },
  { emission: "resources", routes: 10 },
];
/** AWS's clock is the wall's: the largest row alone takes five minutes. */
const ALL: readonly Row[] = [
  ...SMALL,
  { emission: "openapi", routes: 100 },
  { emission: "resources", routes: 100 },
  { emission: "openapi", routes: 300 },
  { emission: "resources", routes: 300 },
];
const CONFLICTING_SHARE = 0.1;

describeTerraform("an apply at AWS's rates, with conflicts", (provider) => {
  let harness: Harness;
  beforeAll(async () => {
    harness = await startHarness(provider);
    // The bound is for what moto fails at; here the provider retries as it does in production.
    delete harness.environment.AWS_MAX_ATTEMPTS;
  }, 60_000);
  afterAll(() => harness.stop());

  let refusedCalls = 0;
  it.each(process.env.DEPLOY_TESTS === "all" ? ALL : SMALL)(
    "converges: $routes routes as $emission",
    async ({ emission, routes }) => {
      const name = `shop-${emission}-${routes}`;
      const terraform = synthShop(name, emission, routes);
      const root = await harness.root(name);
      root.write(terraform);
      await root.init();
      const interceptors = [
        controlPlaneRates(() => Date.now()),
        conflicts({ share: CONFLICTING_SHARE, seed: routes }),
      ].map((interceptor) => harness.twin.intercept(interceptor));
      const since = harness.twin.calls.mark();

      const applySeconds = await secondsOf(() => root.apply());
      const refused = since
        .find({ service: "apigateway" })
        .filter(({ status = 0 }) => status === 429 || status === 409);
      let isEmpty = false;
      const planSeconds = await secondsOf(async () => {
        isEmpty = await root.planIsEmpty();
      });

      for (const remove of interceptors) remove();
      refusedCalls += refused.length;
      report({ emission, routes, applySeconds, planSeconds, refused: refused.length });
      expect(isEmpty).toBe(true);
      expect(liveRoutes(name)).toBe(routes);
      expect(applySeconds).toBeGreaterThan(minimumTime(countCalls(terraform).create).seconds);
    },
    900_000,
  );

  it("has met refusals on the way", () => {
    expect(refusedCalls).toBeGreaterThan(0);
  });

  function liveRoutes(name: string): number {
    const { paths, resources } = harness.twin.deployed(name, "v1").document as {
      readonly paths?: JsonObject;
      readonly resources?: readonly { readonly resourceMethods?: JsonObject }[];
    };
    const listed = resources?.filter(({ resourceMethods }) => resourceMethods !== undefined).length;
    return listed ?? Object.keys(paths ?? {}).length;
  }
});

function synthShop(restApiName: string, emission: EmissionName, routes: number): JsonObject {
  const { terraform, ...blocks } = synthApi(
    (stack) => {
      const deployOptions = { stageName: "v1", throttlingRateLimit: 100, throttlingBurstLimit: 50 };
      const api = new RestApi(stack, "Api", { restApiName, emission, deployOptions });
      for (let index = 0; index < routes; index++) {
        api.route(`GET /things-${index}`, new HttpIntegration("https://things.example.com"));
      }
    },
    { region: "eu-west-1", quotas: { resourcesPerApi: 2 * routes + 300 } },
  );
  const { backend: _backend, ...settings } = terraform as JsonObject;
  return JSON.parse(JSON.stringify({ ...blocks, terraform: settings }));
}

async function secondsOf(work: () => Promise<void>): Promise<number> {
  const start = Date.now();
  await work();
  return (Date.now() - start) / 1000;
}

function report(row: Row & { applySeconds: number; planSeconds: number; refused: number }): void {
  const { emission, routes, applySeconds, planSeconds, refused } = row;
  const [apply, plan] = [applySeconds, planSeconds].map((seconds) => `${seconds.toFixed(0)} s`);
  process.stderr.write(`${emission}, ${routes} routes: apply ${apply}, plan ${plan}, ${refused} calls refused\n`);
}
