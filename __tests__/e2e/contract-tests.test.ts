import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runCommand } from "../support/terraform/terraform";
import { REPOSITORY, type RunningGateway, startGateway } from "./support/headgate-process";

const KEY = "headgate-local-pro";

jest.setTimeout(120_000);

/** The gateway stands for a deployed stage: the contract tests know nothing of it but its URL. */
describe("the contract tests against a stage that BASE_URL names", () => {
  let outputFolder: string;
  let gateway: RunningGateway;

  beforeAll(async () => {
    outputFolder = mkdtempSync(join(tmpdir(), "headgate-e2e-"));
    gateway = await startGateway([], { env: { CDKTF_OUTDIR: outputFolder } });
  });
  afterAll(async () => {
    await gateway.stop();
    rmSync(outputFolder, { recursive: true });
  });

  it("pass, and pass again on the same stage", async () => {
    const first = await contractTests({ BASE_URL: `${gateway.url}/v1/`, API_KEY: KEY });
    const second = await contractTests({ BASE_URL: `${gateway.url}/v1`, API_KEY: KEY });

    expect(first).toMatchObject({ exitCode: 0, failed: [] });
    expect(second).toMatchObject({ exitCode: 0, failed: [] });
    expect(second.passed.length).toBeGreaterThan(40);
  });

  it("pass as a smoke test without an API key", async () => {
    const { exitCode, passed } = await contractTests({ BASE_URL: `${gateway.url}/v1` }, "-t", "smoke");

    expect(exitCode).toBe(0);
    expect(passed.length).toBeGreaterThan(5);
  });

  it("fails when answers have a property that the contract lacks, and prints no key", async () => {
    const changed = await startChanging(gateway.url, (body) => ({ ...body, requestHash: "c0ffee" }));

    const { exitCode, output, passed } = await contractTests({ BASE_URL: `${changed.url}/v1`, API_KEY: KEY });
    changed.server.close();

    expect(exitCode).toBe(1);
    expect(passed.filter((title) => /^(GET|PUT|POST|DELETE) /.test(title))).toEqual([
      // The one whose properties belong to somebody else.
      "GET /exchange-rates answers what the service behind it answers",
    ]);
    expect(output).toContain("body.requestHash is not in the contract");
    expect(output).not.toContain(KEY);
  });

  it("fails when answers lack a property that the contract has", async () => {
    const changed = await startChanging(gateway.url, ({ totalCents: _, ...body }) => body);

    const { exitCode, failed } = await contractTests({ BASE_URL: `${changed.url}/v1`, API_KEY: KEY });
    changed.server.close();

    expect(exitCode).toBe(1);
    expect(failed).toEqual(
      expect.arrayContaining([
        "POST /orders creates an order",
        "GET /orders/{orderId} gives an order",
        "DELETE /orders/{orderId} cancels an order",
      ]),
    );
  });

  it.each([
    ["there is no key for what needs one", { API_KEY: "" }, "API_KEY is not set"],
    [
      "BASE_URL is no URL",
      { BASE_URL: "orders-dev" },
      'BASE_URL must be the URL of a stage, such as the output invoke_url, got "orders-dev"',
    ],
    ["nothing answers", { BASE_URL: "http://127.0.0.1:9/v1" }, "POST http://127.0.0.1:9/v1/orders was not answered"],
  ])("fails when %s, and says so", async (_title, variables, message) => {
    const { exitCode, output } = await contractTests(
      { BASE_URL: `${gateway.url}/v1`, API_KEY: KEY, ...variables },
      ...["-t", "an unknown property"],
    );

    expect(exitCode).toBe(1);
    expect(output).toContain(message);
  });
});

interface ContractRun {
  readonly exitCode: number;
  readonly output: string;
  readonly passed: readonly string[];
  readonly failed: readonly string[];
}

/** Runs the contract tests of the orders API as a pipeline does. */
async function contractTests(variables: Readonly<Record<string, string>>, ...args: string[]): Promise<ContractRun> {
  const jest = require.resolve("jest/bin/jest");
  const { PATH, HOME, TMPDIR } = process.env;
  const { exitCode, output } = await runCommand(
    process.execPath,
    [jest, "--selectProjects", "contract", "--verbose", "--runInBand", "orders-contract", ...args],
    REPOSITORY,
    { PATH, HOME, TMPDIR, ...variables },
  );
  const titles = (mark: string) =>
    [...output.matchAll(new RegExp(`^ +${mark} (.+?)(?: \\(\\d+ ms\\))?$`, "gm"))].map(([, title = ""]) => title);
  return { exitCode, output, passed: titles("✓"), failed: titles("✕") };
}

/** A proxy that changes every JSON object on its way back. */
async function startChanging(
  origin: string,
  change: (body: Record<string, unknown>) => object,
): Promise<{ readonly server: Server; readonly url: string }> {
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const { host: _, connection: __, ...headers } = request.headers;
    const answer = await fetch(`${origin}${request.url}`, {
      method: request.method,
      headers: headers as Record<string, string>,
      ...(chunks.length > 0 && { body: Buffer.concat(chunks) }),
    });
    const { "content-length": ___, "transfer-encoding": ____, ...kept } = Object.fromEntries(answer.headers);
    const text = await answer.text();
    response.writeHead(answer.status, kept);
    response.end(text.startsWith("{") ? JSON.stringify(change(JSON.parse(text))) : text);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}
