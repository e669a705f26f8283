import type { CommandResult } from "../../support/terraform/terraform";
import type { OrdersLane } from "./orders-lane";

/** How a lane came back after a kill. */
export interface WayBack {
  /** What is not as documented, with what the command said; empty when all went well. */
  readonly problems: readonly string[];
  /** Did the same command, given again, end well by itself? Else it stopped at the lock. */
  readonly endedByItself: boolean;
  /** How many objects had to be imported. */
  readonly imported: number;
  /** From the first command to the end of the last. */
  readonly seconds: number;
}

/** Within this time a command must say what is in its way. */
const STOP_LIMIT_SECONDS = 30;
const LOCK_ID = /Error acquiring the state lock[\s\S]*Lock Info:[\s\S]*?\bID:\s+(\S+)/;

/**
 * The same command again. It ends well, or it stops at the lock and names its id: then unlock, for an apply one
 * `headgate recover`, and the command once more.
 */
export async function takeWayBack(lane: OrdersLane, command: "apply" | "destroy"): Promise<WayBack> {
  const started = performance.now();
  const seconds = () => (performance.now() - started) / 1000;
  const again = () => lane.orders.run(command, "-auto-approve", "-input=false", "-no-color");
  const first = await again();
  if (first.exitCode === 0) return { problems: [], endedByItself: true, imported: 0, seconds: seconds() };

  const stopped = seconds();
  const [, lock] = LOCK_ID.exec(first.output) ?? [];
  if (lock === undefined) return { problems: [first.output], endedByItself: false, imported: 0, seconds: stopped };
  await lane.unlock(lock);
  const recovery = command === "apply" ? await lane.headgate("recover", "--json") : undefined;
  const last = await again();
  return {
    problems: [
      ...(stopped > STOP_LIMIT_SECONDS ? [`stopped after ${stopped} s`] : []),
      ...[recovery, last].flatMap((result) => (result && result.exitCode !== 0 ? [result.output] : [])),
    ],
    endedByItself: false,
    imported: recovery ? importedBy(recovery) : 0,
    seconds: seconds(),
  };
}

function importedBy({ output }: CommandResult): number {
  return [...output.matchAll(/"outcome": "imported"/g)].length;
}
