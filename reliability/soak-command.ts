import { setTimeout as pause } from "node:timers/promises";
import { parseArgs } from "node:util";
import { memoryOfFamily } from "./memory";
import { runCommand, seedOf } from "./run-command";
import { soak } from "./soak";

/** Memory is compared with what it is after this part of the time. */
const WARM_SHARE = 0.2;
const MAX_GROWTH = 1.2;
const SAMPLES = 20;

const { values } = parseArgs({ options: { seconds: { type: "string", default: "600" }, seed: { type: "string" } } });
const seconds = Number(values.seconds);
const seed = seedOf(values.seed);

runCommand(async (gateway) => {
  console.log(`soak: ${seconds} seconds, --seed ${seed}`);
  const pid = gateway.process.pid ?? 0;
  const soaking = soak({ port: gateway.port, seconds, seed });
  soaking.catch(() => {});
  const warm = { own: 0, largestChild: 0 };
  for (let sample = 1; sample <= SAMPLES; sample++) {
    const isOver = await Promise.race([pause((seconds * 1_000) / SAMPLES, false), soaking.then(() => true)]);
    const now = await memoryOfFamily(pid);
    console.log(
      `${Math.round((sample / SAMPLES) * seconds)} s: gateway ${now.own} MiB, its largest process ${now.largestChild} MiB`,
    );
    if (sample === WARM_SHARE * SAMPLES) Object.assign(warm, now);
    if (isOver) break;
  }
  const counts = await soaking;
  const last = await memoryOfFamily(pid);
  const total = Object.values(counts).reduce((sum, count) => sum + count, 0);
  console.log(`${total} requests, ${Math.round(total / seconds)} a second: ${JSON.stringify(counts)}`);
  for (const who of ["own", "largestChild"] as const) {
    if (last[who] > warm[who] * MAX_GROWTH) throw new Error(`memory has grown from ${warm[who]} to ${last[who]} MiB`);
  }
});
