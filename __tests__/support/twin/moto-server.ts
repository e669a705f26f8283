import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";

/** A running `moto_server`: all of AWS, in memory, each account apart. */
export interface MotoServer {
  readonly url: string;
  stop(): Promise<void>;
}

/** Is `moto_server` on the PATH? */
export function hasMotoServer(): boolean {
  return spawnSync("moto_server", ["--help"], { stdio: "ignore" }).status === 0;
}

/**
 * Starts `moto_server` on a free port of 127.0.0.1. Throws when it ends before it answers.
 *
 * @param settings environment variables of moto. Source: https://docs.getmoto.org/en/latest/docs/configuration/environment_variables.html
 */
export async function startMotoServer(settings: Readonly<Record<string, string>> = {}): Promise<MotoServer> {
  const port = await freePort();
  const child = spawn("moto_server", ["-H", "127.0.0.1", "-p", String(port)], {
    stdio: "ignore",
    env: { ...process.env, MOTO_IAM_LOAD_MANAGED_POLICIES: "true", ...settings },
  });
  const exited = once(child, "exit");
  const url = `http://127.0.0.1:${port}`;
  await untilAnswers(url, child);
  return {
    url,
    stop: async () => {
      child.kill("SIGKILL");
      await exited;
    },
  };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  if (address === null || typeof address === "string") throw new Error("no port");
  return address.port;
}

async function untilAnswers(url: string, child: ChildProcess): Promise<void> {
  while (child.exitCode === null) {
    const answer = await fetch(`${url}/moto-api/data.json`).catch(() => undefined);
    if (answer?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`moto_server ended with ${child.exitCode} before it answered`);
}
