import { type ChildProcessByStdio, execFile, spawn } from "node:child_process";
import { cp, mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import { promisify } from "node:util";

const run = promisify(execFile);
const repository = resolve(__dirname, "../..");
const MINUTE = 60_000;

/** The published package in a project of its own: nothing may resolve from the repository. */
describe("the packed package in an empty project", () => {
  let folder: string;
  let project: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "headgate package "));
    project = join(folder, "hello");
    await cp(join(repository, "examples/hello"), project, { recursive: true });
    const { stdout } = await run("npm", ["pack", "--json", "--pack-destination", folder], { cwd: repository });
    const tarball = join(folder, packed(stdout).filename);
    await run("npm", ["install", "--prefer-offline", "--no-audit", "--no-fund", `headgate@file:${tarball}`], {
      cwd: project,
    });
  }, 3 * MINUTE);

  afterAll(() => rm(folder, { recursive: true, force: true }));

  it(
    "bundles, synthesizes, serves, and answers a request",
    async () => {
      const headgate = join(project, "node_modules/.bin/headgate");
      await run(headgate, ["bundle"], { cwd: project });
      await run("node", ["--import", "tsx", "main.ts"], { cwd: project });
      const synthesized = await readFile(join(project, "cdktf.out/stacks/hello/cdk.tf.json"), "utf8");
      const gateway = spawn(headgate, ["local", "--port", "0"], { cwd: project, stdio: ["ignore", "pipe", "pipe"] });

      try {
        const answer = await fetch(`${await printedUrl(gateway)}/hello/Ada`);

        expect(JSON.parse(synthesized).resource.aws_lambda_function).toBeDefined();
        expect(answer.status).toBe(200);
        expect(await answer.json()).toEqual({ message: "Hello, Ada!" });
      } finally {
        gateway.kill("SIGTERM");
      }
    },
    MINUTE,
  );

  it(
    "has types that a strict project checks",
    async () => {
      const checked = run("npm", ["run", "--silent", "check"], { cwd: project });

      await expect(checked).resolves.toMatchObject({ stdout: "" });
    },
    MINUTE,
  );

  it("says its version", async () => {
    const { stdout } = await run(join(project, "node_modules/.bin/headgate"), ["--version"], { cwd: folder });

    expect(stdout).toBe(`${JSON.parse(await readFile(join(repository, "package.json"), "utf8")).version}\n`);
  });

  it("carries compiled code and types, and nothing of the repository's own API", async () => {
    const { stdout } = await run("npm", ["pack", "--json", "--dry-run", "--ignore-scripts"], { cwd: repository });

    const files = packed(stdout).files.map(({ path }) => path);
    expect(files).toEqual(
      expect.arrayContaining([
        "dist/lib/modules/index.d.ts",
        "dist/lib/modules/testing/index.js",
        "dist/lib/cli/headgate.js",
        "LICENSE",
        "README.md",
        ...(await readdir(join(repository, "docs")))
          .filter((page) => page.endsWith(".md"))
          .map((page) => `docs/${page}`),
      ]),
    );
    expect(files.filter((file) => /^(functions|stacks|contracts|__tests__)\//.test(file))).toEqual([]);
  });
});

interface Packed {
  readonly filename: string;
  readonly files: readonly { readonly path: string }[];
}

/** What `npm pack --json` says of the one package; `prepack` may print before it. */
function packed(stdout: string): Packed {
  const [only] = Object.values<Packed>(JSON.parse(stdout.slice(stdout.search(/^[[{]/m))));
  if (only === undefined) throw new Error(`npm pack packed nothing: ${stdout}`);
  return only;
}

/** The stage's URL, from the output of the gateway. */
async function printedUrl(gateway: ChildProcessByStdio<null, Readable, Readable>): Promise<string> {
  let errors = "";
  gateway.stderr.on("data", (chunk) => {
    errors += chunk;
  });
  for await (const line of createInterface({ input: gateway.stdout })) {
    const [url] = line.match(/http:\/\/127\.0\.0\.1:\d+\/v1/) ?? [];
    if (url !== undefined) return url;
  }
  throw new Error(`the gateway stopped before it printed its URL: ${errors}`);
}
