import { type DeployedFacts, declaredFacts, deployedFacts } from "./deployed-facts";
import { putKeepsakes, stillKept } from "./keepsakes";
import type { Kill, Phase } from "./kill-points";
import type { OrdersLane } from "./orders-lane";
import type { SynthesizedOrders } from "./synthesized-orders";
import { takeWayBack, type WayBack } from "./way-back";

/** What came of a killed command. */
export interface Outcome {
  readonly is: Result;
  readonly shouldBe: Result;
  readonly way: WayBack;
}

interface Result extends DeployedFacts {
  /** What went wrong on the way back. */
  readonly problems: readonly string[];
  readonly secondPlanIsEmpty: boolean;
  /** Tables and queues whose content is still there. */
  readonly kept: readonly string[];
  /** Snapshots that nothing serves, beside those of a killed create. */
  readonly straySnapshots: readonly string[];
}

type Version = "first" | "second";

/** Leads one lane through kill after kill: each goes on from what the one before left. */
export class Survivor {
  #stands: Version | undefined;
  #ofCreates = new Set<string>();

  constructor(
    readonly lane: OrdersLane,
    private readonly synthesized: SynthesizedOrders,
  ) {}

  /** Can a kill of this phase begin without a further command? */
  isReadyFor(phase: Phase): boolean {
    return (this.#stands === undefined) === (phase === "create");
  }

  /** Kills a command, takes the documented way back, and tells what stands then. */
  async survive({ phase, moment, point }: Kill): Promise<Outcome> {
    const { lane } = this;
    await this.#prepare(phase);
    const target = this.#target(phase);
    if (target !== undefined) lane.orders.checkout(this.synthesized[target]);
    const before = phase === "update" ? await putKeepsakes(lane.account) : [];
    await lane.killed(phase === "destroy" ? "destroy" : "apply", point, moment);
    // Its stage is in no state either, and an import of both would delete the one before the other has moved.
    if (phase === "create") this.#ofCreates = new Set(lane.snapshots());
    const wasKept = phase === "create" ? await putKeepsakes(lane.account) : before;
    const way = await takeWayBack(lane, phase === "destroy" ? "destroy" : "apply");
    const is = {
      problems: way.problems,
      secondPlanIsEmpty: target === undefined || (await lane.orders.planIsEmpty()),
      kept: await stillKept(lane.account, wasKept),
      straySnapshots: lane.snapshots().filter((id) => id !== lane.served() && !this.#ofCreates.has(id)),
      ...(await deployedFacts(lane)),
    };
    this.#stands = target;
    const declared = declaredFacts(target && lane.orders.folder);
    const shouldBe = { problems: [], secondPlanIsEmpty: true, kept: wasKept, straySnapshots: [], ...declared };
    return { is, shouldBe, way };
  }

  async #prepare(phase: Phase): Promise<void> {
    if (this.isReadyFor(phase)) return;
    if (phase === "create") {
      await this.lane.orders.destroy();
      this.#stands = undefined;
      return;
    }
    this.lane.orders.checkout(this.synthesized.first);
    await this.lane.orders.apply();
    this.#stands = "first";
  }

  #target(phase: Phase): Version | undefined {
    if (phase === "destroy") return undefined;
    return phase === "update" && this.#stands === "first" ? "second" : "first";
  }
}
