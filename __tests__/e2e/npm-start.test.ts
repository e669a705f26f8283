import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { slowness } from "../support/slowness";
import { REPOSITORY } from "./support/headgate-process";

/** From an installed checkout to the first answered request, on an idle machine. */
const PROMISED_MILLIS = 5_000;
/** The machine may get busier between two measurements: the best of some attempts counts. */
const ATTEMPTS = 3;

describe("npm start, as the README shows it", () => {
  let npm: ChildProcessWithoutNullStreams;
  let url: string;
  let bestMillis = Number.POSITIVE_INFINITY;

  beforeAll(async () => {
    for (let attempt = 0; attempt < ATTEMPTS && bestMillis >= PROMISED_MILLIS; attempt++) {
      npm?.kill("SIGTERM");
      const before = slowness();
      const started = performance.now();
      npm = spawn("npm", ["start", "--silent", "--", "--port", "0"], { cwd: REPOSITORY });
      url = await urlPrintedBy(npm);
      await fetch(`${url}/products`);
      const millis = performance.now() - started;
      bestMillis = Math.min(bestMillis, millis / Math.max(before, slowness()));
    }
  }, 120_000);

  afterAll(() => npm.kill("SIGKILL"));

  it("answers its first request in less than five seconds", () => {
    expect(bestMillis).toBeLessThan(PROMISED_MILLIS);
  });

  it("answers the requests of the README as the README says", async () => {
    const readme = readFileSync(join(REPOSITORY, "README.md"), "utf8");
    const shown = [...readme.matchAll(/^\$ curl http:\/\/127\.0\.0\.1:3000\/v1(\/\S+)\n(.+)$/gm)];

    expect(shown.length).toBeGreaterThan(0);
    for (const [, path, body] of shown) {
      expect(await (await fetch(`${url}${path}`)).text()).toBe(body);
    }
  });

  it("stops when npm is stopped, and frees the port", async () => {
    npm.kill("SIGTERM");

    await expect(untilRefused(`${url}/health`)).resolves.toBeUndefined();
  }, 10_000);
});

async function urlPrintedBy({ stdout }: ChildProcessWithoutNullStreams): Promise<string> {
  for await (const line of createInterface({ input: stdout })) {
    const [, printed] = /^Headgate serves orders-dev on (\S+)$/.exec(line) ?? [];
    if (printed !== undefined) return printed;
  }
  throw new Error("npm start has printed no address");
}

/** Resolves when nothing listens any more. */
async function untilRefused(target: string): Promise<void> {
  const isUp = await fetch(target).then(
    () => true,
    () => false,
  );
  if (!isUp) return;
  await new Promise((resolve) => setImmediate(resolve));
  return untilRefused(target);
}
