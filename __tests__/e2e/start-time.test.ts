import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { bestWeighedMillis } from "../support/slowness";
import { runHeadgate, startGateway } from "./support/headgate-process";

/** From the command to a gateway that serves what is synthesized already, on an idle machine. */
const PROMISED_MILLIS = 1_000;

describe("headgate local --no-synth, in a synthesized checkout", () => {
  const folder = mkdtempSync(join(tmpdir(), "headgate-start-"));
  const env = { CDKTF_OUTDIR: join(folder, "cdktf.out") };

  beforeAll(async () => {
    const { status } = await runHeadgate(["synth"], { env });
    expect(status).toBe(0);
  }, 60_000);

  afterAll(() => rmSync(folder, { recursive: true }));

  it("serves the reference API, with its tables and queues, in less than a second", async () => {
    const best = await bestWeighedMillis(PROMISED_MILLIS, () => startOfGateway(env));

    expect(best).toBeLessThan(PROMISED_MILLIS);
  }, 120_000);
});

async function startOfGateway(env: Readonly<Record<string, string>>): Promise<number> {
  const begun = performance.now();
  const gateway = await startGateway(["--no-synth"], { env });
  const millis = performance.now() - begun;
  await gateway.stop();
  return millis;
}
