import { writeSync } from "node:fs";
import type { ProviderSource } from "../../support/terraform/provider-mirror";
import { describeKill, type Kill } from "./kill-points";
import { startOrdersLane } from "./orders-lane";
import { type Outcome, Survivor } from "./survivor";
import type { SynthesizedOrders } from "./synthesized-orders";

/** Kills under way in several lanes. */
export interface KillRun {
  /** Rejects with what went wrong beside the expected. */
  outcome(kill: Kill): Promise<Outcome>;
  /** Resolves when all lanes have stopped. */
  readonly ended: Promise<void>;
}

/**
 * Runs kills in lanes side by side: most of their time Terraform only waits.
 *
 * @param lanes accounts with a moto, a twin and a provider each
 */
export function runKills(
  provider: ProviderSource,
  synthesized: SynthesizedOrders,
  kills: readonly Kill[],
  lanes: number,
): KillRun {
  const waiting = [...kills];
  const outcomes = new Map(kills.map((kill) => [kill, deferred<Outcome>()]));

  /** A lane prefers what it need not be brought to; one that failed is of no further use. */
  const lane = async (): Promise<void> => {
    const survivor = new Survivor(await startOrdersLane(provider, synthesized), synthesized);
    let isUsable = true;
    while (isUsable && waiting.length > 0) {
      const fitting = waiting.findIndex(({ phase }) => survivor.isReadyFor(phase));
      const [kill] = waiting.splice(Math.max(fitting, 0), 1);
      if (kill === undefined) break;
      await survivor.survive(kill).then(
        (outcome) => {
          report(kill, outcome);
          outcomes.get(kill)?.resolve(outcome);
          isUsable = outcome.is.problems.length === 0;
        },
        (error: unknown) => {
          outcomes.get(kill)?.reject(error);
          isUsable = false;
        },
      );
    }
    await survivor.lane.stop();
    if (waiting.length > 0) await lane();
  };

  const ended = Promise.all(Array.from({ length: Math.min(lanes, kills.length) }, lane)).then(
    () => undefined,
    (error: unknown) => {
      for (const { reject } of outcomes.values()) reject(error);
    },
  );
  return {
    ended,
    outcome: (kill) => outcomes.get(kill)?.promise ?? Promise.reject(new Error("no such kill")),
  };
}

/** One line for each kill: how far it was from home. */
function report(kill: Kill, { way }: Outcome): void {
  const how = way.endedByItself ? "ended well when run again" : `stopped at the lock, then ${way.imported} imported`;
  writeSync(2, `${describeKill(kill)}: ${how}, ${way.seconds.toFixed(0)} s\n`);
}

interface Deferred<Value> {
  readonly promise: Promise<Value>;
  resolve(value: Value): void;
  reject(error: unknown): void;
}

function deferred<Value>(): Deferred<Value> {
  let settle: Omit<Deferred<Value>, "promise"> = { resolve: () => undefined, reject: () => undefined };
  const promise = new Promise<Value>((resolve, reject) => {
    settle = { resolve, reject };
  });
  // Whoever asks later gets the rejection; nobody has to ask.
  promise.catch(() => undefined);
  return { promise, ...settle };
}
