import { type ChildProcess, spawn } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { unzipSync } from "fflate";

const HERE = __dirname;
const PROJECT = join(HERE, "project");
const CHECKOUT = join(HERE, "..");
/** As projects run it that have installed the package. */
const HEADGATE = [join(CHECKOUT, "dist", "lib", "cli", "headgate.js")];
const READY_MILLIS = 60_000;

/** A server in a process of its own. */
export interface Server {
  readonly name: string;
  /** A path that the handler serves. */
  readonly readyPath: string;
  readonly args: (port: number) => readonly string[];
  readonly cwd: string;
}

/** The same file for all: the one that Headgate's bundle holds. */
const SERVERLESS = join(HERE, "serverless");
const HANDLER = join(SERVERLESS, "handler.mjs");

export const SERVERS = {
  headgate10: headgate(10),
  headgate1000: headgate(1_000),
  bare: bare(),
  bareOneAtATime: bare("one-at-a-time"),
  serverlessOffline: {
    name: "serverless-offline",
    readyPath: "/orders/7",
    args: (port) => [
      join(HERE, "node_modules", "serverless", "bin", "serverless.js"),
      "offline",
      ...["--noPrependStageInUrl", "--httpPort", String(port), "--lambdaPort", String(port + 100)],
    ],
    cwd: SERVERLESS,
  },
} satisfies Record<string, Server>;

function bare(...order: readonly string[]): Server {
  return {
    name: ["node:http and fork", ...order].join(", "),
    readyPath: "/orders/7",
    args: (port) => [join(HERE, "servers", "bare-fork.mjs"), String(port), HANDLER, ...order],
    cwd: HERE,
  };
}

function headgate(routes: number): Server {
  return {
    name: `Headgate, ${routes} routes`,
    readyPath: "/v1/orders/7",
    args: (port) => [
      ...[...HEADGATE, "local", "--no-synth", "--no-throttle"],
      ...["--stack", `routes-${routes}`, "--port", String(port)],
    ],
    cwd: PROJECT,
  };
}

/** Builds the package, bundles and synthesizes the project, and lays the handler ready for the others. */
export async function prepare(): Promise<void> {
  await ended(spawn("npm", ["run", "--silent", "build"], { cwd: CHECKOUT, stdio: ["ignore", "ignore", "inherit"] }));
  await ended(
    spawn(process.execPath, [...HEADGATE, "synth"], { cwd: PROJECT, stdio: ["ignore", "ignore", "inherit"] }),
  );
  const files = unzipSync(readFileSync(join(PROJECT, "dist", "functions", "read-order.zip")));
  mkdirSync(SERVERLESS, { recursive: true });
  for (const [name, bytes] of Object.entries(files)) writeFileSync(join(SERVERLESS, name), bytes);
}

/** Starts a server and waits until it answers. What it prints goes nowhere, so that no terminal counts. */
export async function start(server: Server, port: number): Promise<{ readonly url: string; stop(): Promise<void> }> {
  const child = spawn(process.execPath, server.args(port), { cwd: server.cwd, stdio: "ignore" });
  const url = `http://127.0.0.1:${port}`;
  const deadline = Date.now() + READY_MILLIS;
  while (!(await answers(`${url}${server.readyPath}`))) {
    if (Date.now() > deadline || child.exitCode !== null) throw new Error(`${server.name} does not answer on ${url}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  const stop = () => {
    child.kill("SIGTERM");
    return ended(child);
  };
  return { url, stop };
}

async function answers(url: string): Promise<boolean> {
  try {
    return (await fetch(url)).ok;
  } catch {
    return false;
  }
}

function ended(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => child.once("close", () => resolve()));
}
