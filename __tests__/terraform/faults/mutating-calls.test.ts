import { describeTerraform } from "../../support/terraform/availability";
import { killPointOf } from "../../support/twin/kills";
import { declaredFacts, deployedFacts } from "./deployed-facts";
import { CALLS, PHASES, UNDER_WAY } from "./kill-points";
import { type OrdersLane, startOrdersLane } from "./orders-lane";
import { type SynthesizedOrders, synthesizeOrders } from "./synthesized-orders";

/** What the suites of faults rely on. Each test goes on from the one before. */
describeTerraform("the tables of mutating calls", (provider) => {
  let synthesized: SynthesizedOrders;
  let lane: OrdersLane;
  beforeAll(async () => {
    synthesized = await synthesizeOrders();
    lane = await startOrdersLane(provider, synthesized);
  }, 120_000);
  afterAll(async () => {
    await lane.stop();
    synthesized.project.remove();
  });

  async function callsDuring(command: Promise<void>): Promise<Readonly<Record<string, number>>> {
    const since = lane.harness.twin.calls.mark();
    await command;
    const counts = new Map<string, number>();
    for (const name of since.find({ mutating: true }).map(killPointOf)) counts.set(name, (counts.get(name) ?? 0) + 1);
    // Terraform writes the state every 20 seconds too: how often depends on the machine.
    if (counts.has("write the state")) counts.set("write the state", 1);
    return Object.fromEntries(counts);
  }

  it.each(PHASES)("name each call of %s in one point where Terraform is killed", (phase) => {
    expect(UNDER_WAY[phase].flat().sort()).toEqual(Object.keys(CALLS[phase]).sort());
  });

  it("hold every call of a create", async () => {
    lane.orders.checkout(synthesized.first);

    expect(await callsDuring(lane.orders.apply())).toEqual(CALLS.create);
    expect(await deployedFacts(lane)).toEqual(declaredFacts(lane.orders.folder));
  }, 240_000);

  it.each(["second", "first"] as const)(
    "hold every call of an update to the %s version",
    async (version) => {
      lane.orders.checkout(synthesized[version]);

      expect(await callsDuring(lane.orders.apply())).toEqual(CALLS.update);
      expect(await deployedFacts(lane)).toEqual(declaredFacts(lane.orders.folder));
    },
    120_000,
  );

  it("hold every call of a destroy", async () => {
    expect(await callsDuring(lane.orders.destroy())).toEqual(CALLS.destroy);
    expect(await deployedFacts(lane)).toEqual(declaredFacts(undefined));
  }, 120_000);
});
