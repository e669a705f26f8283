import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { bestWeighedMillis } from "../support/slowness";
import { REPOSITORY } from "./support/headgate-process";

/** From an installed checkout to the first answered request, on an idle machine. */
const PROMISED_MILLIS = 5_000;

describe("npm start, as the README shows it", () => {
  let npm: ChildProcessWithoutNullStreams;
  let url: string;
  let bestMillis: number;

  beforeAll(async () => {
    bestMillis = await bestWeighedMillis(PROMISED_MILLIS, async () => {
      npm?.kill("SIGTERM");
      const started = performance.now();
      npm = spawn("npm", ["start", "--silent", "--", "--port", "0"], { cwd: REPOSITORY });
      url = await urlPrintedBy(npm);
      await fetch(`${url}/products`);
      return performance.now() - started;
    });
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
