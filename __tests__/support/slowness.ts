import { spawnSync } from "node:child_process";
import { join } from "node:path";

const REPOSITORY = join(__dirname, "..", "..");
/** How long Node.js takes to start with tsx and do nothing, on an idle machine. */
const IDLE_MILLIS = 250;

/**
 * How many times longer things take now than on an idle machine, at least 1: what a test measures is weighed by it. The machine
 * may get busier in the meantime, so that it is asked before and after.
 */
function slowness(): number {
  const begun = performance.now();
  spawnSync(process.execPath, ["--import", "tsx", "--eval", "0"], { cwd: REPOSITORY });
  return Math.max(1, (performance.now() - begun) / IDLE_MILLIS);
}

/** The machine may get busier between two measurements: the best of some attempts counts. */
const ATTEMPTS = 5;

/**
 * What something takes on an idle machine, in milliseconds: the best of some attempts, of which the first that keeps the
 * promise is the last.
 *
 * @param attempt answers how long it took
 */
export async function bestWeighedMillis(promisedMillis: number, attempt: () => Promise<number>): Promise<number> {
  let best = Number.POSITIVE_INFINITY;
  for (let count = 0; count < ATTEMPTS && best >= promisedMillis; count++) {
    const before = slowness();
    const millis = await attempt();
    best = Math.min(best, millis / Math.max(before, slowness()));
  }
  return best;
}
