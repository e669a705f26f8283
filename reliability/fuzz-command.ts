import { parseArgs } from "node:util";
import { fuzz } from "./fuzz";
import { runCommand, seedOf } from "./run-command";

/** Memory is compared with what it is after this part of the requests. */
const WARM_SHARE = 0.1;
const MAX_GROWTH = 1.2;
/** Before so many requests the process still grows into its working size: caches fill, code is compiled. */
const WARM_REQUESTS = 100_000;
const MEBIBYTE = 1024 * 1024;

const { values } = parseArgs({
  options: { requests: { type: "string", default: "1000000" }, seed: { type: "string" } },
});
const requests = Number(values.requests);
const seed = seedOf(values.seed);

runCommand(async (gateway) => {
  console.log(`fuzz: ${requests} requests, --seed ${seed}`);
  const startedAt = performance.now();
  let warmBytes = 0;
  let step = 0;
  const counts = await fuzz({
    port: gateway.port,
    requests,
    seed,
    onProgress: async (done) => {
      if (done < (step + 1) * WARM_SHARE * requests) return;
      step += 1;
      const bytes = await gateway.memoryBytes();
      if (step === 1) warmBytes = bytes;
      const rate = Math.round((done / (performance.now() - startedAt)) * 1_000);
      console.log(`${done} requests, ${rate} a second, gateway ${Math.round(bytes / MEBIBYTE)} MiB`);
    },
  });
  const growth = (await gateway.memoryBytes()) / warmBytes;
  console.log(`answers by status: ${JSON.stringify(counts)}`);
  console.log(`memory after all requests: ${growth.toFixed(2)} times that after ${WARM_SHARE * requests}`);
  const isWarm = WARM_SHARE * requests >= WARM_REQUESTS;
  if (isWarm && growth > MAX_GROWTH) throw new Error("memory has grown by more than 20 %");
  if (gateway.process.exitCode !== null) throw new Error("the gateway has ended");
});
