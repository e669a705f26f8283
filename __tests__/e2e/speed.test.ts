import { execFile } from "node:child_process";
import { rmSync } from "node:fs";
import { Agent, get } from "node:http";
import { join } from "node:path";
import { promisify } from "node:util";
import { COMMAND, REPOSITORY, type RunningGateway, startGateway } from "./support/headgate-process";

const PROJECT = join(REPOSITORY, "benchmarks", "project");
const ROUNDS = 5;
const REQUESTS = 600;
const CONNECTIONS = 10;
/** Both take turns and the best round counts; what is left is the noise of a busy machine. */
const TOLERANCE = 0.8;

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

/** Requests a second over connections that stay. */
async function rateOf(url: string, agent: Agent): Promise<number> {
  const start = performance.now();
  let left = REQUESTS;
  const client = async () => {
    while (left-- > 0) await send(url, agent);
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, client));
  return (REQUESTS / (performance.now() - start)) * 1000;
}

describe("the speed of the gateway", () => {
  const gateways: RunningGateway[] = [];
  const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });

  beforeAll(async () => {
    await promisify(execFile)(process.execPath, [COMMAND, "synth"], { cwd: PROJECT });
    for (const stack of ["routes-10", "routes-1000"]) {
      gateways.push(await startGateway(["--no-synth", "--no-throttle", "--stack", stack], { cwd: PROJECT }));
    }
  });

  afterAll(async () => {
    agent.destroy();
    await Promise.all(gateways.map(({ stop }) => stop()));
    for (const folder of ["cdktf.out", "dist"]) rmSync(join(PROJECT, folder), { recursive: true, force: true });
  });

  it("is the same with 1,000 routes as with 10", async () => {
    const best = [0, 0];
    for (let round = 0; round < ROUNDS; round++) {
      for (const [index, { url }] of gateways.entries()) {
        best[index] = Math.max(best[index] ?? 0, await rateOf(`${url}/v1/mocked/7`, agent));
      }
    }

    const [few = 0, many = 0] = best;
    expect(many / few).toBeGreaterThan(TOLERANCE);
  });
});
