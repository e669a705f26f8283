import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";

const SCRIPT = join(__dirname, "support/synthesize-routes.ts");
const MEMORY_MEGABYTES = 512;
/** Ten times the routes may take a little more than ten times as long. */
const TIME_FACTOR = 12;

interface Measurement {
  readonly milliseconds: number;
  readonly megabytes: number;
}

async function synthesize(routes: number, emission: string): Promise<Measurement> {
  const { stdout } = await promisify(execFile)(process.execPath, ["--import", "tsx", SCRIPT, String(routes), emission]);
  return JSON.parse(stdout);
}

describe.each(["openapi", "resources"])("an API in the %s emission", (emission) => {
  it(`of 1,000 routes synthesizes in at most ${TIME_FACTOR} times the time of 100, in under ${MEMORY_MEGABYTES} MB`, async () => {
    const small = await synthesize(100, emission);
    const large = await synthesize(1_000, emission);

    expect(large.milliseconds).toBeLessThan(TIME_FACTOR * small.milliseconds);
    expect(large.megabytes).toBeLessThan(MEMORY_MEGABYTES);
  }, 120_000);
});
