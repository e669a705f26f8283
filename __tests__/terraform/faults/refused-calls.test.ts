import { describeTerraform } from "../../support/terraform/availability";
import { FAULTS } from "../../support/twin/faults";
import { refuseFirst } from "../../support/twin/first-refusals";
import type { KillPoint } from "../../support/twin/kills";
import { declaredFacts, deployedFacts } from "./deployed-facts";
import { CALLS, type Phase } from "./kill-points";
import { ONE_ATTEMPT, type OrdersLane, startOrdersLane } from "./orders-lane";
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
const ALL: Refusals = {
  statuses: [400, 500],
  create: callsOf("create"),
  update: Object.keys(callsOf("update")),
  destroy: callsOf("destroy"),
};
const TELLING: Refusals = {
  statuses: [400],
  create: { CreateTable: 2, CreateRestApi: 1, AddPermission: 6 },
  update: ["PutRestApi", "CreateDeployment"],
  destroy: { DeleteStage: 1 },
};
const REFUSALS = process.env.DEPLOY_TESTS === undefined ? TELLING : ALL;
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
      lane = await startOrdersLane(provider, synthesized, ONE_ATTEMPT);
      next = [synthesized.second, synthesized.first];
    }, 120_000);
    afterAll(() => lane.stop());

    /** Repeats a command until it ends well. Answers how often it failed, and what was never called. */
    async function persist(command: "apply" | "destroy", calls: KillPoint) {
      const refuser = refuseFirst(calls, FAULTS[status]);
      const stop = lane.harness.twin.intercept(refuser);
      let failures = 0;
      for (; failures < MOST_COMMANDS; failures++) {
        const { exitCode, output } = await lane.orders.run(command, "-auto-approve", "-input=false", "-no-color");
        if (exitCode === 0) break;
        expect(output).toContain("Injected fault");
      }
      stop();
      return { failures, neverCalled: refuser.missing() };
    }

    it("leave what is declared when calls of a create were refused", async () => {
      lane.orders.checkout(synthesized.first);

      const { failures, neverCalled } = await persist("apply", REFUSALS.create);

      expect({ hasFailed: failures > 0, neverCalled }).toEqual({ hasFailed: true, neverCalled: [] });
      expect(await lane.orders.planIsEmpty()).toBe(true);
      expect(await deployedFacts(lane)).toEqual(declaredFacts(lane.orders.folder));
    }, 900_000);

    it.each(REFUSALS.update)(
      "leave what is declared after one more apply when %s of an update was refused",
      async (name) => {
        const [version = "", ...later] = next;
        next = [...later, version];
        lane.orders.checkout(version);

        const { failures, neverCalled } = await persist("apply", { [name]: CALLS.update[name] ?? 0 });

        expect({ failures, neverCalled }).toEqual({ failures: 1, neverCalled: [] });
        expect(await lane.orders.planIsEmpty()).toBe(true);
        expect(await deployedFacts(lane)).toEqual(declaredFacts(lane.orders.folder));
      },
      240_000,
    );

    it("leave nothing when calls of a destroy were refused", async () => {
      const { failures, neverCalled } = await persist("destroy", REFUSALS.destroy);

      expect({ hasFailed: failures > 0, neverCalled }).toEqual({ hasFailed: true, neverCalled: [] });
      expect(await deployedFacts(lane)).toEqual(declaredFacts(undefined));
    }, 900_000);
  });
});

/** Calls of a phase but those of Terraform's own state, and those that are forgotten. */
function callsOf(phase: Phase): KillPoint {
  const entries = Object.entries(CALLS[phase]);
  return Object.fromEntries(entries.filter(([name]) => !name.endsWith("the state") && !FORGOTTEN.includes(name)));
}
