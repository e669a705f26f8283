import { describeTerraform } from "../../support/terraform/availability";
import { FAULTS } from "../../support/twin/faults";
import { refuseFirst } from "../../support/twin/first-refusals";
import { declaredFacts, deployedFacts } from "./deployed-facts";
import { type OrdersLane, startOrdersLane } from "./orders-lane";
import { type SynthesizedOrders, synthesizeOrders } from "./synthesized-orders";

/** Exit code of `headgate drift` where something differs. */
const DIFFERS = 2;
/** The one function whose code changes. */
const CHANGED = "orders-dev-get-order";

interface Failure {
  readonly operation: string;
  /** How many there are of it. */
  readonly count: number;
  readonly to: "first" | "recoded" | "second";
  /** Does Terraform take the code for deployed? */
  readonly isForgotten: boolean;
}

const FAILURES: readonly Failure[] = [
  { operation: "UpdateFunctionCode", count: 1, to: "recoded", isForgotten: true },
  { operation: "PublishVersion", count: 1, to: "first", isForgotten: true },
  // The code would have come after it, and the new hash is in the state all the same.
  { operation: "UpdateFunctionConfiguration", count: 6, to: "second", isForgotten: true },
  // Terraform reads which version an alias shows.
  { operation: "UpdateAlias", count: 6, to: "first", isForgotten: false },
];

/** Refused with 400: what ends with 500 the provider repeats. One story: each failure is on the way to other code than stood before. */
describeTerraform("code that Terraform takes for deployed", (provider) => {
  let synthesized: SynthesizedOrders;
  let lane: OrdersLane;
  beforeAll(async () => {
    synthesized = await synthesizeOrders();
    lane = await startOrdersLane(provider, synthesized);
    await lane.orders.apply();
  }, 240_000);
  afterAll(async () => {
    await lane.stop();
    synthesized.project.remove();
  });

  it.each(FAILURES)(
    "is found by `headgate drift`, and right after it, its repair and an apply, when $operation failed",
    async ({ operation, count, to, isForgotten }) => {
      lane.orders.checkout(synthesized[to]);
      const stop = lane.harness.twin.intercept(refuseFirst({ [operation]: count }, FAULTS[400]));
      const refused = await lane.orders.run("apply", "-auto-approve", "-input=false", "-no-color");
      stop();
      const { code: wanted } = declaredFacts(lane.orders.folder);

      const found = await lane.headgate("drift");
      await lane.orders.apply();
      const { code: applied } = await deployedFacts(lane);
      const foundAgain = await lane.headgate("drift");
      const repair = await lane.headgate("drift", "--repair");
      await lane.orders.apply();

      expect(refused.output).toContain("Injected fault");
      expect(found).toMatchObject({ exitCode: DIFFERS, output: expect.stringContaining(CHANGED) });
      expect(Object.keys(wanted).filter((name) => wanted[name] !== applied[name])).toEqual(
        isForgotten ? [CHANGED] : [],
      );
      expect(foundAgain.exitCode).toBe(isForgotten ? DIFFERS : 0);
      if (isForgotten) expect(repair.output).toContain(CHANGED);
      expect(await deployedFacts(lane)).toEqual(declaredFacts(lane.orders.folder));
      expect(await lane.orders.planIsEmpty()).toBe(true);
      expect(await lane.headgate("drift")).toMatchObject({ exitCode: 0 });
    },
    240_000,
  );
});
