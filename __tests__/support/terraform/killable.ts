import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";

/** A command that may be ended at any moment with everything that it started. */
export interface Killable {
  /** SIGKILL to all of its processes; resolves when they are gone. */
  kill(): Promise<void>;
  /** Standard output and error, when all of its processes have ended. */
  readonly output: Promise<string>;
}

/** Starts a command as the leader of a process group of its own: plugins of Terraform belong to it. */
export function startKillable(command: string, args: readonly string[], cwd: string, env: NodeJS.ProcessEnv): Killable {
  const child = spawn(command, args, { cwd, env, stdio: ["ignore", "pipe", "pipe"], detached: true });
  let output = "";
  const collect = (chunk: Buffer) => {
    output += chunk;
  };
  child.stdout.on("data", collect);
  child.stderr.on("data", collect);
  const closed = once(child, "close");
  return {
    output: closed.then(() => output),
    kill: async () => {
      killGroup(child);
      await closed;
    },
  };
}

function killGroup({ pid, exitCode }: ChildProcess): void {
  if (pid !== undefined && exitCode === null) process.kill(-pid, "SIGKILL");
}
