import { describeTerraform } from "../../support/terraform/availability";
import { FAULTS } from "../../support/twin/faults";
import { refuseFirst } from "../../support/twin/first-refusals";
import type { KillPoint } from "../../support/twin/kills";
import { declaredFacts, deployedFacts } from "./deployed-facts";
import { CALLS, type Phase } from "./kill-points";
import { type OrdersLane, startOrdersLane } from "./orders-lane";
import { type SynthesizedOrders, synthesizeOrders } from "./synthesized-orders";

interface Refusals {
  readonly statuses: readonly (400 | 500)[];
  /** Each refused once, in as many commands as it takes. */
  readonly create: KillPoint;
  /** Each refused in an update of its own. */
  readonly update: readonly string[];
  /** As in a create. */
  readonly destroy: KillPoint;
}

/** After these, Terraform takes code for deployed: they have a suite of their own. */
const FORGOTTEN = ["UpdateFunctionConfiguration", "UpdateFunctionCode", "PublishVersion", "UpdateAlias"];
const REFUSALS: Refusals = {
  statuses: [400, 500],
  create: callsOf("create"),
  update: Object.keys(callsOf("update")),
  destroy: callsOf("destroy"),
};
/** What ends with 500 is repeated by the provider, and the apply ends well. */
const EXIT_CODE = { 400: 1, 500: 0 };
/** More than there are calls that wait for each other. */
const MOST_COMMANDS = 20;

/** Calls fail, and the same command is given again. Each test goes on from the one before. */
describeTerraform("refused calls", (provider) => {
  let synthesized: SynthesizedOrders;
  beforeAll(async () => {
    synthesized = await synthesizeOrders();
  }, 120_000);
  afterAll(() => synthesized.project.remove());

  describe.each(REFUSALS.statuses)("with %d", (status) => {
    let lane: OrdersLane;
    let next: readonly string[];
    beforeAll(async () => {
      lane = await startOrdersLane(provider, synthesized);
      next = [synthesized.second, synthesized.first];
    }, 120_000);
    afterAll(() => lane.stop());

    const command = (name: "apply" | "destroy") => lane.orders.run(name, "-auto-approve", "-input=false", "-no-color");

    /** Repeats a command until it ends well. Answers the exit code of the first, and what was never called. */
    async function persist(name: "apply" | "destroy", calls: KillPoint) {
      const refuser = refuseFirst(calls, FAULTS[status]);
      const stop = lane.harness.twin.intercept(refuser);
      const { exitCode: first } = await command(name);
      let last = first;
      for (let count = 1; last !== 0 && count < MOST_COMMANDS; count++) {
        const { exitCode, output } = await command(name);
        last = exitCode;
        if (last !== 0) expect(output).toContain("Injected fault");
      }
      stop();
      return { first, last, neverCalled: refuser.missing() };
    }

    it("leave what is declared when calls of a create were refused", async () => {
      lane.orders.checkout(synthesized.first);

      const outcome = await persist("apply", REFUSALS.create);

      expect(outcome).toEqual({ first: EXIT_CODE[status], last: 0, neverCalled: [] });
      expect(await lane.orders.planIsEmpty()).toBe(true);
      expect(await deployedFacts(lane)).toEqual(declaredFacts(lane.orders.folder));
    }, 900_000);

    it.each(REFUSALS.update)(
      "leave what is declared after one more apply when %s of an update was refused",
      async (name) => {
        const [version = "", ...later] = next;
        next = [...later, version];
        lane.orders.checkout(version);

        const refuser = refuseFirst({ [name]: CALLS.update[name] ?? 0 }, FAULTS[status]);
        const stop = lane.harness.twin.intercept(refuser);
        const refused = await command("apply");
        stop();
        await lane.orders.apply();

        expect(refuser.missing()).toEqual([]);
        expect(refused.exitCode).toBe(EXIT_CODE[status]);
        expect(await deployedFacts(lane)).toEqual(declaredFacts(lane.orders.folder));
        expect(await lane.orders.planIsEmpty()).toBe(true);
      },
      240_000,
    );

    it("leave nothing when calls of a destroy were refused", async () => {
      const outcome = await persist("destroy", REFUSALS.destroy);

      expect(outcome).toEqual({ first: EXIT_CODE[status], last: 0, neverCalled: [] });
      expect(await deployedFacts(lane)).toEqual(declaredFacts(undefined));
    }, 900_000);
  });
});

/** Calls of a phase but those of Terraform's own state, and those that are forgotten. */
function callsOf(phase: Phase): KillPoint {
  const entries = Object.entries(CALLS[phase]);
  return Object.fromEntries(entries.filter(([name]) => !name.endsWith("the state") && !FORGOTTEN.includes(name)));
}
