import { execFile } from "node:child_process";
import { rmSync } from "node:fs";
import { Agent, get } from "node:http";
import { join } from "node:path";
import { promisify } from "node:util";
import { COMMAND, REPOSITORY, type RunningGateway, startGateway } from "./support/headgate-process";

const PROJECT = join(REPOSITORY, "benchmarks", "project");
/** Numbers of routes, each with a stack of its own. */
const SIZES = [10, 1_000];
const WARM_UP = 1_000;
const REQUESTS = 4_000;
/** With 1,000 routes a request may take that many times as long as with 10. */
const TOLERANCE = 1.25;

jest.setTimeout(120_000);

function send(url: string, agent: Agent): Promise<void> {
  return new Promise((resolve, reject) => {
    get(url, { agent }, (response) => {
      response.resume();
      response.once("end", () =>
        response.statusCode === 200 ? resolve() : reject(new Error(`${response.statusCode}`)),
      );
    }).once("error", reject);
  });
}

/** How long the gateway keeps a client waiting when nothing else is in its way: nine of ten requests take longer. */
function undisturbed(millis: readonly number[]): number {
  return [...millis].sort((one, other) => one - other)[Math.floor(millis.length / 10)] ?? Number.NaN;
}

describe("the speed of the gateway", () => {
  const gateways: { lastRoute: string; stop: RunningGateway["stop"] }[] = [];
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });

  beforeAll(async () => {
    await promisify(execFile)(process.execPath, [COMMAND, "synth"], { cwd: PROJECT });
    for (const routes of SIZES) {
      const { url, stop } = await startGateway(["--no-synth", "--no-throttle", "--stack", `routes-${routes}`], {
        cwd: PROJECT,
      });
      gateways.push({ lastRoute: `${url}/v1/things-${routes - 1}/7`, stop });
    }
  });

  afterAll(async () => {
    agent.destroy();
    await Promise.all(gateways.map(({ stop }) => stop()));
    for (const folder of ["cdktf.out", "dist"]) rmSync(join(PROJECT, folder), { recursive: true, force: true });
  });

  it("is the same with 1,000 routes as with 10", async () => {
    const millis: number[][] = gateways.map(() => []);
    // In turns, so that both meet the same machine.
    for (let request = 0; request < WARM_UP + REQUESTS; request++) {
      for (const [index, { lastRoute }] of gateways.entries()) {
        const begun = performance.now();
        await send(lastRoute, agent);
        if (request >= WARM_UP) millis[index]?.push(performance.now() - begun);
      }
    }

    const [few = Number.NaN, many = Number.NaN] = millis.map(undisturbed);
    expect(many / few).toBeLessThan(TOLERANCE);
  });
});
