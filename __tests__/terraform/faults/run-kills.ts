import { writeSync } from "node:fs";
import { isDeepStrictEqual } from "node:util";
import type { ProviderSource } from "../../support/terraform/provider-mirror";
import { describeKill, type Kill } from "./kill-points";
import { startOrdersLane } from "./orders-lane";
import { type Outcome, Survivor } from "./survivor";
import type { SynthesizedOrders } from "./synthesized-orders";
import type { WayBack } from "./way-back";

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
  const ways: WayBack[] = [];
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
          ways.push(outcome.way);
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
    () => summarize(ways),
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
function report(kill: Kill, { is, shouldBe, way }: Outcome): void {
  const how = way.endedByItself ? "ended well when run again" : `stopped at the lock, then ${way.imported} imported`;
  const end = isDeepStrictEqual(plain(is), plain(shouldBe)) ? "" : ": NOT AS DECLARED";
  writeSync(2, `${describeKill(kill)}: ${how}, ${way.seconds.toFixed(0)} s${end}\n`);
}

/** What jest compares: not of which realm an object is. */
function plain(result: Outcome["is"]): unknown {
  return JSON.parse(JSON.stringify(result));
}

function summarize(ways: readonly WayBack[]): void {
  const itself = ways.filter(({ endedByItself }) => endedByItself).length;
  const recovered = ways.filter(({ imported }) => imported > 0).length;
  const unlocked = ways.length - itself - recovered;
  writeSync(
    2,
    `${ways.length} kills: ${itself} ended well when run again, ${unlocked} when unlocked, ${recovered} when recovered\n`,
  );
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
